"""The equations at the end of a run, as the page has them before its JavaScript is there (`equations.js`)."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fallline_app.components.models import Track

_PLACE = re.compile(r"\{(\w+)(?::(\d+))?\}")
# As in `numbers.js`: a power of ten is no place for many digits.
_MOST_BEFORE_A_POWER = 6


def equation(track: Track, frame: Mapping[str, float]) -> list[str]:
    """Return the parts of a track's equation with the numbers of `frame` in it."""
    return [
        _PLACE.sub(lambda place: formatted(frame[place[1]], int(place[2] or 4)), part)
        for part in track.equation
    ]


def formatted(value: float, digits: int) -> str:
    """Write a number with so many significant digits at most, as a power of ten where that is shorter."""
    if not math.isfinite(value):
        return "–" if math.isnan(value) else f"{value:g}".replace("inf", "∞").replace("-", "−")
    if value != 0.0 and not 1e-4 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.{min(digits, _MOST_BEFORE_A_POWER) - 1}e}".split("e")
        return f"{float(mantissa):g}e{int(exponent)}".replace("-", "−")
    return repr(float(f"{value:.{digits}g}")).removesuffix(".0").replace("-", "−")
