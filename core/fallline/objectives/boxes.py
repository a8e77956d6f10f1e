"""Objectives whose coordinates are made alike, so that one step and one rate suit all of them."""

import numpy as np

from fallline.arrays import Points
from fallline.objectives.objective import Objective


def unit_box(objective: Objective) -> Objective:
    """Measure each coordinate in shares of its range: 0 where the domain begins, 1 where it ends.

    g(u) = f(l + u(h − l)),  ∇g = (h − l)∇f

    A speed in m/s and an angle in degrees have slopes of different size and unit; in shares of their ranges they can be
    compared, shaken by one step and walked along at one rate.

    Parameters
    ----------
    objective
        What is to be measured so.

    Examples
    --------
    >>> from fallline import himmelblau
    >>> himmelblau.domain, unit_box(himmelblau).domain
    (((-6.0, 6.0), (-6.0, 6.0)), ((0.0, 1.0), (0.0, 1.0)))
    >>> unit_box(himmelblau)(np.array([0.75, 0.5])) == himmelblau(np.array([3.0, 0.0]))
    np.True_
    """
    low, high = np.array(objective.domain).T
    side = high - low

    def along(x: Points, values: np.ndarray) -> np.ndarray:
        return values.reshape((-1,) + (1,) * (x.ndim - 1))

    def place(u: Points) -> Points:
        return along(u, low) + along(u, side) * u

    def share(point: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(((np.array(point) - low) / side).tolist())

    return Objective(
        name=objective.name,
        function=lambda u: objective.function(place(u)),
        gradient=lambda u: along(u, side) * objective.gradient(place(u)),
        domain=((0.0, 1.0),) * len(side),
        start=share(objective.start),
        minima=tuple(share(minimum) for minimum in objective.minima),
        minimum=objective.minimum,
    )
