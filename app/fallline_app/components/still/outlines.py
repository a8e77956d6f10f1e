"""Lines and areas as short SVG paths: on a grid of whole numbers, with no more points than can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from contourpy import FillType, contour_generator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

# A plot's frame is this wide and high in the units of its paths.
UNITS = 700
# How far, in units, a simplified line may be from the line.
TOLERANCE = 0.8


def path_data(lines: Iterable[Points]) -> str:
    """Return the `d` of an SVG path through lines of shape (m, 2), given as shares of the frame from its upper left."""
    return "".join(_one(np.rint(simplify(line * UNITS, TOLERANCE)).astype(int)) for line in lines)


def _one(points: NDArray[np.int_]) -> str:
    steps = np.diff(points, axis=0)
    steps = steps[steps.any(axis=1)]
    return f"M{_numbers(points[:1])}l{_numbers(steps)}" if steps.size else ""


def _numbers(pairs: NDArray[np.int_]) -> str:
    """Write numbers as close together as SVG reads them: a minus sign separates as well as a space."""
    return " ".join(str(number) for number in pairs.ravel()).replace(" -", "-")


def simplify(points: Points, tolerance: float) -> Points:
    """Leave out points of a line, shape (m, 2), that are within `tolerance` of what remains (Douglas and Peucker, 1973)."""
    kept = np.zeros(len(points), dtype=bool)
    kept[[0, -1]] = True
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        distances = _distances(points[first : last + 1])
        farthest = int(distances.argmax())
        if distances[farthest] > tolerance:
            kept[first + farthest] = True
            waiting += [(first, first + farthest), (first + farthest, last)]
    return points[kept]


def _distances(points: Points) -> Points:
    """Return how far points are from the segment between their first and their last."""
    from_first, along = points - points[0], points[-1] - points[0]
    square = float(along @ along)
    share = np.clip(from_first @ along / square, 0.0, 1.0) if square else np.zeros(len(points))
    across = from_first - share[:, None] * along
    return np.asarray(np.hypot(across[:, 0], across[:, 1]))


def regions_above(raster: NDArray[np.uint8], level: float) -> list[Points]:
    """Return the outlines of where a raster is above `level`, holes too, as shares of its sides from its upper left."""
    rows, columns = raster.shape
    x, y = np.arange(columns) / (columns - 1), 1.0 - np.arange(rows) / (rows - 1)
    tracer = contour_generator(x, y, raster.astype(float), fill_type=FillType.OuterOffset)
    areas, offsets = cast("tuple[list[Points], list[NDArray[np.uint32]]]", tracer.filled(level, np.inf))
    return [
        ring for area, starts in zip(areas, offsets, strict=True) for ring in np.split(area, starts[1:-1])
    ]
