"""The cells of a field as SVG: one path a colour, each run of cells a rectangle."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from fallline_app.components.colour_scale import HIGHEST, NO_NUMBER
from fallline_app.components.still.colours import colour, ramp
from fallline_app.components.still.outlines import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

COLOURS = 24


def draw_cells(ranks: NDArray[np.uint16], palette: str) -> Iterator[str]:
    """Draw ranks, row by row from the lower left, in `COLOURS` colours of a palette."""
    bands = np.minimum(ranks * (COLOURS / (HIGHEST + 1)), COLOURS - 1).astype(int)
    bands[ranks == NO_NUMBER] = COLOURS
    paths: dict[int, list[str]] = {}
    for (bottom, top), line in _strips(bands):
        for band, left, right in _runs(line):
            (x0, x1), (y0, y1) = _ends(left, right, bands.shape[1]), _ends(bottom, top, bands.shape[0])
            paths.setdefault(band, []).append(f"M{x0} {UNITS - y1}h{x1 - x0}v{y1 - y0}h{x0 - x1}z")
    for band, parts in sorted(paths.items()):
        fill = colour("no-number") if band == COLOURS else ramp(palette, (band + 0.5) / COLOURS)
        yield f'<path class="cells" fill="{fill}" d="{"".join(parts)}"/>'


def _strips(bands: NDArray[np.int_]) -> Iterator[tuple[tuple[int, int], list[int]]]:
    """Find the rows that are alike above each other: the first, the one after the last, and what they hold."""
    differs = (bands[1:] != bands[:-1]).any(axis=1)
    starts = [0, *(np.flatnonzero(differs) + 1).tolist(), len(bands)]
    return (((first, last), bands[first].tolist()) for first, last in pairwise(starts))


def _runs(line: list[int]) -> Iterator[tuple[int, int, int]]:
    """Find the cells of one colour beside each other: the colour, the first and the one after the last."""
    first = 0
    for column in range(1, len(line) + 1):
        if column == len(line) or line[column] != line[first]:
            yield line[first], first, column
            first = column


def _ends(first: int, last: int, count: int) -> tuple[int, int]:
    return round(UNITS * first / count), round(UNITS * last / count)
