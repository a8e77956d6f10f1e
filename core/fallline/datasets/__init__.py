"""Data to learn from: made up and seeded, measured by people, or brought in a table.

>>> X, y = moons(200, noise=0.1, rng=1)
>>> X.shape, y.shape
((200, 2), (200,))
"""

from fallline.datasets.curves import noisy_line, sine
from fallline.datasets.heights import bumps, tilted_plane
from fallline.datasets.plane import checkerboard, circles, gaussians, moons, spirals, xor
from fallline.datasets.real import IRIS_CLASSES, IRIS_NAMES, digits, iris
from fallline.datasets.scaling import Scaling, split, standardise
from fallline.datasets.tables import Table, read_csv

# One row for each that can be made by name: classes first, then numbers.
CLASSES = (moons, circles, spirals, xor, gaussians, checkerboard, digits, iris)
REGRESSIONS = (sine, noisy_line, tilted_plane, bumps)

__all__ = [
    "CLASSES",
    "IRIS_CLASSES",
    "IRIS_NAMES",
    "REGRESSIONS",
    "Scaling",
    "Table",
    "bumps",
    "checkerboard",
    "circles",
    "digits",
    "gaussians",
    "iris",
    "moons",
    "noisy_line",
    "read_csv",
    "sine",
    "spirals",
    "split",
    "standardise",
    "tilted_plane",
    "xor",
]
