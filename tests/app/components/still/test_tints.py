from __future__ import annotations

import re

import numpy as np

from fallline_app.components.still.tints import draw_tints
from fallline_app.tints import SHADES


def test_each_class_is_drawn_in_its_own_colour_and_the_surer_the_deeper() -> None:
    left, right = (
        np.tile(np.arange(SHADES)[::-1], (SHADES, 1)),
        SHADES + np.tile(np.arange(SHADES), (SHADES, 1)),
    )
    raster = np.concatenate([left, right], axis=1).astype(np.uint8)

    drawn = [
        re.search(r"var\(--class-(\d)\) ([\d.]+)%.* d=\"(.+)\"", path)
        for path in draw_tints(raster, "tints:class")
    ]

    found = [(int(path[1]), float(path[2]), path[3]) for path in drawn if path is not None]
    assert len(found) == len(drawn) == 16
    for kind in (0, 1):
        shares = [share for other, share, _ in found if other == kind]
        assert shares == sorted(shares)
    # The first class begins at the left edge, the last at the right one.
    assert found[-1][2] != found[7][2]


def test_class_that_is_nowhere_is_not_drawn() -> None:
    raster = np.full((5, 5), 3 * SHADES + 7, np.uint8)

    assert {re.search(r"class-\d", path)[0] for path in draw_tints(raster, "tints:class")} == {"class-3"}  # type: ignore[index]
