"""Curves whose slope is known, so that what a difference makes of it can be judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """A function of one number: as it is written, its slope, the part worth looking at, and a point on it."""

    text: str
    function: Callable[[Any], Any]
    derivative: Callable[[Any], Any]
    domain: tuple[float, float]
    start: float
    variable: str = "x"

    def range(self) -> tuple[float, float]:
        """Return the lowest and the highest value in the domain."""
        values = self.function(np.linspace(*self.domain, 401))
        return float(values.min()), float(values.max())


def _sign(x: Any) -> Any:
    """Return the slope of |x|, which has none at 0."""
    return np.where(x == 0.0, np.nan, np.sign(x))


CURVES = (
    Curve("param**2", lambda x: x * x, lambda x: 2.0 * x, (-3.0, 3.0), 2.0, "param"),
    Curve("np.sin(x)", np.sin, np.cos, (-4.0, 4.0), 1.0),
    Curve("np.exp(x)", np.exp, np.exp, (-2.0, 2.0), 1.0),
    Curve("x**3 - 3*x", lambda x: x * x * x - 3.0 * x, lambda x: 3.0 * x * x - 3.0, (-2.2, 2.2), 0.5),
    Curve("abs(x)", np.abs, _sign, (-2.0, 2.0), 0.0),
    Curve(
        "x**2 + np.sin(50*x)/50",
        lambda x: x * x + np.sin(50.0 * x) / 50.0,
        lambda x: 2.0 * x + np.cos(50.0 * x),
        (-1.5, 1.5),
        0.5,
    ),
)
