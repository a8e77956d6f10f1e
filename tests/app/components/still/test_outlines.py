from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fallline_app.components.still.outlines import UNITS, path_data, regions_above, simplify

LINES = arrays(float, st.tuples(st.integers(2, 40), st.just(2)), elements=st.floats(-50.0, 50.0, width=32))


def distance(point: np.ndarray, line: np.ndarray) -> float:
    """Return how far a point is from a line, by trying many places on it."""
    t = np.linspace(0.0, 1.0, 400)[:, None]
    on = np.concatenate([a + t * (b - a) for a, b in pairwise(line)])
    return float(np.hypot(*(on - point).T).min())


@given(LINES)
def test_simplified_line_is_nowhere_farther_than_its_tolerance(line: np.ndarray) -> None:
    simple = simplify(line, 1.0)

    assert len(simple) <= len(line)
    assert max(distance(point, simple) for point in line) < 1.0 + 0.3


def test_points_on_a_straight_line_are_left_out() -> None:
    assert len(simplify(np.column_stack([np.arange(50.0), np.arange(50.0)]), 0.1)) == 2


def test_path_goes_through_the_points() -> None:
    line = np.array([[0.0, 0.0], [0.5, 1.0], [1.0, 0.0], [0.5, 0.5]])

    start, *steps = re.findall(r"-?\d+ ?-?\d+", path_data([line]))

    moves = np.array([[int(number) for number in re.findall(r"-?\d+", step)] for step in (start, *steps)])
    np.testing.assert_array_equal(np.cumsum(moves, axis=0), np.rint(line * UNITS))


def test_lines_too_small_to_see_leave_no_path() -> None:
    assert path_data([np.full((5, 2), 0.5)]) == ""


def test_region_above_a_height_has_the_area_of_its_samples_with_its_hole() -> None:
    y, x = np.mgrid[-1.0:1.0:201j, -1.0:1.0:201j]
    ring = (200.0 * (np.hypot(x, y) < 0.8) * (np.hypot(x, y) > 0.4)).astype(np.uint8)

    outlines = regions_above(ring, 100.0)

    # Of a side of one: the two circles' radii are 0.4 and 0.2.
    area = abs(sum(0.5 * np.sum(p[:-1, 0] * p[1:, 1] - p[1:, 0] * p[:-1, 1]) for p in outlines))
    assert len(outlines) == 2
    np.testing.assert_allclose(area, np.pi * (0.4**2 - 0.2**2), rtol=0.02)


def test_region_is_seen_from_its_upper_left() -> None:
    raster = np.zeros((3, 3), dtype=np.uint8)
    raster[2, 0] = 255

    (corner,) = regions_above(raster, 128.0)

    np.testing.assert_allclose(corner.min(axis=0), [0.0, 0.0])
    assert (corner.max(axis=0) < 0.5).all()
