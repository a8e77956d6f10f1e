"""Where gradients mislead: a plain without slope, a kink, noise."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Points
from fallline.objectives.hessians import symmetric
from fallline.objectives.objective import Objective
from fallline.objectives.quadratics import bowl


def _plateau(x: Points) -> Any:
    return -np.expm1(-0.5 * (x[0] * x[0] + x[1] * x[1]))


def _plateau_gradient(x: Points) -> Points:
    slope: Points = x * np.exp(-0.5 * (x[0] * x[0] + x[1] * x[1]))
    return slope


def _plateau_hessian(x: Points) -> NDArray[Any]:
    height = np.exp(-0.5 * (x[0] * x[0] + x[1] * x[1]))
    return symmetric((1.0 - x[0] * x[0]) * height, -x[0] * x[1] * height, (1.0 - x[1] * x[1]) * height)


# 1 − exp(−r²/2): a hole in a plain. At the start the slope is 1e-4, though the plain is only 1 above the bottom.
plateau = Objective(
    name="Plateau",
    function=_plateau,
    gradient=_plateau_gradient,
    domain=((-6.0, 6.0), (-6.0, 6.0)),
    start=(-4.0, 2.5),
    minima=((0.0, 0.0),),
    minimum=0.0,
    hessian=_plateau_hessian,
)


def _easom(x: Points) -> Any:
    a, b = x[0] - np.pi, x[1] - np.pi
    return -np.cos(x[0]) * np.cos(x[1]) * np.exp(-(a * a) - b * b)


def _easom_gradient(x: Points) -> Points:
    a, b = x[0] - np.pi, x[1] - np.pi
    height = np.exp(-(a * a) - b * b)
    along_x = (np.sin(x[0]) + 2.0 * a * np.cos(x[0])) * np.cos(x[1])
    along_y = (np.sin(x[1]) + 2.0 * b * np.cos(x[1])) * np.cos(x[0])
    return np.stack([along_x * height, along_y * height])


# Jamil & Yang (2013), function 50: a needle in a plain that is flat to the last digit.
easom = Objective(
    name="Easom",
    function=_easom,
    gradient=_easom_gradient,
    domain=((-10.0, 10.0), (-10.0, 10.0)),
    start=(1.0, 1.5),
    minima=((np.pi, np.pi),),
    minimum=-1.0,
)


def _kinked(x: Points) -> Any:
    a, b = 1.0 - x[0], x[1] - x[0] * x[0]
    return a * a + 8.0 * np.abs(b)


def _kinked_gradient(x: Points) -> Points:
    side = np.sign(x[1] - x[0] * x[0])
    return np.stack([-2.0 * (1.0 - x[0]) - 16.0 * x[0] * side, 8.0 * side])


# Lewis & Overton, "Nonsmooth optimization via quasi-Newton methods", Mathematical Programming 141 (2013): Rosenbrock's
# valley with a crease for a floor. On the crease, where there is no gradient, the mean of both sides' is given.
kinked = Objective(
    name="Kinked valley",
    function=_kinked,
    gradient=_kinked_gradient,
    domain=((-2.0, 2.0), (-1.0, 3.0)),
    start=(-1.0, 2.0),
    minima=((1.0, 1.0),),
    minimum=0.0,
)


def noisy(rng: "np.random.Generator | int", noise: float = 0.1, condition: float = 10.0) -> Objective:
    """Make a bowl that is seen through noise: no two looks at a point give the same value.

    f = ½(x² + κy²) + ε, ε normal with standard deviation σ

    Minima, minimum and gradient are those of its mean.

    Parameters
    ----------
    rng
        Where the noise comes from: a generator, which every evaluation moves on, or a seed for one of its own.
    noise
        σ ≥ 0, in the units of f.
    condition
        κ ≥ 1, as in `bowl`.

    Raises
    ------
    ValueError
        If `noise` is negative or not finite, or `condition` is no condition number.

    Examples
    --------
    >>> f = noisy(rng=1)
    >>> f(np.zeros(2)).round(4), f(np.zeros(2)).round(4)
    (np.float64(0.0346), np.float64(0.0822))
    """
    if not 0.0 <= noise < np.inf:
        raise ValueError(f"noise must be at least 0 and finite, got {noise}")
    mean = bowl(condition)
    chance = np.random.default_rng(rng)

    def function(x: Points) -> Any:
        return mean(x) + noise * chance.standard_normal(x.shape[1:])

    return Objective(
        name="Noisy bowl",
        function=function,
        gradient=mean.gradient,
        domain=mean.domain,
        start=mean.start,
        minima=mean.minima,
        minimum=mean.minimum,
        curvature=mean.curvature,
        hessian=mean.hessian,
    )
