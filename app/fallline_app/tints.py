"""What a picture says of classes in one byte a place: which class, and how sure."""

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
