"""A picture of classes and how sure each is, as areas of few tints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fallline_app.components.still.frame import percent
from fallline_app.components.still.outlines import path_data, regions_above
from fallline_app.tints import SHADES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

# Of a class's tints: how many are told apart, and how deep the first and the last is (`site/static/theme.js`).
TINTS, PALEST, DEEPEST = 8, 0.06, 0.5


def draw_tints(raster: NDArray[np.uint8], palette: str) -> Iterator[str]:
    """Draw a raster of classes and shades: for each class the places where it is ahead, the surer the deeper."""
    name = palette.partition(":")[2]
    for kind in np.unique(raster // SHADES):
        mine = np.where(raster // SHADES == kind, raster % SHADES + 1, 0).astype(np.uint8)
        for shade in range(0, SHADES, SHADES // TINTS):
            share = percent(PALEST + (DEEPEST - PALEST) * (shade + 0.5 * SHADES / TINTS) / SHADES)
            data = path_data(regions_above(mine, shade + 0.5))
            if data:
                fill = f"color-mix(in srgb,var(--{name}-{kind}) {share},var(--sheet))"
                yield f'<path fill-rule="evenodd" fill="{fill}" d="{data}"/>'
