"""Sums of one function of each coordinate: the number of valleys grows as a power of the dimension.

Formulas and minima as in Jamil & Yang, "A literature survey of benchmark functions for global optimisation problems",
International Journal of Mathematical Modelling and Numerical Optimisation 4 (2013).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Points
from fallline.objectives.dimensions import alternating, named
from fallline.objectives.hessians import diagonal
from fallline.objectives.objective import Objective


def _rastrigin(x: Points) -> Any:
    # 10 − 10 cos 2πx, written so that it keeps its digits near the minima.
    s = np.sin(np.pi * x)
    return (x * x).sum(axis=0) + 20.0 * (s * s).sum(axis=0)


def _rastrigin_gradient(x: Points) -> Points:
    return 2.0 * x + 20.0 * np.pi * np.sin(2.0 * np.pi * x)


def _rastrigin_hessian(x: Points) -> NDArray[Any]:
    return diagonal(2.0 + 40.0 * np.pi**2 * np.cos(2.0 * np.pi * x))


def rastrigin_n(n: int = 10) -> Objective:
    """Make Rastrigin's egg box in n dimensions: a bowl with a valley around every whole number.

    f = Σᵢ xᵢ² + 10(1 − cos 2πxᵢ)

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
    >>> rastrigin_n(3)(np.array([0.0, 0.0, 0.5]))
    np.float64(20.25)
    """
    return Objective(
        name=named("Rastrigin", n),
        function=_rastrigin,
        gradient=_rastrigin_gradient,
        domain=((-5.12, 5.12),) * n,
        start=alternating(n, 3.3, -2.4),
        minima=((0.0,) * n,),
        minimum=0.0,
        hessian=_rastrigin_hessian,
    )


rastrigin = rastrigin_n(2)


def _styblinski_tang(x: Points) -> Any:
    s = x * x
    return 0.5 * (s * (s - 16.0) + 5.0 * x).sum(axis=0)


def _styblinski_tang_gradient(x: Points) -> Points:
    return 2.0 * x * (x * x) - 16.0 * x + 2.5


def _styblinski_tang_hessian(x: Points) -> NDArray[Any]:
    return diagonal(6.0 * (x * x) - 16.0)


def styblinski_tang_n(n: int = 10) -> Objective:
    """Make the Styblinski–Tang surface in n dimensions: two valleys along every coordinate, 2ⁿ in all.

    f = ½ Σᵢ xᵢ⁴ − 16xᵢ² + 5xᵢ

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
    >>> styblinski_tang_n(2)(np.ones(2))
    np.float64(-10.0)
    """
    return Objective(
        name=named("Styblinski–Tang", n),
        function=_styblinski_tang,
        gradient=_styblinski_tang_gradient,
        domain=((-5.0, 5.0),) * n,
        start=alternating(n, 0.5, 4.0),
        minima=((-2.903534027771177,) * n,),
        minimum=-39.16616570377142 * n,
        hessian=_styblinski_tang_hessian,
    )


styblinski_tang = styblinski_tang_n(2)
