"""Gradient descent that chooses its own rate, from the last move or from how high it still is."""

from dataclasses import dataclass
from math import sqrt
from typing import ClassVar, NamedTuple

import numpy as np

from fallline.arrays import Vector
from fallline.hyperparameters import FINITE, POSITIVE, check_settings, choice, setting
from fallline.optimizers.fields import rate_field
from fallline.optimizers.protocol import Slope, Value


class BarzilaiBorweinState(NamedTuple):
    """The point and slope before, shape (n,) each, and the rate of the last step; 0 before the first."""

    x: Vector
    slope: Vector
    length: float


@dataclass(frozen=True)
class BarzilaiBorwein:
    """Gradient descent with a rate that fits the curvature of the last move (Barzilai and Borwein, 1988).

    x ← x − αg    with s = x − x₋, y = g − g₋ and
    α = sᵀs / sᵀy    long, or
    α = sᵀy / yᵀy    short

    "Two-point step size gradient methods", IMA Journal of Numerical Analysis 8, equations 5 and 6. Where sᵀy ≤ 0, so that
    neither makes sense, α = |s|/|y|, which lies between the two elsewhere: Dai, Al-Baali and Yang, "A positive
    Barzilai–Borwein-like stepsize", 2015. The value may rise for a while: it is not a descent at every step.

    Examples
    --------
    >>> optimizer = BarzilaiBorwein(rate=0.1)
    >>> x = np.array([2.0])
    >>> x, state = optimizer.step(x, 2.0 * x, optimizer.init(x))
    >>> optimizer.step(x, 2.0 * x, state)[0]
    array([0.])
    """

    rate: float = rate_field(0.001, "How far the first step walks for a slope of 1.")
    length: str = choice("long", ("long", "short"), help="Which of the two formulas gives the rate.")

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> BarzilaiBorweinState:
        """Begin without a move."""
        return BarzilaiBorweinState(x, np.zeros_like(x), 0.0)

    def step(
        self, x: Vector, slope: Vector, state: BarzilaiBorweinState
    ) -> tuple[Vector, BarzilaiBorweinState]:
        """Measure the curvature of the last move, and walk as far as it says."""
        length = self.rate
        if state.length:
            length = self._length(x - state.x, slope - state.slope, state.length)
        return x - length * slope, BarzilaiBorweinState(x, slope, length)

    def last_rate(self, state: BarzilaiBorweinState) -> float:
        """Rate of the last step."""
        return state.length

    def _length(self, s: Vector, y: Vector, before: float) -> float:
        ss, sy, yy = float(s @ s), float(s @ y), float(y @ y)
        if ss == 0.0 or yy == 0.0:
            return before
        if sy <= 0.0:
            return sqrt(ss / yy)
        return ss / sy if self.length == "long" else sy / yy


class PolyakState(NamedTuple):
    """The rate of the last step."""

    length: float


@dataclass(frozen=True)
class PolyakStep:
    """Gradient descent as far as the height above the minimum tells, for who knows the minimum's value (Polyak, 1969).

    x ← x − γ (f(x) − f*) / gᵀg · g

    "Minimization of unsmooth functionals", USSR Computational Mathematics and Mathematical Physics 9(3), with
    0 < γ < 2; γ is `rate` and f* is `f_min`. It converges on convex functions without any knowledge of their curvature,
    even on kinked ones. Where f* is too high it walks up to that height and stays there.

    Examples
    --------
    >>> optimizer = PolyakStep()
    >>> f = lambda x: abs(x[0])
    >>> optimizer.step(np.array([2.0]), np.array([1.0]), optimizer.init(np.array([2.0])), f, None)[0]
    array([0.])
    """

    rate: float = setting(
        1.0, low=0.1, high=1.9, valid=POSITIVE, help="How much of the way to the minimum's height; below 2."
    )
    f_min: float = setting(
        0.0, low=-100.0, high=100.0, valid=FINITE, help="The minimum's value, in the units of f."
    )

    needs_objective: ClassVar[bool] = True

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> PolyakState:
        """Remember nothing."""
        return PolyakState(0.0)

    def step(
        self, x: Vector, slope: Vector, state: PolyakState, objective: Value, gradient: Slope | None = None
    ) -> tuple[Vector, PolyakState]:
        """Walk to where a straight slope would meet the minimum's height."""
        square = float(slope @ slope)
        length = self.rate * (objective(x) - self.f_min) / square if square else 0.0
        return x - length * slope, PolyakState(length)

    def last_rate(self, state: PolyakState) -> float:
        """Rate of the last step."""
        return state.length
