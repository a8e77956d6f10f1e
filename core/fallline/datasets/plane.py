"""Classes in the plane, from those that a line parts to those that none does.

Each takes a count, the standard deviation of the noise on its points and a source of chance, and returns X, y. Noise
moves points after they got their classes. Classes come in turn, so their counts differ by at most one.
"""

import numpy as np
from numpy.typing import NDArray

from fallline.datasets.chance import Chance, Data, check_data, classes_in_turn, generator


def moons(n: int = 200, noise: float = 0.1, rng: Chance = 0) -> Data:
    """Make two half circles of radius 1 that reach into each other.

    Parameters
    ----------
    n
        How many points.
    noise
        The standard deviation of each coordinate.
    rng
        A generator, or a seed.

    Returns
    -------
    tuple
        X, shape (n, 2); y, shape (n,), 0 for the upper moon and 1 for the lower.

    Raises
    ------
    TypeError, ValueError
        If the count, the noise or the source of chance makes no data.

    Examples
    --------
    >>> X, y = moons(100, noise=0.1, rng=1)
    >>> X.shape, np.bincount(y)
    ((100, 2), array([50, 50]))
    """
    check_data(n, noise, least=2)
    chance, y = generator(rng), classes_in_turn(n, 2)
    turn = np.pi * chance.random(n)
    upper = np.stack([np.cos(turn), np.sin(turn)])
    lower = np.stack([1.0 - np.cos(turn), 0.5 - np.sin(turn)])
    return _seen(np.where(y == 0, upper, lower), noise, chance), y


def circles(n: int = 200, noise: float = 0.1, rng: Chance = 0, inner: float = 0.5) -> Data:
    """Make a circle of radius 1 and one inside it.

    Parameters
    ----------
    n
        How many points.
    noise
        The standard deviation of each coordinate.
    rng
        A generator, or a seed.
    inner
        The radius of the circle inside, between 0 and 1.

    Returns
    -------
    tuple
        X, shape (n, 2); y, shape (n,), 0 outside and 1 inside.

    Raises
    ------
    TypeError, ValueError
        If the count, the noise, the radius or the source of chance makes no data.

    Examples
    --------
    >>> X, y = circles(100, noise=0.0, rng=1)
    >>> np.hypot(*X[y == 1].T).round(9).max()
    np.float64(0.5)
    """
    check_data(n, noise, least=2)
    if not 0.0 < inner < 1.0:
        raise ValueError(f"inner must be a radius between 0 and 1, got {inner}")
    chance, y = generator(rng), classes_in_turn(n, 2)
    turn = 2.0 * np.pi * chance.random(n)
    radius = np.where(y == 0, 1.0, inner)
    return _seen(radius * np.stack([np.cos(turn), np.sin(turn)]), noise, chance), y


def spirals(n: int = 200, noise: float = 0.02, rng: Chance = 0, arms: int = 2, turns: float = 1.5) -> Data:
    """Make arms that wind around each other from near the origin to radius 1.

    Parameters
    ----------
    n
        How many points.
    noise
        The standard deviation of each coordinate.
    rng
        A generator, or a seed.
    arms
        How many arms, each a class.
    turns
        How often each winds around the origin.

    Returns
    -------
    tuple
        X, shape (n, 2); y, shape (n,), the arm of each point.

    Raises
    ------
    TypeError, ValueError
        If the count, the noise, the arms or the source of chance make no data.

    Examples
    --------
    >>> X, y = spirals(90, rng=1, arms=3)
    >>> np.bincount(y)
    array([30, 30, 30])
    """
    _check_classes(arms, "arms")
    check_data(n, noise, least=arms)
    chance, y = generator(rng), classes_in_turn(n, arms)
    # Square roots of even chances, so that the points are as dense outside as inside.
    radius = 0.05 + 0.95 * np.sqrt(chance.random(n))
    turn = 2.0 * np.pi * (turns * radius + y / arms)
    return _seen(radius * np.stack([np.cos(turn), np.sin(turn)]), noise, chance), y


