"""The values of a function near one point: counted, in chunks of bounded memory, NaN where there are none."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Function, Vector, as_number, as_numbers
from fallline.differences.evaluation import MEMORY, batched, by_workers, singly
from fallline.differences.workers import Workers


class Samples:
    """A function near `x`, and how often it was evaluated.

    Warnings of NumPy are silenced inside, and a point where the function raises an ArithmeticError (OverflowError,
    ZeroDivisionError) or a ValueError (math.log of a negative number) counts as NaN, because a step across the
    edge of a domain is the method's fault and not the caller's. At `x` itself such an error is the caller's.

    Parameters
    ----------
    f
        The function: takes a point of shape (n,) or, vectorized, points of shape (n, m).
    x
        The point, shape (n,).
    vectorized
        Whether `f` takes a batch of points.
    memory
        Bytes that one batch of points, and what f makes of it, may take together.
    workers
        Those who evaluate where many points are looked at.

    Examples
    --------
    >>> near = Samples(np.sum, np.array([1.0, 2.0]), vectorized=False)
    >>> near.centre, near.moved(np.array([1]), np.array([5.0])), near.evaluations
    (3.0, array([6.]), 2)
    """

    def __init__(
        self, f: Function, x: Vector, vectorized: bool, memory: int = MEMORY, workers: Workers | None = None
    ) -> None:
        self.x = x
        self.evaluations = 1
        self._vectorized = vectorized
        self._f = f if vectorized else partial(_forgiving, f)
        if vectorized:
            self._evaluate = batched(f, memory=memory, workers=workers)
        else:
            self._evaluate = singly(self._f) if workers is None else by_workers(self._f, workers)
        with np.errstate(all="ignore"):
            self.centre = float(as_numbers(f(x[:, None]), 1)[0]) if vectorized else as_number(f(x.copy()))

    def moved(self, coordinates: NDArray[np.intp], to: Vector) -> Vector:
        """Evaluate once for each pair: `x` with that one coordinate moved there. Shapes (m,), (m,) → (m,)."""
        self.evaluations += to.size
        with np.errstate(all="ignore"):
            values: Vector = self._evaluate(self.x, to[None, :], False, coordinates)
        return values

    def along(self, step: Vector, multiples: Vector) -> Vector:
        """Evaluate at x and so many steps. Shapes (n,), (m,) → (m,)."""
        self.evaluations += multiples.size
        points = self.x[:, None] + step[:, None] * multiples
        with np.errstate(all="ignore"):
            if self._vectorized:
                return as_numbers(self._f(points), multiples.size)
            return np.array([as_number(self._f(point.copy())) for point in points.T])


def _forgiving(f: Function, point: Vector) -> Any:
    try:
        return f(point)
    except (ArithmeticError, ValueError):
        return np.nan
