"""Polynomials of the plane, with several valleys, flats and saddles.

Formulas, domains and minima as in Jamil & Yang, "A literature survey of benchmark functions for global optimisation
problems", International Journal of Mathematical Modelling and Numerical Optimisation 4 (2013).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Points
from fallline.objectives.hessians import symmetric
from fallline.objectives.objective import Objective


def _himmelblau(x: Points) -> Any:
    a = x[0] * x[0] + x[1] - 11.0
    b = x[0] + x[1] * x[1] - 7.0
    return a * a + b * b


def _himmelblau_gradient(x: Points) -> Points:
    a = x[0] * x[0] + x[1] - 11.0
    b = x[0] + x[1] * x[1] - 7.0
    return np.stack([4.0 * x[0] * a + 2.0 * b, 2.0 * a + 4.0 * x[1] * b])


def _himmelblau_hessian(x: Points) -> NDArray[Any]:
    xx = 12.0 * (x[0] * x[0]) + 4.0 * x[1] - 42.0
    yy = 12.0 * (x[1] * x[1]) + 4.0 * x[0] - 26.0
    return symmetric(xx, 4.0 * (x[0] + x[1]), yy)


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
    hessian=_himmelblau_hessian,
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


def _three_hump_camel(x: Points) -> Any:
    s = x[0] * x[0]
    return s * (2.0 - s * (1.05 - s / 6.0)) + x[0] * x[1] + x[1] * x[1]


def _three_hump_camel_gradient(x: Points) -> Points:
    s = x[0] * x[0]
    return np.stack([x[0] * (4.0 - s * (4.2 - s)) + x[1], x[0] + 2.0 * x[1]])


def _three_hump_camel_hessian(x: Points) -> NDArray[Any]:
    s = x[0] * x[0]
    return symmetric(4.0 - s * (12.6 - 5.0 * s), 1.0, 2.0)


three_hump_camel = Objective(
    name="Three-hump camel",
    function=_three_hump_camel,
    gradient=_three_hump_camel_gradient,
    domain=((-5.0, 5.0), (-5.0, 5.0)),
    start=(-2.4, 3.0),
    minima=((0.0, 0.0),),
    minimum=0.0,
    hessian=_three_hump_camel_hessian,
)


def _six_hump_camel(x: Points) -> Any:
    s, t = x[0] * x[0], x[1] * x[1]
    return s * (4.0 - s * (2.1 - s / 3.0)) + x[0] * x[1] - 4.0 * t * (1.0 - t)


def _six_hump_camel_gradient(x: Points) -> Points:
    s, t = x[0] * x[0], x[1] * x[1]
    return np.stack([x[0] * (8.0 - s * (8.4 - 2.0 * s)) + x[1], x[0] - x[1] * (8.0 - 16.0 * t)])


def _six_hump_camel_hessian(x: Points) -> NDArray[Any]:
    s, t = x[0] * x[0], x[1] * x[1]
    return symmetric(8.0 - s * (25.2 - 10.0 * s), 1.0, 48.0 * t - 8.0)


six_hump_camel = Objective(
    name="Six-hump camel",
    function=_six_hump_camel,
    gradient=_six_hump_camel_gradient,
    domain=((-2.0, 2.0), (-1.1, 1.1)),
    start=(-1.9, 0.4),
    minima=(
        (0.08984201310031806, -0.7126564030207396),
        (-0.08984201310031806, 0.7126564030207396),
    ),
    minimum=-1.0316284534898774,
    hessian=_six_hump_camel_hessian,
)


def _goldstein_price_factors(x: Points) -> tuple[Any, Any, Any, Any]:
    """Return the squares' roots s, t of the two factors 1 + s²p and 30 + t²q, and p, q."""
    a, b = x[0], x[1]
    p = 19.0 - 14.0 * a + 3.0 * (a * a) - 14.0 * b + 6.0 * (a * b) + 3.0 * (b * b)
    q = 18.0 - 32.0 * a + 12.0 * (a * a) + 48.0 * b - 36.0 * (a * b) + 27.0 * (b * b)
    return a + b + 1.0, 2.0 * a - 3.0 * b, p, q


def _goldstein_price(x: Points) -> Any:
    s, t, p, q = _goldstein_price_factors(x)
    return (1.0 + s * s * p) * (30.0 + t * t * q)


def _goldstein_price_gradient(x: Points) -> Points:
    s, t, p, q = _goldstein_price_factors(x)
    a, b = x[0], x[1]
    first, second = 1.0 + s * s * p, 30.0 + t * t * q
    first_slope = s * (2.0 * p + s * (6.0 * (a + b) - 14.0))
    along_x = t * (4.0 * q + t * (24.0 * a - 36.0 * b - 32.0))
    along_y = t * (t * (54.0 * b - 36.0 * a + 48.0) - 6.0 * q)
    return np.stack([first_slope * second + first * along_x, first_slope * second + first * along_y])


goldstein_price = Objective(
    name="Goldstein–Price",
    function=_goldstein_price,
    gradient=_goldstein_price_gradient,
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-0.5, 0.5),
    minima=((0.0, -1.0),),
    minimum=3.0,
)


def _monkey_saddle(x: Points) -> Any:
    return x[0] * (x[0] * x[0] - 3.0 * (x[1] * x[1]))


def _monkey_saddle_gradient(x: Points) -> Points:
    return np.stack([3.0 * (x[0] * x[0] - x[1] * x[1]), -6.0 * (x[0] * x[1])])


def _monkey_saddle_hessian(x: Points) -> NDArray[Any]:
    return symmetric(6.0 * x[0], -6.0 * x[1], -6.0 * x[0])


# Its Hessian vanishes at the origin: three ways lead down, one for each leg and one for the tail.
monkey_saddle = Objective(
    name="Monkey saddle",
    function=_monkey_saddle,
    gradient=_monkey_saddle_gradient,
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(1.5, 0.001),
    minima=(),
    minimum=-np.inf,
    hessian=_monkey_saddle_hessian,
)
