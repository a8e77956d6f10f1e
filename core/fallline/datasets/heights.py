"""Numbers to be predicted from a place in the plane: a tilted plane, and bumps and hollows, seen through noise."""

import numpy as np

from fallline.datasets.chance import Chance, check_data, generator
from fallline.datasets.curves import Samples

# Where the bumps stand, and whether each rises or falls; their width, as a standard deviation.
_MIDDLES = [(x, y) for y in (-0.5, 0.5) for x in (-0.7, 0.0, 0.7)]
_SIGNS = [-1.0, 1.0, -1.0, 1.0, -1.0, 1.0]
_WIDTH = 0.2


def tilted_plane(n: int = 200, noise: float = 0.05, rng: Chance = 0) -> Samples:
    """Look at a plane through noise: the least that a network without hidden layers learns.

    z = (x + y)/2 + ε, x and y even in [−1, 1], ε normal

    Parameters
    ----------
    n
        How many points.
    noise
        The standard deviation of ε.
    rng
        A generator, or a seed.

    Returns
    -------
    tuple
        X, shape (n, 2); z, shape (n,).

    Raises
    ------
    TypeError, ValueError
        If the count, the noise or the source of chance makes no data.

    Examples
    --------
    >>> X, z = tilted_plane(50, noise=0.0, rng=1)
    >>> bool(np.all(z == X.mean(axis=1)))
    True
    """
    check_data(n, noise, least=1)
    chance = generator(rng)
    points = 2.0 * chance.random((n, 2)) - 1.0
    return points, points.mean(axis=1) + noise * chance.standard_normal(n)


def bumps(n: int = 200, noise: float = 0.05, rng: Chance = 0) -> Samples:
    """Look at three bumps and three hollows, in turn like the fields of a checkerboard, through noise.

    z = Σᵢ ±exp(−‖x − mᵢ‖²/2s²) + ε, x even in [−1, 1]², ε normal; s is 0.2

    Parameters
    ----------
    n
        How many points.
    noise
        The standard deviation of ε.
    rng
        A generator, or a seed.

    Returns
    -------
    tuple
        X, shape (n, 2); z, shape (n,).

    Raises
    ------
    TypeError, ValueError
        If the count, the noise or the source of chance makes no data.

    Examples
    --------
    >>> X, z = bumps(500, noise=0.0, rng=1)
    >>> bool(0.9 < z.max() < 1.0), bool(-1.0 < z.min() < -0.9)
    (True, True)
    """
    check_data(n, noise, least=1)
    chance = generator(rng)
    points = 2.0 * chance.random((n, 2)) - 1.0
    away = ((points[:, None] - np.array(_MIDDLES)) ** 2).sum(axis=2)
    heights = np.exp(-away / (2.0 * _WIDTH**2)) @ np.array(_SIGNS)
    return points, heights + noise * chance.standard_normal(n)
