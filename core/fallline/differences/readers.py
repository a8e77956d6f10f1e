"""What a function returned, as numbers: for one point or a batch of them, one value or many, real or complex."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import as_number, as_numbers

OfPoint: TypeAlias = Callable[[Any], Any]
"""Reads what f returned for one point."""

OfBatch: TypeAlias = Callable[[Any, int], NDArray[Any]]
"""Reads what a vectorized f returned for a number of points: shape (*out, number)."""


class Reader(NamedTuple):
    """How the values of a function are read: one pair of functions for real points, one for complex ones."""

    of_point: OfPoint
    of_batch: OfBatch
    of_complex_point: OfPoint
    of_complex_batch: OfBatch


def _as_complex(value: Any) -> complex:
    array = np.asarray(value)
    if array.size != 1 or array.dtype.kind not in "iufc":
        raise TypeError(
            f"f must return one number, got {array.dtype} of shape {array.shape}; "
            "for a function of several values use jacobian"
        )
    return complex(array.item())


def _as_complex_batch(values: Any, count: int) -> NDArray[Any]:
    array = np.asarray(values)
    if np.iscomplexobj(array):
        return as_numbers(array.real, count) + 1j * as_numbers(array.imag, count)
    return as_numbers(array, count).astype(complex)


def _as_array(value: Any, kinds: str = "iuf", dtype: type = float) -> NDArray[Any]:
    array = np.asarray(value)
    if array.dtype.kind not in kinds:
        raise TypeError(f"f must return real numbers, got {array.dtype}")
    # A copy: a function may write every value into the same array.
    return array.astype(dtype)


def _as_array_batch(values: Any, count: int, kinds: str = "iuf", dtype: type = float) -> NDArray[Any]:
    array = _as_array(values, kinds, dtype)
    if array.shape[-1:] != (count,):
        raise ValueError(
            f"a vectorized f must return shape (..., {count}) for {count} points, got {array.shape}; "
            "leave vectorized=False if f takes one point at a time"
        )
    return array


def _as_complex_array(value: Any) -> NDArray[Any]:
    return _as_array(value, "iufc", complex)


def _as_complex_array_batch(values: Any, count: int) -> NDArray[Any]:
    return _as_array_batch(values, count, "iufc", complex)


NUMBERS = Reader(as_number, as_numbers, _as_complex, _as_complex_batch)
ARRAYS = Reader(_as_array, _as_array_batch, _as_complex_array, _as_complex_array_batch)