def gaussians(n: int = 200, noise: float = 0.3, rng: Chance = 0, classes: int = 2) -> Data:
    """Make round clouds whose middles stand on a circle of radius 1: a straight line parts two of them.

    Parameters
    ----------
    n
        How many points.
    noise
        The standard deviation of each cloud, along each coordinate.
    rng
        A generator, or a seed.
    classes
        How many clouds, each a class.

    Returns
    -------
    tuple
        X, shape (n, 2); y, shape (n,), the cloud of each point.

    Raises
    ------
    TypeError, ValueError
        If the count, the noise, the classes or the source of chance make no data.

    Examples
    --------
    >>> X, y = gaussians(3, noise=0.0, rng=1, classes=2)
    >>> X.round(9) + 0.0
    array([[ 1.,  0.],
           [-1.,  0.],
           [ 1.,  0.]])
    """
    _check_classes(classes, "classes")
    check_data(n, noise, least=classes)
    chance, y = generator(rng), classes_in_turn(n, classes)
    turn = 2.0 * np.pi * y / classes
    return _seen(np.stack([np.cos(turn), np.sin(turn)]), noise, chance), y


def checkerboard(n: int = 200, noise: float = 0.0, rng: Chance = 0, cells: int = 4) -> Data:
    """Make the fields of a checkerboard on [−1, 1]², black and white in turn.

    Parameters
    ----------
    n
        How many points.
    noise
        The standard deviation of each coordinate.
    rng
        A generator, or a seed.
    cells
        How many fields along each side, at least 2.

    Returns
    -------
    tuple
        X, shape (n, 2); y, shape (n,), 0 for the colour of the lower left field and 1 for the other.

    Raises
    ------
    TypeError, ValueError
        If the count, the noise, the fields or the source of chance make no data.

    Examples
    --------
    >>> X, y = checkerboard(100, rng=1)
    >>> bool(np.all(np.floor(2 * X + 2).sum(axis=1) % 2 == y))
    True
    """
    _check_classes(cells, "cells")
    check_data(n, noise, least=2)
    chance, y = generator(rng), classes_in_turn(n, 2)
    fields = np.indices((cells, cells)).reshape(2, -1)
    colour = fields.sum(axis=0) % 2
    evens, odds = fields[:, colour == 0], fields[:, colour == 1]
    pick = chance.random(n)
    field = np.where(y == 0, _picked(evens, pick), _picked(odds, pick))
    return _seen(2.0 * (field + chance.random((2, n))) / cells - 1.0, noise, chance), y


def xor(n: int = 200, noise: float = 0.0, rng: Chance = 0) -> Data:
    """Make the four quadrants of [−1, 1]², opposite ones of one class: the least that no line parts.

    Parameters
    ----------
    n
        How many points.
    noise
        The standard deviation of each coordinate.
    rng
        A generator, or a seed.

    Returns
    -------
    tuple
        X, shape (n, 2); y, shape (n,), 0 where the signs of x and y are the same, else 1.

    Raises
    ------
    TypeError, ValueError
        If the count, the noise or the source of chance makes no data.

    Examples
    --------
    >>> X, y = xor(100, rng=1)
    >>> bool(np.all((X.prod(axis=1) < 0) == y))
    True
    """
    return checkerboard(n, noise, rng, cells=2)


def _picked(fields: NDArray[np.intp], pick: NDArray[np.float64]) -> NDArray[np.intp]:
    return fields[:, (pick * fields.shape[1]).astype(np.intp)]


def _seen(points: NDArray[np.float64], noise: float, chance: "np.random.Generator") -> NDArray[np.float64]:
    """Lay points of shape (2, n) out as rows, with noise."""
    noisy = points.T + noise * chance.standard_normal(points.T.shape)
    return np.ascontiguousarray(noisy)


def _check_classes(count: object, name: str) -> None:
    if not isinstance(count, (int, np.integer)) or count < 2:
        raise ValueError(f"{name} must be a whole number of at least 2, got {count!r}")
