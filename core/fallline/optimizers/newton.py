"""Newton's method, with curvatures from differences of slopes."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector
from fallline.hyperparameters import POSITIVE, check_settings, setting
from fallline.optimizers.protocol import Slope, Value
from fallline.optimizers.searching import (
    c1_field,
    c2_field,
    check_wolfe,
    first_length_field,
    search,
)

# A compromise: right for the second difference of values, which a slope that is itself a difference amounts to, and
# near enough for exact slopes.
_RELATIVE_STEP = 2.0**-13


class NewtonState(NamedTuple):
    """The last length; all else is forgotten."""

    length: float


@dataclass(frozen=True)
class Newton:
    """Walk to the bottom of the parabola that fits here; near a minimum each step doubles the digits (Newton, 1685).

    x ← x − αH⁻¹g    with α by a strong-Wolfe search that tries α = 1 first

    The columns of H are central differences of slopes, 2n of them a step, at x ± 2⁻¹³max(1, |x|) along each
    coordinate. Where H is not positive definite its eigenvalues λ are replaced by max(|λ|, δ·max|λ|), so that
    it walks away from saddles: Nocedal and Wright, "Numerical Optimization", section 3.4; Dauphin et al.,
    "Identifying and attacking the saddle point problem", NeurIPS 2014.

    Examples
    --------
    >>> optimizer = Newton()
    >>> f, g = lambda x: x[0] ** 2 + 50.0 * x[1] ** 2, lambda x: np.array([2.0, 100.0]) * x
    >>> x = np.array([3.0, 4.0])
    >>> optimizer.step(x, g(x), optimizer.init(x), f, g)[0].round(9) + 0.0
    array([0., 0.])
    """

    rate: float = first_length_field("Length that a search tries first; 1 is Newton's own step.")
    delta: float = setting(
        1e-8,
        low=1e-12,
        high=1e-2,
        scale="log",
        valid=POSITIVE,
        help="The smallest curvature it believes, in parts of the largest.",
    )
    c1: float = c1_field()
    c2: float = c2_field(0.9)

    needs_objective: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse settings that make no sense, alone or together."""
        check_settings(self)
        check_wolfe(self.c1, self.c2)

    def init(self, x: Vector) -> NewtonState:
        """Remember nothing."""
        return NewtonState(0.0)

    def step(
        self, x: Vector, slope: Vector, state: NewtonState, objective: Value, gradient: Slope
    ) -> tuple[Vector, NewtonState]:
        """Measure the curvatures, and search along the direction that they give."""
        direction = _solve(hessian(gradient, x), slope, self.delta)
        landing = search(x, slope, direction, self.rate, objective, gradient, self.c1, self.c2)
        return landing.x, NewtonState(landing.length)

    def last_rate(self, state: NewtonState) -> float:
        """Length that the last search found."""
        return state.length


def hessian(gradient: Slope, x: Vector) -> NDArray[np.float64]:
    """Hessian at a point of shape (n,) by central differences of slopes, made symmetric; shape (n, n).

    Examples
    --------
    >>> hessian(lambda x: np.array([2.0 * x[0] + x[1], x[0]]), np.array([1.0, 1.0]))
    array([[2., 1.],
           [1., 0.]])
    """
    columns = []
    for i, h in enumerate(_RELATIVE_STEP * np.maximum(1.0, np.abs(x))):
        after, before = x.copy(), x.copy()
        after[i] += h
        before[i] -= h
        columns.append((gradient(after) - gradient(before)) / (after[i] - before[i]))
    whole = np.stack(columns, axis=1)
    symmetric: NDArray[np.float64] = 0.5 * (whole + whole.T)
    return symmetric


def _solve(curvature: NDArray[np.float64], slope: Vector, delta: float) -> Vector:
    if not np.isfinite(curvature).all():
        return -slope
    values, vectors = np.linalg.eigh(curvature)
    sizes = np.abs(values)
    largest = sizes.max()
    if largest == 0.0:
        return -slope
    if values.min() < delta * largest:
        values = np.maximum(sizes, delta * largest)
    direction: Vector = -(vectors @ ((vectors.T @ slope) / values))
    return direction
