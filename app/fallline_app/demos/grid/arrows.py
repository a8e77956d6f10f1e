"""Arrows downhill at the samples, all of one length, as the strokes that draw them."""

from __future__ import annotations

from math import cos, sin
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline.grids import Grid

    Numbers = NDArray[np.float64]

# At most so many along each axis; how long in spacings, and in sides of the map at most; what of that a barb takes, and its
# angle in radians.
MOST = 17
LENGTH, LONGEST = 0.6, 0.07
BARB, ANGLE = 0.26, 2.6


def strokes(grid: Grid, slope: Numbers, barbs: bool) -> dict[str, NDArray[np.float32]]:
    """Return where each stroke begins and ends, for slopes of shape (2, x, y); none where there is no direction.

    Directions are those on a square map, whose sides need not be as long in x as in y.
    """
    every = -(-max(grid.shape) // MOST)
    points = np.stack(np.meshgrid(*(axis[::every] for axis in grid.axes), indexing="ij")).reshape(2, -1)
    slopes = slope[:, ::every, ::every].reshape(2, -1)
    sides = np.array([[axis[-1] - axis[0]] for axis in grid.axes])
    with np.errstate(all="ignore"):
        # On the map, a side long: a slope per side, and downhill.
        down = -slopes * sides
        size = np.sqrt(down[0] * down[0] + down[1] * down[1])
        shaft = min(LENGTH * every / (max(grid.shape) - 1), LONGEST) * down / size
    points, shaft = (part[:, np.isfinite(shaft).all(axis=0)] for part in (points, shaft))
    tips = points + sides * shaft
    drawn = [(points, tips)]
    for angle in (ANGLE, -ANGLE) if barbs else ():
        turned = np.stack(
            [cos(angle) * shaft[0] - sin(angle) * shaft[1], sin(angle) * shaft[0] + cos(angle) * shaft[1]]
        )
        drawn.append((tips, tips + sides * BARB * turned))
    starts, ends = (np.concatenate(parts, axis=1).astype(np.float32) for parts in zip(*drawn, strict=True))
    return {"x0": starts[0], "y0": starts[1], "x1": ends[0], "y1": ends[1]}
