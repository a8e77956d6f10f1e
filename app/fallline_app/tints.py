"""What a picture says in one byte a place: which class, and how sure; or a number, below 0 as the first class and above as the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The tints of a class, from hardly any colour to much, and the classes: the page has as many (`site/static/theme.js`).
SHADES, CLASSES = 32, 8


def tinted(shares: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return class · SHADES + shade of shares of classes, shape (n, classes): of the largest, and by how much it leads."""
    even = 1.0 / shares.shape[1]
    sure = np.nan_to_num((shares.max(axis=1) - even) / (1.0 - even))
    return np.asarray(shares.argmax(axis=1) * SHADES + np.rint(sure * (SHADES - 1)), dtype=np.uint8)


def signed(values: NDArray[np.float64], reach: float) -> NDArray[np.uint8]:
    """Return numbers as the tints of two classes: of the first below 0, the deeper the farther, and at `reach` the deepest."""
    far = np.minimum(1.0, np.abs(np.nan_to_num(values)) / reach)
    return np.asarray((values > 0.0) * SHADES + np.rint(far * (SHADES - 1)), dtype=np.uint8)
