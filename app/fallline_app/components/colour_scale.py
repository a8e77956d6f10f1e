"""Which number has which colour: evenly or by ratio; numbers travel as ranks of two bytes."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING

import numpy as np

from fallline_app.words import power_of_ten, printed

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

# Ranks go from 0 to this; the one above it is for what is no number.
HIGHEST = 65_534
NO_NUMBER = HIGHEST + 1
# A scale by ratio has at most so many decades, and shows at most so many numbers.
DECADES = 12
MARKS = 5


@dataclass(frozen=True)
class ColourScale:
    """Numbers from `low` to `high`, whose colours change evenly or by ratio."""

    low: float
    high: float
    by_ratio: bool = False

    def shares(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return where values lie, 0 at `low` and 1 at `high` and beyond; NaN for what is no number."""
        given = np.asarray(values, dtype=float)
        if self.by_ratio:
            with np.errstate(divide="ignore", invalid="ignore"):
                share = np.log(given / self.low) / np.log(self.high / self.low)
            share = np.where(given <= 0.0, 0.0, share)
        else:
            share = (given - self.low) / (self.high - self.low)
        return np.asarray(np.clip(share, 0.0, 1.0))

    def ranks(self, values: ArrayLike) -> NDArray[np.uint16]:
        """Return values as ranks from 0 to `HIGHEST`, and `NO_NUMBER` for NaN."""
        ranks = np.round(HIGHEST * self.shares(values))
        return np.nan_to_num(ranks, nan=NO_NUMBER).astype(np.uint16)

    def marks(self) -> list[tuple[float, str]]:
        """Return the numbers that stand beside the colours: the share where each is, and how it is written."""
        numbers = self._decades() if self.by_ratio else self._round_numbers()
        write = power_of_ten if self.by_ratio else _short
        return [(float(self.shares(number)), write(number)) for number in numbers]

    def _decades(self) -> list[float]:
        first, last = ceil(log10(self.low) - 1e-9), floor(log10(self.high) + 1e-9)
        stride = max(1, ceil((last - first) / (MARKS - 1)))
        return [10.0**power for power in range(first, last + 1, stride)]

    def _round_numbers(self) -> list[float]:
        least = (self.high - self.low) / (MARKS - 1)
        power = 10.0 ** floor(log10(least))
        step = power * min(m for m in (1.0, 2.0, 5.0, 10.0) if m * power >= least * (1.0 - 1e-9))
        numbers = range(ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9) + 1)
        return [number * step for number in numbers]


def _short(number: float) -> str:
    return printed(number) if number else "0"


def even_scale(values: ArrayLike) -> ColourScale:
    """Return the scale from the least to the greatest of the values that are finite."""
    seen = _finite(values)
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 1.0)
    return ColourScale(low, high) if low < high else ColourScale(low - 0.5, low + 0.5)


def balanced_scale(values: ArrayLike) -> ColourScale:
    """Return the scale that reaches as far below zero as above it, to where the values reach."""
    reach = float(np.max(np.abs(_finite(values)), initial=0.0)) or 1.0
    return ColourScale(-reach, reach)


def ratio_scale(values: ArrayLike) -> ColourScale:
    """Return the scale of the decades that the positive values are in; what is lower has the colour of its low end."""
    seen = _finite(values)
    seen = seen[seen > 0.0]
    low, high = (floor(log10(seen.min())), ceil(log10(seen.max()))) if seen.size else (-1, 0)
    high = max(high, low + 1)
    return ColourScale(10.0 ** max(low, high - DECADES), 10.0**high, by_ratio=True)


def _finite(values: ArrayLike) -> NDArray[np.float64]:
    given = np.asarray(values, dtype=float)
    return np.asarray(given[np.isfinite(given)])
