"""Where an axis has its ticks and what they are called: as BokehJS does it, for a picture drawn without it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fallline_app.components.plots import LEAST_PLAIN, LEAST_SCIENTIFIC

if TYPE_CHECKING:
    from collections.abc import Sequence

WANTED = 6
MANTISSAS = (0.5, 1.0, 2.0, 5.0, 10.0)
MANTISSAS_OF_LOG = (0.5, 1.0, 5.0, 10.0)
MOST_DECADES = 9


def linear_ticks(low: float, high: float, mantissas: Sequence[float] = MANTISSAS) -> list[float]:
    """Return round places from `low` to `high`, about six (BokehJS's `BasicTicker`)."""
    ideal = (high - low) / WANTED
    magnitude = 10.0 ** math.floor(math.log10(ideal))
    step = magnitude * min(
        mantissas, key=lambda mantissa: abs(WANTED - (high - low) / (mantissa * magnitude))
    )
    ticks = (factor * step for factor in range(math.floor(low / step), math.ceil(high / step) + 1))
    return [tick for tick in ticks if low <= tick <= high]


def log_ticks(low: float, high: float) -> list[float]:
    """Return powers of ten from `low` to `high`, ten at most, or even steps within two decades (BokehJS's `LogTicker`)."""
    if math.log10(high) - math.log10(low) < 2.0:
        return [tick for tick in linear_ticks(low, high, MANTISSAS_OF_LOG) if tick > 0.0]
    first, last = math.ceil(math.log10(low)), math.floor(math.log10(high))
    stride = max(1, math.ceil((last - first) / MOST_DECADES))
    ticks = [10.0**power for power in range(first - 1, last + 1)]
    return [tick for tick in ticks if low <= tick <= high][::stride]


def tick_labels(ticks: list[float], precision: int = 3) -> list[str]:
    """Name ticks (BokehJS's `BasicTickFormatter`): plain numbers, or powers of ten where one is very large or small."""
    if any(tick != 0.0 and not LEAST_PLAIN < abs(tick) < LEAST_SCIENTIFIC for tick in ticks):
        return [_scientific(tick, precision) for tick in ticks]
    return [_plain(tick, precision) for tick in ticks]


def _plain(tick: float, precision: int) -> str:
    text = f"{tick:.{precision}f}"
    return _true_minus(text.rstrip("0").rstrip(".") if "." in text else text)


def _scientific(tick: float, precision: int) -> str:
    mantissa, exponent = f"{tick:.{precision}e}".split("e")
    return _true_minus(f"{mantissa}e{int(exponent):+d}")


def _true_minus(text: str) -> str:
    return text.replace("-", "−")
