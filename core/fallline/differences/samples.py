"""The values of a function near one point: counted, in chunks of bounded memory, NaN where there are none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Function, Vector, as_number, as_numbers

_CHUNK = 2**22
"""Bytes of points handed to a vectorized function at once: what fits the cache is quickest too."""


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

    Examples
    --------
    >>> near = Samples(np.sum, np.array([1.0, 2.0]), vectorized=False)
    >>> near.centre, near.moved(np.array([1]), np.array([5.0])), near.evaluations
    (3.0, array([6.]), 2)
    """

    def __init__(self, f: Function, x: Vector, vectorized: bool) -> None:
        self._f = f
        self.x = x
        self._vectorized = vectorized
        self.evaluations = 1
        with np.errstate(all="ignore"):
            self.centre = float(as_numbers(f(x[:, None]), 1)[0]) if vectorized else as_number(f(x.copy()))

    def moved(self, coordinates: NDArray[np.intp], to: Vector) -> Vector:
        """Evaluate once for each pair: `x` with that one coordinate moved there. Shapes (m,), (m,) → (m,)."""
        values = np.empty(to.size)
        width = max(1, _CHUNK // (8 * self.x.size))
        for begin in range(0, to.size, width):
            part = slice(begin, begin + width)
            own = coordinates[part]
            points = np.repeat(self.x[:, None], own.size, axis=1)
            points[own, np.arange(own.size)] = to[part]
            values[part] = self._at(points)
        return values

    def along(self, step: Vector, multiples: Vector) -> Vector:
        """Evaluate at x and so many steps. Shapes (n,), (m,) → (m,)."""
        return self._at(self.x[:, None] + step[:, None] * multiples)

    def _at(self, points: NDArray[np.float64]) -> Vector:
        self.evaluations += points.shape[1]
        with np.errstate(all="ignore"):
            if self._vectorized:
                return as_numbers(self._f(points), points.shape[1])
            return np.array([self._single(point.copy()) for point in points.T])

    def _single(self, point: Vector) -> float:
        try:
            return as_number(self._f(point))
        except (ArithmeticError, ValueError):
            return float("nan")
