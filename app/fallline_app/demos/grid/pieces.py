"""Pieces of Python that show what np.gradient returns, and what it takes without a word."""

from __future__ import annotations

from typing import NamedTuple


class Piece(NamedTuple):
    """A piece of Python, what it is, and what its output shows."""

    title: str
    code: str
    note: str


RETURNED = (
    Piece(
        "One axis: an array",
        """
import numpy as np

x = np.linspace(0, 2, 5)
samples = x**2
slope = np.gradient(samples, x)
print(type(slope).__name__, slope.shape)
print("np.gradient:", slope)
print("true slope: ", 2 * x)
""",
        "One array, as long as the samples. Inside, the central difference of x² is exact; at the two edges it is one-sided.",
    ),
    Piece(
        "Two axes: a tuple of two arrays",
        """
import numpy as np

x = np.linspace(0, 3, 4)
y = np.linspace(-1, 1, 3)
samples = x[None, :] + 10 * y[:, None]
slopes = np.gradient(samples, y, x)
print(type(slopes).__name__, "of", len(slopes))
for name, slope in zip("yx", slopes):
    print(f"{name}:", slope.shape, slope[0])
""",
        "An array for each axis, each of the samples' shape, in the order of the axes: where rows are y, its slope comes first.",
    ),
    Piece(
        "Three axes: a tuple of three",
        """
import numpy as np

axes = [np.arange(4), np.arange(5), np.arange(6)]
x, y, z = np.meshgrid(*axes, indexing="ij")
slopes = np.gradient(x + 2 * y + 3 * z, *axes)
print(type(slopes).__name__, "of", len(slopes))
for name, slope in zip("xyz", slopes):
    print(f"{name}:", slope.shape, slope.mean())
""",
        "d axes give d arrays, each as large as the samples: memory grows with the number of samples to the power of d, times d.",
    ),
)

PITFALLS = (
    Piece(
        "One number has no slope",
        """
import numpy as np

print(np.gradient(4.0))
""",
        "A number has no axis along which to differ, so the tuple of slopes is empty: no error, and nothing to descend with.",
    ),
    Piece(
        "One sample is too few",
        """
import numpy as np

np.gradient([4.0])
""",
        "A difference needs two samples along each axis, and three where edge_order is 2.",
    ),
    Piece(
        "Unsorted coordinates are taken without a word",
        """
import numpy as np

x = np.array([0.0, 2.0, 1.0, 3.0])
print("np.gradient:", np.gradient(x**2, x))
print("true slope: ", 2 * x)
""",
        "Neighbours in the array are taken for neighbours on the axis, so the numbers mean nothing: sort both first, or let "
        "fallline.grids.Grid refuse them.",
    ),
    Piece(
        "A coordinate that comes twice gives NaN",
        """
import numpy as np

x = np.array([0.0, 1.0, 1.0, 2.0])
with np.errstate(all="ignore"):
    print(np.gradient(x**2, x))
""",
        "Two samples at one place are 0 apart, and 0/0 is no number: np.unique leaves one of them.",
    ),
    Piece(
        "NaN spreads to its neighbours",
        """
import numpy as np

samples = np.array([0.0, 1.0, np.nan, 9.0, 16.0])
print(np.gradient(samples))
""",
        "Each slope is made of the samples beside it, so a sample that is missing takes its neighbours' slopes, and not its own.",
    ),
)
