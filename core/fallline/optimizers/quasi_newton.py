"""Quasi-Newton methods: the curvature is learnt from how the slope changes on the way."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector
from fallline.hyperparameters import AT_LEAST_ONE, check_settings, whole
from fallline.optimizers.protocol import Slope, Value
from fallline.optimizers.searching import (
    c1_field,
    c2_field,
    check_wolfe,
    downhill,
    first_length,
    first_length_field,
    search,
)


class BFGSState(NamedTuple):
    """The point and slope before, the inverse Hessian as far as it is known, shape (n, n), and the last length.

    `inverse` has shape (0, 0) before two slopes have been seen.
    """

    x: Vector
    slope: Vector
    inverse: NDArray[np.float64]
    length: float


@dataclass(frozen=True)
class BFGS:
    """Learn the inverse Hessian from slopes alone (Broyden, Fletcher, Goldfarb and Shanno, 1970).

    H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ    with s = x − x₋, y = g − g₋, ρ = 1/yᵀs
    x ← x − αHg                        with α by a strong-Wolfe search that tries α = 1 first

    Nocedal and Wright, "Numerical Optimization", algorithm 6.1; H begins as (yᵀs/yᵀy)I, equation 6.20. A pair with
    yᵀs ≤ 0, which no Wolfe search leaves but a noisy slope may, is passed over. H takes n² numbers: see `LBFGS`.

    Examples
    --------
    >>> optimizer = BFGS()
    >>> f, g = lambda x: x @ x, lambda x: 2.0 * x
    >>> x = np.array([3.0, 4.0])
    >>> x, state = optimizer.step(x, g(x), optimizer.init(x), f, g)
    >>> optimizer.step(x, g(x), state, f, g)[0].round(9) + 0.0
    array([0., 0.])
    """

    rate: float = first_length_field()
    c1: float = c1_field()
    c2: float = c2_field(0.9)

    needs_objective: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse settings that make no sense, alone or together."""
        check_settings(self)
        check_wolfe(self.c1, self.c2)

    def init(self, x: Vector) -> BFGSState:
        """Begin with nothing known of the curvature."""
        return BFGSState(x, np.zeros_like(x), np.zeros((0, 0)), 0.0)

    def step(
        self, x: Vector, slope: Vector, state: BFGSState, objective: Value, gradient: Slope
    ) -> tuple[Vector, BFGSState]:
        """Learn from the last move, and search along the direction that the inverse Hessian gives."""
        inverse = self._learn(x - state.x, slope - state.slope, state.inverse)
        known = bool(inverse.size)
        direction = downhill(-inverse @ slope if known else -slope, slope)
        first = self.rate if known else first_length(self.rate, slope)
        landing = search(x, slope, direction, first, objective, gradient, self.c1, self.c2)
        return landing.x, BFGSState(x, slope, inverse, landing.length)

    def last_rate(self, state: BFGSState) -> float:
        """Length that the last search found."""
        return state.length

    def _learn(self, s: Vector, y: Vector, inverse: NDArray[np.float64]) -> NDArray[np.float64]:
        if not bends(s, y):
            return inverse
        ys = float(y @ s)
        if not inverse.size:
            inverse = ys / float(y @ y) * np.eye(s.size)
        # The product written out, so that it takes n² and not n³ operations.
        hy = inverse @ y
        both = np.outer(s, hy)
        learnt: NDArray[np.float64] = (
            inverse - (both + both.T) / ys + (1.0 + float(y @ hy) / ys) / ys * np.outer(s, s)
        )
        return learnt


class LBFGSState(NamedTuple):
    """The point and slope before, the last moves s and changes of slope y, oldest first, and the last length."""

    x: Vector
    slope: Vector
    pairs: tuple[tuple[Vector, Vector], ...]
    length: float


@dataclass(frozen=True)
class LBFGS:
    """BFGS that remembers a few moves in place of a matrix, for many dimensions (Liu and Nocedal, 1989).

    x ← x − αHg with Hg from the last m pairs s, y, by the two-loop recursion; α by a strong-Wolfe search

    "On the limited memory BFGS method for large scale optimization", Mathematical Programming 45; Nocedal and Wright,
    "Numerical Optimization", algorithms 7.4 and 7.5.

    Examples
    --------
    >>> optimizer = LBFGS(history_size=5)
    >>> f, g = lambda x: x @ x, lambda x: 2.0 * x
    >>> x = np.array([3.0, 4.0])
    >>> x, state = optimizer.step(x, g(x), optimizer.init(x), f, g)
    >>> optimizer.step(x, g(x), state, f, g)[0].round(9) + 0.0
    array([0., 0.])
    """

    rate: float = first_length_field()
    history_size: int = whole(
        10, low=1, high=50, valid=AT_LEAST_ONE, unit="moves", help="How many moves it remembers."
    )
    c1: float = c1_field()
    c2: float = c2_field(0.9)

    needs_objective: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse settings that make no sense, alone or together."""
        check_settings(self)
        check_wolfe(self.c1, self.c2)

    def init(self, x: Vector) -> LBFGSState:
        """Begin with nothing known of the curvature."""
        return LBFGSState(x, np.zeros_like(x), (), 0.0)

    def step(
        self, x: Vector, slope: Vector, state: LBFGSState, objective: Value, gradient: Slope
    ) -> tuple[Vector, LBFGSState]:
        """Learn from the last move, and search along the direction that the last moves give."""
        s, y = x - state.x, slope - state.slope
        pairs = (*state.pairs, (s, y))[-self.history_size :] if bends(s, y) else state.pairs
        direction = downhill(-two_loops(slope, pairs), slope)
        first = self.rate if pairs else first_length(self.rate, slope)
        landing = search(x, slope, direction, first, objective, gradient, self.c1, self.c2)
        return landing.x, LBFGSState(x, slope, pairs, landing.length)

    def last_rate(self, state: LBFGSState) -> float:
        """Length that the last search found."""
        return state.length


def bends(s: Vector, y: Vector) -> bool:
    """Whether a move and the change of slope on it tell of a curvature that is positive beyond rounding."""
    return float(y @ s) > 1e-15 * float(y @ y)


def two_loops(slope: Vector, pairs: tuple[tuple[Vector, Vector], ...]) -> Vector:
    """Inverse Hessian times slope, from moves and changes of slope: Nocedal and Wright, algorithm 7.4."""
    q, shares = slope, []
    for s, y in reversed(pairs):
        share = float(s @ q) / float(y @ s)
        q = q - share * y
        shares.append(share)
    if pairs:
        s, y = pairs[-1]
        q = float(s @ y) / float(y @ y) * q
    for (s, y), share in zip(pairs, reversed(shares), strict=True):
        q = q + (share - float(y @ q) / float(y @ s)) * s
    return q
