"""Curves whose slope is known, so that what a difference makes of it can be judged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from fallline_app.expressions import compile_expression

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Curve:
    """A function of one number and its slope, each as it is written; the part worth looking at, and a point on it."""

    text: str
    slope: str
    domain: tuple[float, float]
    start: float
    variable: str = "x"

    @cached_property
    def function(self) -> Callable[[Any], Any]:
        """The function itself; it takes arrays and complex numbers where its expression does."""
        return compile_expression(self.text, self.variable)

    @cached_property
    def derivative(self) -> Callable[[Any], Any]:
        """Its slope, NaN where it has none."""
        return compile_expression(self.slope, self.variable)

    def range(self) -> tuple[float, float]:
        """Return the lowest and the highest value in the domain."""
        values = self.function(np.linspace(*self.domain, 401))
        return float(values.min()), float(values.max())


CURVES = (
    Curve("param**2", "2*param", (-3.0, 3.0), 2.0, "param"),
    Curve("np.sin(x)", "np.cos(x)", (-4.0, 4.0), 1.0),
    Curve("np.exp(x)", "np.exp(x)", (-2.0, 2.0), 1.0),
    Curve("x**3 - 3*x", "3*x**2 - 3", (-2.2, 2.2), 0.5),
    Curve("abs(x)", "np.where(x == 0, np.nan, np.sign(x))", (-2.0, 2.0), 0.0),
    Curve("x**2 + np.sin(50*x)/50", "2*x + np.cos(50*x)", (-1.5, 1.5), 0.5),
)
