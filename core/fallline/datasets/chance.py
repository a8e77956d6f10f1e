"""The arguments that every made-up dataset takes, checked at the edge."""

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Chance: TypeAlias = "np.random.Generator | int"
"""A generator, or a seed for one: the same seed gives the same data, up to rounding on another platform."""

Data: TypeAlias = tuple[NDArray[np.float64], NDArray[np.int64]]
"""Points of shape (n, 2) and their classes, shape (n,), counted from 0."""


def generator(rng: Chance) -> "np.random.Generator":
    """Take a source of chance.

    Parameters
    ----------
    rng
        A generator, which is used as it stands, or a seed.

    Raises
    ------
    TypeError
        If it is None, which would make data that nobody can make again.

    Examples
    --------
    >>> generator(1).random() == generator(1).random()
    True
    """
    if rng is None:
        raise TypeError("rng must be a generator or a seed, got None; the same seed gives the same data")
    return np.random.default_rng(rng)


def check_data(n: int, noise: float, least: int) -> None:
    """Refuse a count or a noise that makes no data.

    Parameters
    ----------
    n
        How many points are asked for.
    noise
        Their standard deviation.
    least
        How many points there must be.

    Raises
    ------
    TypeError
        If `n` is no whole number.
    ValueError
        If `n` is below `least`, or `noise` is negative or not finite.

    Examples
    --------
    >>> check_data(1, 0.1, least=2)
    Traceback (most recent call last):
        ...
    ValueError: n must be at least 2, one point for each class, got 1
    """
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)):
        raise TypeError(f"n must be a whole number of points, got {n!r}")
    if n < least:
        raise ValueError(f"n must be at least {least}, one point for each class, got {n}")
    if not (math.isfinite(noise) and noise >= 0.0):
        raise ValueError(f"noise must be at least 0 and finite, got {noise}")


def classes_in_turn(n: int, classes: int) -> NDArray[np.int64]:
    """Deal `n` points to classes in turn, so that every beginning of the data is balanced too.

    Parameters
    ----------
    n
        How many points.
    classes
        How many classes; their counts differ by at most one.

    Examples
    --------
    >>> classes_in_turn(5, 2)
    array([0, 1, 0, 1, 0])
    """
    return np.arange(n, dtype=np.int64) % classes
