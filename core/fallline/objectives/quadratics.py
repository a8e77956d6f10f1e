"""Quadratics: the one family whose descents can be worked out by hand, because their curvature is everywhere the same."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Points
from fallline.objectives.hessians import everywhere
from fallline.objectives.objective import Objective

_ORIGIN = (0.0, 0.0)


def _square(x: Points) -> Any:
    return x[0] * x[0]


def _square_gradient(x: Points) -> Points:
    return 2.0 * x


def _square_hessian(x: Points) -> NDArray[Any]:
    return everywhere(np.array([[2.0]]), x)


# The tutorial's param**2: from 2.0 one step of 0.1 along the slope 4 leads to 1.6.
square = Objective(
    name="Square",
    function=_square,
    gradient=_square_gradient,
    domain=((-3.0, 3.0),),
    start=(2.0,),
    minima=((0.0,),),
    minimum=0.0,
    curvature=2.0,
    hessian=_square_hessian,
)


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
    _check_condition(condition)

    def function(x: Points) -> Any:
        return 0.5 * (x[0] * x[0] + condition * (x[1] * x[1]))

    def gradient(x: Points) -> Points:
        return np.stack([x[0], condition * x[1]])

    def hessian(x: Points) -> NDArray[Any]:
        return everywhere(np.diag([1.0, condition]), x)

    return Objective(
        name="Bowl",
        function=function,
        gradient=gradient,
        domain=((-5.0, 5.0), (-5.0, 5.0)),
        start=(-4.5, 2.0),
        minima=(_ORIGIN,),
        minimum=0.0,
        curvature=float(condition),
        hessian=hessian,
    )


def ravine(condition: float = 100.0, angle: float = 30.0) -> Objective:
    """Make a straight ravine that runs aslant, so that no optimizer gains by treating each coordinate by itself.

    f = ½(u² + κv²), u = x cos α + y sin α, v = y cos α − x sin α

    Parameters
    ----------
    condition
        κ ≥ 1: the curvature across the ravine over the curvature along it.
    angle
        α, in degrees: how far the ravine's floor is turned from the x axis, anticlockwise.

    Raises
    ------
    ValueError
        If `condition` is below 1 or not finite, or `angle` is not finite.

    Examples
    --------
    >>> ravine(100.0, angle=90.0)(np.array([1.0, 0.0])).round(9)
    np.float64(50.0)
    """
    _check_condition(condition)
    if not math.isfinite(angle):
        raise ValueError(f"angle must be a finite number of degrees, got {angle}")
    turn = math.radians(angle)
    along = np.array([math.cos(turn), math.sin(turn)])
    across = np.array([-along[1], along[0]])
    matrix = np.outer(along, along) + condition * np.outer(across, across)

    def function(x: Points) -> Any:
        u, v = along[0] * x[0] + along[1] * x[1], across[0] * x[0] + across[1] * x[1]
        return 0.5 * (u * u + condition * (v * v))

    def gradient(x: Points) -> Points:
        return np.stack([row[0] * x[0] + row[1] * x[1] for row in matrix])

    def hessian(x: Points) -> NDArray[Any]:
        return everywhere(matrix, x)

    return Objective(
        name="Ravine",
        function=function,
        gradient=gradient,
        domain=((-5.0, 5.0), (-5.0, 5.0)),
        start=(-4.5, -1.0),
        minima=(_ORIGIN,),
        minimum=0.0,
        curvature=float(condition),
        hessian=hessian,
    )


def _check_condition(condition: float) -> None:
    if not 1.0 <= condition < np.inf:
        raise ValueError(f"condition must be at least 1 and finite, got {condition}; 1 is a round bowl")


def _booth(x: Points) -> Any:
    a, b = x[0] + 2.0 * x[1] - 7.0, 2.0 * x[0] + x[1] - 5.0
    return a * a + b * b


def _booth_gradient(x: Points) -> Points:
    a, b = x[0] + 2.0 * x[1] - 7.0, 2.0 * x[0] + x[1] - 5.0
    return np.stack([2.0 * a + 4.0 * b, 4.0 * a + 2.0 * b])


def _booth_hessian(x: Points) -> NDArray[Any]:
    return everywhere(np.array([[10.0, 8.0], [8.0, 10.0]]), x)


booth = Objective(
    name="Booth",
    function=_booth,
    gradient=_booth_gradient,
    domain=((-10.0, 10.0), (-10.0, 10.0)),
    start=(-8.0, 8.0),
    minima=((1.0, 3.0),),
    minimum=0.0,
    curvature=18.0,
    hessian=_booth_hessian,
)


def _matyas(x: Points) -> Any:
    return 0.26 * (x[0] * x[0] + x[1] * x[1]) - 0.48 * (x[0] * x[1])


def _matyas_gradient(x: Points) -> Points:
    return np.stack([0.52 * x[0] - 0.48 * x[1], 0.52 * x[1] - 0.48 * x[0]])


def _matyas_hessian(x: Points) -> NDArray[Any]:
    return everywhere(np.array([[0.52, -0.48], [-0.48, 0.52]]), x)


matyas = Objective(
    name="Matyas",
    function=_matyas,
    gradient=_matyas_gradient,
    domain=((-10.0, 10.0), (-10.0, 10.0)),
    start=(-9.0, 4.0),
    minima=(_ORIGIN,),
    minimum=0.0,
    curvature=1.0,
    hessian=_matyas_hessian,
)


def _saddle(x: Points) -> Any:
    return x[0] * x[0] - x[1] * x[1]


def _saddle_gradient(x: Points) -> Points:
    return np.stack([2.0 * x[0], -2.0 * x[1]])


def _saddle_hessian(x: Points) -> NDArray[Any]:
    return everywhere(np.diag([2.0, -2.0]), x)


saddle = Objective(
    name="Saddle",
    function=_saddle,
    gradient=_saddle_gradient,
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(1.5, 0.001),
    minima=(),
    minimum=-np.inf,
    curvature=2.0,
    hessian=_saddle_hessian,
)
