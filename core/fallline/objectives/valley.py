"""Rosenbrock's curved valley, in the plane and in as many dimensions as asked for.

Rosenbrock, "An automatic method for finding the greatest or least value of a function", The Computer Journal 3 (1960).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Points
from fallline.objectives.hessians import symmetric
from fallline.objectives.objective import Objective


def _rosenbrock(x: Points) -> Any:
    a = 1.0 - x[0]
    b = x[1] - x[0] * x[0]
    return a * a + 100.0 * (b * b)


def _rosenbrock_gradient(x: Points) -> Points:
    b = x[1] - x[0] * x[0]
    return np.stack([-2.0 * (1.0 - x[0]) - 400.0 * x[0] * b, 200.0 * b])


def _rosenbrock_hessian(x: Points) -> NDArray[Any]:
    return symmetric(1200.0 * (x[0] * x[0]) - 400.0 * x[1] + 2.0, -400.0 * x[0], 200.0)


rosenbrock = Objective(
    name="Rosenbrock",
    function=_rosenbrock,
    gradient=_rosenbrock_gradient,
    domain=((-2.0, 2.0), (-1.0, 3.0)),
    start=(-1.2, 1.0),
    minima=((1.0, 1.0),),
    minimum=0.0,
    hessian=_rosenbrock_hessian,
)


def _chain(x: Points) -> Any:
    a, b = 1.0 - x[:-1], x[1:] - x[:-1] * x[:-1]
    return (a * a + 100.0 * (b * b)).sum(axis=0)


def _chain_gradient(x: Points) -> Points:
    b = x[1:] - x[:-1] * x[:-1]
    slope = np.zeros_like(x)
    slope[:-1] = -2.0 * (1.0 - x[:-1]) - 400.0 * x[:-1] * b
    slope[1:] += 200.0 * b
    return slope


def _chain_hessian(x: Points) -> NDArray[Any]:
    hessian = np.zeros((len(x), *x.shape), x.dtype)
    i = np.arange(len(x) - 1)
    hessian[i, i] = 1200.0 * (x[:-1] * x[:-1]) - 400.0 * x[1:] + 2.0
    hessian[i + 1, i + 1] += 200.0
    hessian[i, i + 1] = hessian[i + 1, i] = -400.0 * x[:-1]
    return hessian


def rosenbrock_n(n: int = 10) -> Objective:
    """Make Rosenbrock's valley in n dimensions, each coordinate the square of the one before it.

    f = Σᵢ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²

    From four dimensions on there is a second, higher minimum near (−1, 1, …, 1).

    Parameters
    ----------
    n
        How many coordinates, at least 2.

    Raises
    ------
    ValueError
        If `n` is below 2.

    Examples
    --------
    >>> rosenbrock_n(3)(np.array([1.0, 1.0, 2.0]))
    np.float64(100.0)
    """
    if n < 2:
        raise ValueError(f"n must be at least 2, since each coordinate follows another, got {n}")
    return Objective(
        name=f"Rosenbrock in {n} dimensions",
        function=_chain,
        gradient=_chain_gradient,
        domain=((-2.0, 3.0),) * n,
        start=tuple(-1.2 if i % 2 == 0 else 1.0 for i in range(n)),
        minima=((1.0,) * n,),
        minimum=0.0,
        hessian=_chain_hessian,
    )
