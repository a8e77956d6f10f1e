"""How a cost grows: the exponent of a power of the number of parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Where networks are small, calling NumPy costs more than what it does: sizes below the largest over this are left out.
SPAN = 16.0
LEAST_POINTS = 4


class Fit(NamedTuple):
    """A straight line on logarithmic axes, value = exp(level)·P^exponent, between two sizes; NaN where there is none.

    `points` says of how many sizes it is; a line takes `LEAST_POINTS`.
    """

    exponent: float
    error: float
    level: float
    start: float
    end: float
    points: int = LEAST_POINTS

    def value(self, parameters: float) -> float:
        """Return what the line says of so many parameters."""
        return float(np.exp(self.level) * parameters**self.exponent)

    def parameters(self, value: float) -> float:
        """Return how many parameters the line gives a value at; infinite where it does not rise."""
        if not self.exponent > 0.0:
            return float("inf")
        return float(np.exp((np.log(value) - self.level) / self.exponent))


def fit(parameters: NDArray[np.float64], values: NDArray[np.float64]) -> Fit:
    """Fit the exponent by least squares on the upper sizes, with its standard error.

    The error is that of a slope whose residuals are independent and alike; measured times are not quite.
    """
    seen = np.isfinite(values)
    if seen.any():
        seen &= parameters >= parameters[seen].max() / SPAN
    x, y = np.log(parameters[seen]), np.log(values[seen])
    if x.size < LEAST_POINTS:
        return Fit(*(float("nan"),) * 5, points=x.size)
    away = x - x.mean()
    spread = float(away @ away)
    exponent = float(away @ y) / spread
    level = float(y.mean()) - exponent * float(x.mean())
    off = y - level - exponent * x
    error = float(np.sqrt((off @ off) / (x.size - 2) / spread))
    return Fit(exponent, error, level, float(parameters[seen].min()), float(parameters[seen].max()), x.size)
