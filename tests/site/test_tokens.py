"""The colours of the site: what is drawn can be told from what lies under it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from fallline_app.components.still.colours import STOPS
from fallline_app.components.tracks import CUES

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = np.array([0.2126, 0.7152, 0.0722])
# What is left of red, green and blue light to an eye that has none of one kind of cones (Viénot, Brettel and Mollon, 1999).
EYES = {
    "all": np.eye(3),
    "protanope": np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]),
    "deuteranope": np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]),
}
TOKENS = Path(__file__).parents[2] / "site" / "static" / "tokens.css"


def colours(scheme: str) -> dict[str, str]:
    """Return the colours of a scheme by the names of their tokens."""
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    said = {"light": light, "dark": light + dark}[scheme]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6}|var\(--[\w-]+\));", said))
    return {name: found[value[6:-1]] if value.startswith("var") else value for name, value in found.items()}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""

    darker, lighter = sorted(WEIGHTS @ linear(colour) for colour in (one, other))
    return float((lighter + 0.05) / (darker + 0.05))


def linear(colour: str) -> NDArray[np.float64]:
    """Return the light of a colour's red, green and blue, from 0 to 1."""
    channels = np.array([int(colour[start : start + 2], 16) / 255.0 for start in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lightness(light: NDArray[np.float64]) -> float:
    """Return how light an eye takes a colour for, from 0 to 100 (CIE 1976)."""
    return float(116.0 * np.cbrt(WEIGHTS @ light) - 16.0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["casing", "sheet"])
@pytest.mark.parametrize("series", CUES)
def test_line_has_three_to_one_on_what_lies_under_it(series: str, ground: str, scheme: str) -> None:
    known = colours(scheme)

    assert contrast(known[series], known[ground]) >= 3.0


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("palette", ["height", "field", "balance"])
def test_palette_goes_one_way_from_light_to_dark_whoever_looks(palette: str, scheme: str, eye: str) -> None:
    known = colours(scheme)
    stops = [linear(known[f"{palette}-{k}"]) for k in range(STOPS.get(palette, 4))]

    seen = np.array([lightness(np.clip(EYES[eye] @ light, 0.0, 1.0)) for light in stops])

    # To both sides of the middle where there is one; a step is several times what can just be told.
    sides = [seen[:3], seen[:1:-1]] if palette == "balance" else [seen]
    for side in sides:
        steps = np.diff(side) * np.sign(side[-1] - side[0])
        assert steps.min() > 5.0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_balance_is_as_light_on_one_side_as_on_the_other(scheme: str) -> None:
    known = colours(scheme)

    seen = [lightness(linear(known[f"balance-{k}"])) for k in range(5)]

    assert abs(seen[0] - seen[4]) < 6.0
    assert abs(seen[1] - seen[3]) < 6.0


def test_palettes_have_the_tokens_that_stills_count_on() -> None:
    known = colours("light")

    for palette in ("height", "field", "balance"):
        assert len([name for name in known if re.fullmatch(f"{palette}-[0-9]", name)]) == STOPS.get(
            palette, 4
        )
