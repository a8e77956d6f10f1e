"""What is known of a function to be minimised: where to look, where to start, where the bottom is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Points

Point: TypeAlias = tuple[float, ...]

Hessian: TypeAlias = Callable[[Points], NDArray[Any]]
"""Second derivatives: shape (n, n) at a point of shape (n,), (n, n, m) at the columns of points of shape (n, m)."""


@dataclass(frozen=True)
class Objective:
    """A function to be minimised, and what is known of it.

    Parameters
    ----------
    name
        What people call it.
    function
        The value at a point of shape (n,), or the values, shape (m,), at the columns of points of shape (n, m).
    gradient
        The exact slope, in the shape of the points; `no_formula` where there is none.
    domain
        The part worth looking at: (low, high) of each coordinate.
    start
        A point inside it from which a descent is worth watching.
    minima
        The points of the lowest value; none where the function has no bottom, or nobody knows it.
    minimum
        That value; minus infinity where the function has no bottom, NaN where nobody knows it.
    curvature
        The largest eigenvalue L of the Hessian where it is the same everywhere, else None. An optimizer's
        `stable_rate` follows from it.
    hessian
        The exact second derivatives, shape (n, n) or (n, n, m), where their formula is short, else None.

    Examples
    --------
    >>> import numpy as np
    >>> from fallline import himmelblau
    >>> himmelblau(np.array([3.0, 2.0]))
    np.float64(0.0)
    >>> himmelblau(np.array([[3.0, 0.0], [2.0, 0.0]]))
    array([  0., 170.])
    >>> himmelblau.hessian(np.array([3.0, 2.0]))
    array([[74., 20.],
           [20., 34.]])
    """

    name: str
    function: Callable[[Points], Any]
    gradient: Callable[[Points], Points]
    domain: tuple[tuple[float, float], ...]
    start: Point
    minima: tuple[Point, ...]
    minimum: float
    curvature: float | None = None
    hessian: Hessian | None = None

    vectorized: ClassVar[bool] = True

    def __call__(self, x: Points) -> Any:
        """Value at a point, shape (n,), or values at the columns of `x`, shape (n, m).

        Raises
        ------
        ValueError
            If points have another number of coordinates.
        """
        try:
            fits = len(x) == len(self.domain)
        except TypeError:
            fits = False
        if not fits:
            raise ValueError(
                f"{self.name} takes points of {len(self.domain)} coordinates, shape ({len(self.domain)},), "
                f"or columns of them, shape ({len(self.domain)}, m); got shape {np.shape(x)}"
            )
        return self.function(x)


def no_formula(x: Points) -> NoReturn:
    """Stand in for the gradient of an objective that is known by its values alone.

    Parameters
    ----------
    x
        The point, which is not looked at.

    Raises
    ------
    TypeError
        Always.

    Examples
    --------
    >>> no_formula(None)
    Traceback (most recent call last):
        ...
    TypeError: this objective has no formula for its gradient; use a finite difference such as central
    """
    raise TypeError("this objective has no formula for its gradient; use a finite difference such as central")
