"""The arrays that every other module speaks of, and the checks at the public edge."""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector: TypeAlias = NDArray[np.float64]
"""One point or one slope, shape (n,)."""

Points: TypeAlias = NDArray[np.float64]
"""One point of shape (n,), or a batch of m points as columns, shape (n, m)."""

Function: TypeAlias = Callable[[Points], Any]
"""Anything that turns a point into a number; a vectorized one turns (n, m) into (m,)."""


def as_reals(x: ArrayLike, name: str = "x") -> NDArray[np.float64]:
    """Take real numbers of any shape as float64.

    Parameters
    ----------
    x
        Numbers, of any shape.
    name
        What the error calls them.

    Raises
    ------
    TypeError
        If `x` holds anything but integers or floats.
    ValueError
        If `x` is ragged, or empty.

    Examples
    --------
    >>> as_reals([1, 2])
    array([1., 2.])
    """
    try:
        array = np.asarray(x)
    except ValueError as error:
        raise ValueError(
            f"{name} must have rows of one length, got {x!r}; rows of several lengths can be a list of arrays"
        ) from error
    if array.dtype.kind not in "iuf":
        got = repr(x) if array.ndim == 0 else array.dtype
        raise TypeError(f"{name} must hold real numbers, got {got}; {_cure(array, name)}")
    if array.size == 0:
        raise ValueError(f"{name} must hold at least one number, got shape {array.shape}")
    return array.astype(np.float64, copy=False)


def _cure(array: NDArray[Any], name: str) -> str:
    if array.dtype.kind == "c":
        return f"use {name}.real"
    if array.ndim == 0:
        return "give numbers, such as [1.0, 2.0]"
    return f"convert them with np.asarray({name}, float)"


def as_vector(x: ArrayLike, name: str = "x") -> Vector:
    """Take real numbers as one point of shape (n,).

    Parameters
    ----------
    x
        Numbers, shape (n,).
    name
        What the error calls them.

    Raises
    ------
    TypeError
        If `x` holds anything but integers or floats.
    ValueError
        If `x` is not a vector, or empty.

    Examples
    --------
    >>> as_vector((3, 4))
    array([3., 4.])
    """
    array = as_reals(x, name)
    if array.ndim != 1:
        raise ValueError(f"{name} must be a vector, got shape {array.shape}; use np.ravel({name})")
    return array


def as_number(value: Any) -> float:
    """Take what a function returned for one point as a float.

    Parameters
    ----------
    value
        One real number; an array that holds just one will do.

    Raises
    ------
    TypeError
        If it is not one real number.

    Examples
    --------
    >>> as_number(np.float32(0.5))
    0.5
    """
    if isinstance(value, float):
        return float(value)
    if value is None:
        raise TypeError("f must return one real number, got None; does it end with return?")
    array = np.asarray(value)
    if array.size != 1 or array.dtype.kind not in "iuf":
        advice = "; use jacobian for a function of several values" if array.size > 1 else ""
        raise TypeError(f"f must return one real number, got {array.dtype} of shape {array.shape}{advice}")
    return float(array.item())


def as_numbers(values: Any, count: int) -> Vector:
    """Take what a vectorized function returned for a batch of points.

    Parameters
    ----------
    values
        Real numbers, shape (count,).
    count
        How many points there were.

    Raises
    ------
    TypeError
        If they are not real numbers.
    ValueError
        If there is not one number for each point.

    Examples
    --------
    >>> as_numbers([1, 2], 2)
    array([1., 2.])
    """
    array = np.asarray(values)
    if array.shape != (count,):
        raise ValueError(
            f"a vectorized f must return shape ({count},) for {count} points, got {array.shape}; "
            "leave vectorized=False if f takes one point at a time"
        )
    if array.dtype.kind not in "iuf":
        raise TypeError(f"f must return real numbers, got {array.dtype}")
    return array.astype(np.float64, copy=False)


def check_function(f: Any) -> None:
    """Refuse what cannot be called, as where the function and the point were taken for each other.

    Parameters
    ----------
    f
        What should be a function.

    Raises
    ------
    TypeError
        If it is none.

    Examples
    --------
    >>> check_function([1.0, 2.0])
    Traceback (most recent call last):
        ...
    TypeError: f must be a function, got [1.0, 2.0]; the function comes first, then the point
    """
    if not callable(f):
        raise TypeError(f"f must be a function, got {f!r}; the function comes first, then the point")


def check_generator(rng: Any) -> None:
    """Refuse what draws no random numbers, such as a seed.

    Parameters
    ----------
    rng
        What should be a generator.

    Raises
    ------
    TypeError
        If it is none.

    Examples
    --------
    >>> check_generator(7)
    Traceback (most recent call last):
        ...
    TypeError: rng must be a NumPy generator, got 7; np.random.default_rng(seed) makes one
    """
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a NumPy generator, got {rng!r}; np.random.default_rng(seed) makes one")
