"""The memory that a gradient of samples takes while the dimensions grow: measured where it is little, and predicted."""

from __future__ import annotations

import tracemalloc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from fallline.grids import Grid, field_memory, gradient_field, numpy_memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

DIMENSIONS = tuple(range(1, 9))
# Measured up to so many bytes: a page's Python keeps what it once had.
MOST = 1_600_000
# Measured so often, of which the least counts: what is made once and kept, and what Python happens to have at hand of its own
# small objects, is not of the work.
TIMES = 2
# Of all that a page's Python can ever address: 32 bits.
ROOM = 2.0**32


@dataclass(frozen=True)
class Memory:
    """Bytes at the peak, by the number of dimensions: samples, np.gradient and gradient_field; NaN where not measured."""

    samples: Numbers
    numpy: Numbers
    field: Numbers
    measured_numpy: Numbers
    measured_field: Numbers

    @property
    def measured(self) -> int:
        """In how many dimensions it was measured."""
        return int(np.isfinite(self.measured_numpy).sum())

    @property
    def first_too_large(self) -> int | None:
        """The first number of dimensions whose gradient has no room in a page, if there is one here."""
        too_large = np.flatnonzero(self.numpy + self.samples > ROOM)
        return DIMENSIONS[too_large[0]] if too_large.size else None


def measure_memory(samples: int, even: bool) -> Memory:
    """Predict what np.gradient and gradient_field take of so many samples along each axis, and measure the smaller."""
    shapes = [(samples,) * dimensions for dimensions in DIMENSIONS]
    # Small arrays are never worked on in place, nor is any in a browser: that is another array.
    predicted = np.array([numpy_memory(shape, even) + _bytes(shape) for shape in shapes])
    field = np.array([float(field_memory(shape)) for shape in shapes])
    small = [index for index in range(len(shapes)) if predicted[index] <= MOST]
    measured = np.full((2, len(shapes)), np.nan)
    for _ in range(TIMES):
        for index in small:
            measured[:, index] = np.fmin(measured[:, index], _measure(shapes[index], even))
    return Memory(np.array([_bytes(shape) for shape in shapes]), predicted, field, *measured)


def _bytes(shape: tuple[int, ...]) -> float:
    return 8.0 * float(np.prod(np.array(shape, dtype=float)))


def _measure(shape: tuple[int, ...], even: bool) -> tuple[float, float]:
    # Whole numbers are equally far apart to the last bit, their squares are not.
    axes = (np.arange(float(count)) ** (1.0 if even else 2.0) for count in shape)
    grid = Grid(tuple(axes))
    values = np.zeros(shape)
    return peak(lambda: np.gradient(values, *grid.axes)), peak(lambda: gradient_field(values, grid))


def peak(work: Callable[[], Any]) -> float:
    """Return how many bytes Python and NumPy have more at the peak of some work than before it."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        work()
        return float(tracemalloc.get_traced_memory()[1] - before)
    finally:
        tracemalloc.stop()
