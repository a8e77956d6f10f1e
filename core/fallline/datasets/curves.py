"""Numbers to be predicted from a number: a wave and a line, seen through noise."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fallline.datasets.chance import Chance, check_data, generator

Samples: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Where a function was looked at, shape (n, inputs), and what was seen there, shape (n,)."""


def sine(n: int = 200, noise: float = 0.1, rng: Chance = 0) -> Samples:
    """Look at one period of a sine through noise.

    y = sin x + ε, x even in [−π, π], ε normal

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
        X, shape (n, 1); y, shape (n,).

    Raises
    ------
    TypeError, ValueError
        If the count, the noise or the source of chance makes no data.

    Examples
    --------
    >>> X, y = sine(50, noise=0.0, rng=1)
    >>> bool(np.all(y == np.sin(X[:, 0])))
    True
    """
    check_data(n, noise, least=1)
    chance = generator(rng)
    x = np.pi * (2.0 * chance.random(n) - 1.0)
    return x[:, None], np.sin(x) + noise * chance.standard_normal(n)


def noisy_line(
    n: int = 200, noise: float = 0.3, rng: Chance = 0, slope: float = 2.0, intercept: float = 1.0
) -> Samples:
    """Look at a straight line through noise.

    y = ax + b + ε, x even in [−1, 1], ε normal

    Parameters
    ----------
    n
        How many points.
    noise
        The standard deviation of ε.
    rng
        A generator, or a seed.
    slope, intercept
        a and b.

    Returns
    -------
    tuple
        X, shape (n, 1); y, shape (n,).

    Raises
    ------
    TypeError, ValueError
        If the count, the noise or the source of chance makes no data.

    Examples
    --------
    >>> X, y = noisy_line(50, noise=0.0, rng=1)
    >>> np.polyfit(X[:, 0], y, deg=1).round(9)
    array([2., 1.])
    """
    check_data(n, noise, least=1)
    chance = generator(rng)
    x = 2.0 * chance.random(n) - 1.0
    return x[:, None], slope * x + intercept + noise * chance.standard_normal(n)
