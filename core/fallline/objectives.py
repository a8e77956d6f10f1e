"""Surfaces to descend, with what is known of them: where to look, where to start, where the bottom is.

Each is one function of points with its exact gradient and one row. Points are columns: shape (2,) or (2, m).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from fallline.arrays import Points

Point = tuple[float, ...]


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
        The exact slope, in the shape of the points.
    domain
        The part worth looking at: (low, high) of each coordinate.
    start
        A point inside it from which a descent is worth watching.
    minima
        The points of the lowest value; none where the function has no bottom.
    minimum
        That value; minus infinity where the function has no bottom.
    curvature
        The largest eigenvalue L of the Hessian where it is the same everywhere, else None. An optimizer's
        `stable_rate` follows from it.

    Examples
    --------
    >>> himmelblau(np.array([3.0, 2.0]))
    np.float64(0.0)
    >>> himmelblau(np.array([[3.0, 0.0], [2.0, 0.0]]))
    array([  0., 170.])
    """

    name: str
    function: Callable[[Points], Any]
    gradient: Callable[[Points], Points]
    domain: tuple[tuple[float, float], ...]
    start: Point
    minima: tuple[Point, ...]
    minimum: float
    curvature: float | None = None

    vectorized: ClassVar[bool] = True

    def __call__(self, x: Points) -> Any:
        """Value at a point, shape (n,), or values at the columns of `x`, shape (n, m)."""
        return self.function(x)


def bowl(condition: float = 10.0) -> Objective:
    """Make the quadratic bowl ½(x² + κy²), a ravine where the condition number κ is large.

    Parameters
    ----------
    condition
        κ ≥ 1: the curvature across the ravine over the curvature along it.

    Raises
    ------
    ValueError
        If `condition` is below 1 or not finite.

    Examples
    --------
    >>> bowl(4.0)(np.array([1.0, 1.0]))
    np.float64(2.5)
    >>> bowl(4.0).curvature
    4.0
    """
    if not 1.0 <= condition < np.inf:
        raise ValueError(f"condition must be at least 1 and finite, got {condition}; 1 is a round bowl")

    def function(x: Points) -> Any:
        return 0.5 * (x[0] * x[0] + condition * (x[1] * x[1]))

    def gradient(x: Points) -> Points:
        return np.stack([x[0], condition * x[1]])

    return Objective(
        name="Bowl",
        function=function,
        gradient=gradient,
        domain=((-5.0, 5.0), (-5.0, 5.0)),
        start=(-4.5, 2.0),
        minima=((0.0, 0.0),),
        minimum=0.0,
        curvature=float(condition),
    )


def _himmelblau(x: Points) -> Any:
    a = x[0] * x[0] + x[1] - 11.0
    b = x[0] + x[1] * x[1] - 7.0
    return a * a + b * b


def _himmelblau_gradient(x: Points) -> Points:
    a = x[0] * x[0] + x[1] - 11.0
    b = x[0] + x[1] * x[1] - 7.0
    return np.stack([4.0 * x[0] * a + 2.0 * b, 2.0 * a + 4.0 * x[1] * b])


himmelblau = Objective(
    name="Himmelblau",
    function=_himmelblau,
    gradient=_himmelblau_gradient,
    domain=((-6.0, 6.0), (-6.0, 6.0)),
    start=(-5.0, 0.5),
    minima=(
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.283185991286170),
        (3.584428340330492, -1.848126526964404),
    ),
    minimum=0.0,
)


def _rosenbrock(x: Points) -> Any:
    a = 1.0 - x[0]
    b = x[1] - x[0] * x[0]
    return a * a + 100.0 * (b * b)


def _rosenbrock_gradient(x: Points) -> Points:
    b = x[1] - x[0] * x[0]
    return np.stack([-2.0 * (1.0 - x[0]) - 400.0 * x[0] * b, 200.0 * b])


rosenbrock = Objective(
    name="Rosenbrock",
    function=_rosenbrock,
    gradient=_rosenbrock_gradient,
    domain=((-2.0, 2.0), (-1.0, 3.0)),
    start=(-1.2, 1.0),
    minima=((1.0, 1.0),),
    minimum=0.0,
)


def _beale_terms(x: Points) -> tuple[Any, Any, Any]:
    y = x[1]
    return 1.5 - x[0] * (1.0 - y), 2.25 - x[0] * (1.0 - y * y), 2.625 - x[0] * (1.0 - y * y * y)


def _beale(x: Points) -> Any:
    a, b, c = _beale_terms(x)
    return a * a + b * b + c * c


def _beale_gradient(x: Points) -> Points:
    a, b, c = _beale_terms(x)
    y = x[1]
    along_x = -2.0 * (a * (1.0 - y) + b * (1.0 - y * y) + c * (1.0 - y * y * y))
    along_y = 2.0 * x[0] * (a + 2.0 * y * b + 3.0 * (y * y) * c)
    return np.stack([along_x, along_y])


beale = Objective(
    name="Beale",
    function=_beale,
    gradient=_beale_gradient,
    domain=((-4.5, 4.5), (-4.5, 4.5)),
    start=(1.0, 1.5),
    minima=((3.0, 0.5),),
    minimum=0.0,
)


def _saddle(x: Points) -> Any:
    return x[0] * x[0] - x[1] * x[1]


def _saddle_gradient(x: Points) -> Points:
    return np.stack([2.0 * x[0], -2.0 * x[1]])


saddle = Objective(
    name="Saddle",
    function=_saddle,
    gradient=_saddle_gradient,
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(1.5, 0.001),
    minima=(),
    minimum=-np.inf,
    curvature=2.0,
)


def _rastrigin(x: Points) -> Any:
    # 10 − 10 cos 2πx, written so that it keeps its digits near the minima.
    a, b = np.sin(np.pi * x)
    return x[0] * x[0] + x[1] * x[1] + 20.0 * (a * a + b * b)


def _rastrigin_gradient(x: Points) -> Points:
    return 2.0 * x + 20.0 * np.pi * np.sin(2.0 * np.pi * x)


rastrigin = Objective(
    name="Rastrigin",
    function=_rastrigin,
    gradient=_rastrigin_gradient,
    domain=((-5.12, 5.12), (-5.12, 5.12)),
    start=(3.3, -2.4),
    minima=((0.0, 0.0),),
    minimum=0.0,
)

OBJECTIVES = (bowl(), himmelblau, rosenbrock, beale, saddle, rastrigin)
