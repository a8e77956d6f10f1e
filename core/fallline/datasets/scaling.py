"""Columns of one scale, and data held back for a test: what every data set needs before a network sees it."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.arrays import Vector, as_reals
from fallline.datasets.chance import Chance, generator

Split: TypeAlias = tuple[NDArray[np.float64], NDArray[Any], NDArray[np.float64], NDArray[Any]]
"""X and y to train on, then X and y to test on."""


@dataclass(frozen=True)
class Scaling:
    """Where each column's middle was and how far it spread: (x − mean) / spread.

    Parameters
    ----------
    mean
        Of each column, shape (k,), in the column's unit.
    spread
        The standard deviation of each column, shape (k,); 1 where the column is constant.

    Examples
    --------
    >>> scaling = Scaling(np.array([1.0]), np.array([2.0]))
    >>> scaling([[5.0]]), scaling.undo([[2.0]])
    (array([[2.]]), array([[5.]]))
    """

    mean: Vector
    spread: Vector

    def __call__(self, X: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
        """Scale rows of shape (…, k), such as those of a test, as the data was scaled that this was made from."""
        return (as_reals(X, "X") - self.mean) / self.spread

    def undo(self, Z: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
        """Give scaled rows of shape (…, k) their units back."""
        return as_reals(Z, "Z") * self.spread + self.mean


def standardise(X: ArrayLike) -> tuple[NDArray[np.float64], Scaling]:  # noqa: N803
    """Shift and scale each column to mean 0 and standard deviation 1.

    A column whose spread is rounding alone counts as constant and becomes 0.

    Parameters
    ----------
    X
        The data, shape (n, k).

    Returns
    -------
    tuple
        The scaled data, shape (n, k), and the `Scaling` that did it, for data still to come.

    Raises
    ------
    TypeError
        If `X` is not real.
    ValueError
        If `X` has not two dimensions, or holds NaN or infinity.

    Examples
    --------
    >>> Z, scaling = standardise([[1.0, 7.0], [3.0, 7.0]])
    >>> Z
    array([[-1.,  0.],
           [ 1.,  0.]])
    >>> scaling([[2.0, 7.0]])
    array([[0., 0.]])
    """
    data = as_reals(X, "X")
    if data.ndim != 2:
        raise ValueError(f"X must have shape (n, k), got {data.shape}; one column is X[:, None]")
    if not np.isfinite(data).all():
        row, column = np.argwhere(~np.isfinite(data))[0]
        raise ValueError(f"X must be finite, got {data[row, column]} in row {row}, column {column}")
    # In units of a power of two near the column's largest number, in which nothing overflows.
    largest = np.abs(data).max(axis=0)
    unit = np.ldexp(1.0, np.frexp(largest)[1] - 1)
    parts = data / unit
    mean, spread = parts.mean(axis=0), parts.std(axis=0)
    # What is left of a constant column is rounding, at most a few of its last digits.
    constant = (spread <= 4.0 * np.finfo(np.float64).eps) | (spread * unit == 0.0)
    scaled = np.where(constant, 0.0, (parts - mean) / np.where(constant, 1.0, spread))
    return scaled, Scaling(np.where(constant, data[0], mean * unit), np.where(constant, 1.0, spread * unit))


def split(X: ArrayLike, y: ArrayLike, test: float = 0.2, rng: Chance = 0) -> Split:  # noqa: N803
    """Shuffle the rows and hold some back for a test, the same part of every class.

    Parameters
    ----------
    X
        The data, shape (n, k).
    y
        Classes, whole numbers of shape (n,), of which each gives its part; or real numbers, of which all do.
    test
        The part held back, between 0 and 1; of each class it is rounded to whole rows.
    rng
        A generator, or a seed.

    Returns
    -------
    tuple
        X and y to train on, X and y to test on.

    Raises
    ------
    ValueError
        If there is not one `y` for each row, or a side would be empty.

    Examples
    --------
    >>> X, y, X_test, y_test = split(np.arange(20.0).reshape(10, 2), [0, 1] * 5, test=0.4)
    >>> np.bincount(y), np.bincount(y_test)
    (array([3, 3]), array([2, 2]))
    """
    rows, labels = as_reals(X, "X"), np.asarray(y)
    if labels.shape != rows.shape[:1]:
        raise ValueError(f"y must have shape {rows.shape[:1]}, one for each row, got {labels.shape}")
    if not 0.0 < test < 1.0:
        raise ValueError(f"test must be a part between 0 and 1, got {test}")
    # Sorting draws gives the same order on every platform; a permutation's integers need not.
    order = np.argsort(generator(rng).random(len(rows)), kind="stable")
    groups = labels[order] if labels.dtype.kind in "iu" else np.zeros(len(rows), np.int64)
    held = np.zeros(len(rows), bool)
    for group in np.unique(groups):
        members = np.flatnonzero(groups == group)
        held[members[: round(test * len(members))]] = True
    if held.all() or not held.any():
        raise ValueError(f"test={test} leaves one side without rows; there are {len(rows)}")
    train, tested = order[~held], order[held]
    return rows[train], labels[train], rows[tested], labels[tested]
