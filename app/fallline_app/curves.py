"""Curves to look at: some whose slope is known, so that what a difference makes of it can be judged, and the visitor's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

import fallline as fl
from fallline_app.expressions import compile_expression, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SAMPLES = 401
# A function is tried at as many points as are drawn, at every so many of them, and at one alone.
SPARSE = 40
# Farther up and down, the ends of an axis would be farther apart than any number is large.
HIGHEST = 1e300
# An estimated slope that may be off by more than this share is none: so it is at a kink.
VAGUE = 1e-2
# What is shown of a function that nobody knows yet.
OWN_DOMAIN, OWN_START = (-4.0, 4.0), 1.0
# Where a function goes to infinity, these shares of its values are shown.
SHOWN = (0.02, 0.98)


@dataclass(frozen=True)
class Curve:
    """A function of one number and its slope, each as it is written; the part worth looking at, and a point on it.

    Where the slope is not written, it is estimated.
    """

    text: str
    slope: str
    domain: tuple[float, float]
    start: float
    variable: str = "x"

    @cached_property
    def function(self) -> Callable[[Any], Any]:
        """The function itself; it takes arrays and complex numbers where its expression does."""
        return compile_expression(self.text, self.variable)

    def values(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the value at each `x`: NaN or infinite where that is what comes out."""
        with np.errstate(all="ignore"):
            return np.broadcast_to(np.asarray(self.function(x), dtype=float), x.shape)

    def derivative(self, x: float) -> float:
        """Return the slope at `x`, NaN where there is none."""
        with np.errstate(all="ignore"):
            if self.slope:
                return float(compile_expression(self.slope, self.variable)(x))
            if not np.isfinite(self.values(np.array(x))):
                return np.nan
            estimate = fl.estimate_gradient(lambda point: self.function(point[0]), np.array([x]))
        (value,), (error,) = estimate.value, estimate.error
        return float(value) if error < VAGUE * max(1.0, abs(value)) else np.nan

    def sample(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return points of the graph."""
        x = np.linspace(*self.domain, SAMPLES)
        return x, self.values(x)

    def range(self) -> tuple[float, float]:
        """Return the lowest and the highest value worth showing."""
        _, y = self.sample()
        y = np.clip(y[np.isfinite(y)], -HIGHEST, HIGHEST)
        low, high = float(y.min()), float(y.max())
        inner = np.quantile(y, SHOWN)
        steep = high - low > 50.0 * (inner[1] - inner[0]) > 0.0
        return (float(inner[0]), float(inner[1])) if steep else (low, high)


def own_curve(text: str) -> Curve:
    """Return the visitor's function of x.

    Raises
    ------
    ValueError
        If it is no expression, or gives no real number for each x.
    """
    curve = Curve(text.strip(), "", OWN_DOMAIN, OWN_START)
    x = np.linspace(*curve.domain, SAMPLES)
    for some in (x[::SPARSE], np.float64(curve.start)):
        _tried(curve.function, some)
    if not np.isfinite(_tried(curve.function, x)).any():
        raise ValueError(f"it is nowhere finite from {curve.domain[0]:g} to {curve.domain[1]:g}")
    return curve


def _tried(function: Callable[[Any], Any], x: Any) -> NDArray[Any]:
    try:
        with np.errstate(all="ignore"):
            values = np.asarray(function(x))
    # The code is the visitor's own, and may raise whatever it likes.
    except BaseException as error:  # noqa: BLE001
        raise ValueError(refusal(error)) from None
    if values.shape not in ((), np.shape(x)) or values.dtype.kind not in "iuf":
        raise ValueError(
            f"it must give one real number for each x, got {values.dtype} of shape {values.shape} for {np.size(x)}"
        )
    return values


CURVES = (
    Curve("param**2", "2*param", (-3.0, 3.0), 2.0, "param"),
    Curve("np.sin(x)", "np.cos(x)", (-4.0, 4.0), 1.0),
    Curve("np.exp(x)", "np.exp(x)", (-2.0, 2.0), 1.0),
    Curve("x**3 - 3*x", "3*x**2 - 3", (-2.2, 2.2), 0.5),
    Curve("abs(x)", "np.where(x == 0, np.nan, np.sign(x))", (-2.0, 2.0), 0.0),
    Curve("x**2 + np.sin(50*x)/50", "2*x + np.cos(50*x)", (-1.5, 1.5), 0.5),
)
OWN = "own"
BY_TEXT = {curve.text: curve for curve in CURVES}
OPTIONS = [*((text, text) for text in BY_TEXT), (OWN, "your own …")]


def choose(choice: str, own: str) -> Curve:
    """Return the curve that is chosen, the visitor's own where it is that."""
    return own_curve(own) if choice == OWN else BY_TEXT[choice]
