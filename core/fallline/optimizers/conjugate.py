"""Conjugate gradients: each direction spares what the ones before have gained."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from fallline.arrays import Vector
from fallline.hyperparameters import check_settings, choice
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


class ConjugateState(NamedTuple):
    """The slope and direction before, shape (n,), and along it the length walked and the slope at its start.

    `since` counts the steps since the direction was last the steepest.
    """

    slope: Vector
    direction: Vector
    length: float
    along: float
    since: int


@dataclass(frozen=True)
class ConjugateGradient:
    """Steepest descent that remembers its last direction, at the price of one more vector (Fletcher and Reeves, 1964).

    p ← −g + βp,  x ← x + αp with α by a strong-Wolfe search
    β = gᵀg / g₋ᵀg₋                 Fletcher–Reeves, begun anew after every n steps
    β = max(0, gᵀ(g − g₋) / g₋ᵀg₋)    Polak–Ribière+

    Fletcher and Reeves, "Function minimization by conjugate gradients", The Computer Journal 7; Polak and Ribière, 1969;
    Gilbert and Nocedal, SIAM Journal on Optimization 2, 1992. Nocedal and Wright, "Numerical Optimization", equations
    5.41 and 5.45. On a quadratic of n dimensions, with an exact search, it ends after n steps.

    Examples
    --------
    >>> optimizer = ConjugateGradient()
    >>> f, g = lambda x: x @ x, lambda x: 2.0 * x
    >>> x = np.array([3.0, 4.0])
    >>> optimizer.step(x, g(x), optimizer.init(x), f, g)[0].round(9) + 0.0
    array([0., 0.])
    """

    rate: float = first_length_field("Length of the first move that the first search tries.")
    beta: str = choice(
        "polak-ribiere+",
        ("polak-ribiere+", "fletcher-reeves"),
        help="How much of the last direction is kept.",
    )
    c1: float = c1_field()
    c2: float = c2_field(0.1)

    needs_objective: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse settings that make no sense, alone or together."""
        check_settings(self)
        check_wolfe(self.c1, self.c2)

    def init(self, x: Vector) -> ConjugateState:
        """Begin without a direction."""
        return ConjugateState(np.zeros_like(x), np.zeros_like(x), 0.0, 0.0, 0)

    def step(
        self, x: Vector, slope: Vector, state: ConjugateState, objective: Value, gradient: Slope
    ) -> tuple[Vector, ConjugateState]:
        """Bend the last direction towards the slope, and search along it."""
        beta = self._beta(slope, state)
        direction = downhill(beta * state.direction - slope, slope)
        along = float(slope @ direction)
        first = first_length(self.rate, slope)
        if state.length > 0.0 and along:
            # The first guess promises the fall of the last step: Nocedal and Wright, section 3.5.
            first = state.length * state.along / along
        landing = search(x, slope, direction, first, objective, gradient, self.c1, self.c2)
        since = state.since + 1 if beta else 1
        return landing.x, ConjugateState(slope, direction, landing.length, landing.along, since)

    def last_rate(self, state: ConjugateState) -> float:
        """Length that the last search found."""
        return state.length

    def _beta(self, slope: Vector, state: ConjugateState) -> float:
        before = float(state.slope @ state.slope)
        if not before or not state.length:
            return 0.0
        if self.beta == "fletcher-reeves":
            return float(slope @ slope) / before if state.since < slope.size else 0.0
        return max(0.0, float(slope @ (slope - state.slope)) / before)
