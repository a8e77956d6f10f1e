"""Finite-difference schemes: slopes of any function from its values alone.

A *scheme* is a value: where to look (offsets), how to weigh what is seen there (coefficients), and how fast the error
shrinks with the step (order). Calling it gives a slope, by the best fixed step of each coordinate; the
difference is divided by the realised x₊ − x₋, so that the step itself adds no error.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.arrays import Function, Vector, as_vector, check_function
from fallline.differences.evaluation import Coordinates, Evaluate, batched, singly
from fallline.differences.steps import look_up, step_table


@dataclass(frozen=True, repr=False)
class Scheme:
    """A finite difference: f′(x) ≈ Σ cₖ f(x + oₖh) / h, along each coordinate.

    Parameters
    ----------
    name
        What `gradient` and people call it.
    offsets
        Where f is evaluated, in steps from x; in increasing order.
    coefficients
        The weight of each of those values; `stencil` solves for them.
    order
        The error falls as hᵒʳᵈᵉʳ.

    Raises
    ------
    ValueError
        If the offsets do not increase, are not as many as the coefficients, or a straight line gets a wrong slope.

    Notes
    -----
    The method of undetermined coefficients: Fornberg, "Generation of finite difference formulas on arbitrarily
    spaced grids", Mathematics of Computation 51 (1988).

    Examples
    --------
    >>> central
    central difference: order 2, 2 evaluations a coordinate
    >>> central(lambda x: x[0] ** 2 + 3 * x[1], [2.0, 1.0])
    array([4., 3.])
    """

    name: str
    offsets: tuple[float, ...]
    coefficients: tuple[float, ...]
    order: int

    def __post_init__(self) -> None:
        """Refuse what is not a stencil."""
        if len(self.offsets) != len(self.coefficients):
            raise ValueError(
                f"{len(self.offsets)} offsets need as many coefficients, got {len(self.coefficients)}"
            )
        if list(self.offsets) != sorted(set(self.offsets)):
            raise ValueError(f"offsets must be in increasing order, got {self.offsets}")
        moments = [
            sum(c * o**k for c, o in zip(self.coefficients, self.offsets, strict=True)) for k in (0, 1)
        ]
        if not np.allclose(moments, [0.0, 1.0], rtol=0.0, atol=1e-9):
            raise ValueError(
                f"coefficients must give 0 for f = 1 and 1 for f = x, got {moments[0]} and {moments[1]}"
            )

    def __repr__(self) -> str:
        count = len(self._moving_weights)
        plural = "s" if count > 1 else ""
        shared = ", 1 shared" if self.uses_centre else ""
        return f"{self.name} difference: order {self.order}, {count} evaluation{plural} a coordinate{shared}"

    def __call__(self, f: Function, x: ArrayLike) -> Vector:
        """Slope of `f` at `x`, shape (n,), by the best fixed step; in one batch where `f.vectorized` is true."""
        check_function(f)
        point = as_vector(x)
        return self.slope(f, point, self.steps(point), getattr(f, "vectorized", False))

    def evaluations(self, n: int) -> int:
        """Count the points that one slope in `n` dimensions looks at."""
        return n * len(self._moving_weights) + self.uses_centre

    def steps(self, x: Vector) -> Vector:
        """Best fixed step of each coordinate of `x`, shape (n,): see `fallline.differences.steps`."""
        return look_up(self._table, x)

    def slope(self, f: Function, x: Vector, h: Vector | float, vectorized: bool = False) -> Vector:
        """Slope of `f` at `x`, shape (n,), by the steps `h`, shape (n,) or ().

        A step too small to move its coordinate gives NaN, with NumPy's warning.
        """
        return self.differences(batched(f) if vectorized else singly(f), x, h)

    def differences(
        self,
        evaluate: Evaluate,
        x: Vector,
        h: Vector | float,
        coordinates: Coordinates | None = None,
        centre: NDArray[Any] | None = None,
    ) -> NDArray[np.float64]:
        """Slopes along some coordinates, all unless they are named, shape (*out, m).

        Parameters
        ----------
        evaluate
            Gives the values, each of shape `out`.
        x
            The point, shape (n,).
        h
            The step along each of the m coordinates, shape (m,) or ().
        coordinates
            Their indices.
        centre
            f(x), if it is known already.
        """
        if coordinates is None:
            coordinates, along = range(x.size), x
        else:
            along = x[coordinates]
        moved = along + h * self._offsets
        width = moved[-1] - moved[0]
        asks = self.uses_centre and centre is None
        values = evaluate(x, moved[self._moving], asks, coordinates)
        table = values[..., asks:].reshape(*values.shape[:-1], self._moving_weights.size, along.size)
        base: Any = 0.0
        if self.uses_centre:
            base = self._centre_weight * (
                values[..., :1] if centre is None else np.asarray(centre)[..., None]
            )
        slope: NDArray[np.float64] = (self._moving_weights @ table + base) / width
        return slope

    @cached_property
    def uses_centre(self) -> bool:
        """Whether the value at x itself counts."""
        return self._centre_weight != 0.0

    @cached_property
    def _offsets(self) -> NDArray[np.float64]:
        return np.array([[offset] for offset in self.offsets])

    @cached_property
    def _moving(self) -> NDArray[np.bool_]:
        return np.array([offset != 0.0 for offset in self.offsets])

    @cached_property
    def _weights(self) -> NDArray[np.float64]:
        return np.array(self.coefficients) * (self.offsets[-1] - self.offsets[0])

    @cached_property
    def _moving_weights(self) -> NDArray[np.float64]:
        weights: Vector = self._weights[self._moving]
        return weights

    @cached_property
    def _centre_weight(self) -> float:
        return float(self._weights[~self._moving].sum())

    @cached_property
    def _table(self) -> Vector:
        return step_table(self.order)


forward = Scheme("forward", offsets=(0.0, 1.0), coefficients=(-1.0, 1.0), order=1)
backward = Scheme("backward", offsets=(-1.0, 0.0), coefficients=(-1.0, 1.0), order=1)
central = Scheme("central", offsets=(-1.0, 1.0), coefficients=(-0.5, 0.5), order=2)


def _symmetric(order: int, coefficients: tuple[float, ...]) -> Scheme:
    half = range(1, order // 2 + 1)
    offsets = (*(-float(o) for o in reversed(half)), *map(float, half))
    return Scheme(f"central{order}", offsets, (*(-c for c in reversed(coefficients)), *coefficients), order)


central4 = _symmetric(4, (2 / 3, -1 / 12))
central6 = _symmetric(6, (3 / 4, -3 / 20, 1 / 60))
central8 = _symmetric(8, (4 / 5, -1 / 5, 4 / 105, -1 / 280))

SCHEMES = (forward, backward, central, central4, central6, central8)
