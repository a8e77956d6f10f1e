"""Surfaces of many hills, most of whose valleys are not the lowest.

Formulas and minima as in Jamil & Yang, "A literature survey of benchmark functions for global optimisation problems",
International Journal of Mathematical Modelling and Numerical Optimisation 4 (2013). Where the textbook form subtracts
nearly equal numbers at the bottom, an equal form is computed that keeps its digits.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Points
from fallline.objectives.dimensions import alternating, named
from fallline.objectives.hessians import symmetric
from fallline.objectives.objective import Objective


def _ackley(x: Points) -> Any:
    # cos 2πx − 1 = −2 sin² πx, and both exponentials as their distance from 1.
    s = np.sin(np.pi * x)
    r = np.sqrt((x * x).mean(axis=0))
    return -20.0 * np.expm1(-0.2 * r) - np.e * np.expm1(-2.0 * (s * s).mean(axis=0))


def _ackley_gradient(x: Points) -> Points:
    n = len(x)
    s = np.sin(np.pi * x)
    r = np.sqrt((x * x).mean(axis=0))
    # The tip has no slope; 0 is among those of the cone that touches it.
    direction = x / np.where(r == 0.0, 1.0, n * r)
    waves = np.exp(1.0 - 2.0 * (s * s).mean(axis=0)) * np.sin(2.0 * np.pi * x)
    slope: Points = 4.0 * np.exp(-0.2 * r) * direction + (2.0 * np.pi / n) * waves
    return slope


def ackley_n(n: int = 10) -> Objective:
    """Make Ackley's funnel in n dimensions: flat and wavy outside, pointed at the bottom.

    f = 20(1 − exp(−0.2 √(mean xᵢ²))) + e − exp(mean cos 2πxᵢ)

    The bottom is a tip: f grows like the distance from it, and has no gradient there; 0 is given.

    Parameters
    ----------
    n
        How many coordinates.

    Raises
    ------
    ValueError
        If `n` is below 1.

    Examples
    --------
    >>> ackley_n(3)(np.ones(3)).round(6)
    np.float64(3.625385)
    """
    return Objective(
        name=named("Ackley", n),
        function=_ackley,
        gradient=_ackley_gradient,
        domain=((-5.0, 5.0),) * n,
        start=alternating(n, -3.4, 2.7),
        minima=((0.0,) * n,),
        minimum=0.0,
    )


def _griewank_cosines(x: Points) -> tuple[Any, Any]:
    roots = np.sqrt(np.arange(1.0, len(x) + 1.0)).reshape((-1,) + (1,) * (x.ndim - 1))
    return np.cos(x / roots), roots


def _griewank(x: Points) -> Any:
    cosines, _ = _griewank_cosines(x)
    return (x * x).sum(axis=0) / 4000.0 + (1.0 - cosines.prod(axis=0))


def _griewank_gradient(x: Points) -> Points:
    cosines, roots = _griewank_cosines(x)
    # Never divided out of the product, since a cosine may be 0.
    others = np.stack([np.delete(cosines, i, axis=0).prod(axis=0) for i in range(len(x))])
    slope: Points = x / 2000.0 + np.sin(x / roots) / roots * others
    return slope


def griewank_n(n: int = 10) -> Objective:
    """Make Griewank's surface in n dimensions: ripples that outweigh the bowl below them, seen from near.

    f = 1 + Σᵢ xᵢ²/4000 − Πᵢ cos(xᵢ/√i)

    Parameters
    ----------
    n
        How many coordinates.

    Raises
    ------
    ValueError
        If `n` is below 1.

    Examples
    --------
    >>> griewank_n(1)(np.array([2 * np.pi])).round(6)
    np.float64(0.00987)
    """
    return Objective(
        name=named("Griewank", n),
        function=_griewank,
        gradient=_griewank_gradient,
        domain=((-100.0, 100.0),) * n,
        start=alternating(n, -70.0, 40.0),
        minima=((0.0,) * n,),
        minimum=0.0,
    )


def _levy(x: Points) -> Any:
    w = 1.0 + (x - 1.0) / 4.0
    first, between, last = np.sin(np.pi * w[0]), np.sin(np.pi * w[:-1] + 1.0), np.sin(2.0 * np.pi * w[-1])
    d = w - 1.0
    chain = (d[:-1] * d[:-1] * (1.0 + 10.0 * (between * between))).sum(axis=0)
    return first * first + chain + d[-1] * d[-1] * (1.0 + last * last)


def _levy_gradient(x: Points) -> Points:
    w = 1.0 + (x - 1.0) / 4.0
    between, last = np.sin(np.pi * w[:-1] + 1.0), np.sin(2.0 * np.pi * w[-1])
    d = w - 1.0
    slope = np.empty_like(x)
    slope[:-1] = 2.0 * d[:-1] * (1.0 + 10.0 * (between * between))
    slope[:-1] += 10.0 * np.pi * (d[:-1] * d[:-1]) * np.sin(2.0 * np.pi * w[:-1] + 2.0)
    slope[-1] = 2.0 * d[-1] * (1.0 + last * last)
    slope[-1] += 2.0 * np.pi * (d[-1] * d[-1]) * np.sin(4.0 * np.pi * w[-1])
    slope[0] += np.pi * np.sin(2.0 * np.pi * w[0])
    return slope / 4.0


def levy_n(n: int = 10) -> Objective:
    """Make Levy's surface in n dimensions: long parallel ridges across a wide bowl.

    f = sin² πw₁ + Σᵢ₌₁ⁿ⁻¹ (wᵢ − 1)²(1 + 10 sin²(πwᵢ + 1)) + (wₙ − 1)²(1 + sin² 2πwₙ), wᵢ = 1 + (xᵢ − 1)/4

    Parameters
    ----------
    n
        How many coordinates.

    Raises
    ------
    ValueError
        If `n` is below 1.

    Examples
    --------
    >>> levy_n(2)(np.array([1.0, 3.0])).round(9)
    np.float64(0.25)
    """
    return Objective(
        name=named("Levy", n),
        function=_levy,
        gradient=_levy_gradient,
        domain=((-10.0, 10.0),) * n,
        start=alternating(n, -7.5, 6.0),
        minima=((1.0,) * n,),
        minimum=0.0,
    )


ackley = ackley_n(2)
griewank = griewank_n(2)
levy = levy_n(2)


def _mccormick(x: Points) -> Any:
    d = x[0] - x[1]
    return np.sin(x[0] + x[1]) + d * d - 1.5 * x[0] + 2.5 * x[1] + 1.0


def _mccormick_gradient(x: Points) -> Points:
    c, d = np.cos(x[0] + x[1]), 2.0 * (x[0] - x[1])
    return np.stack([c + d - 1.5, c - d + 2.5])


def _mccormick_hessian(x: Points) -> NDArray[Any]:
    s = np.sin(x[0] + x[1])
    return symmetric(2.0 - s, -2.0 - s, 2.0 - s)


mccormick = Objective(
    name="McCormick",
    function=_mccormick,
    gradient=_mccormick_gradient,
    domain=((-1.5, 4.0), (-3.0, 4.0)),
    start=(3.5, -1.0),
    minima=((0.5 - math.pi / 3.0, -0.5 - math.pi / 3.0),),
    minimum=-math.sqrt(3.0) / 2.0 - math.pi / 3.0,
    hessian=_mccormick_hessian,
)
