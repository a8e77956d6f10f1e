from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fallline_app.painting import REACH, SIDE, decode, encode, placed

places = st.integers(0, SIDE - 1)


@given(st.lists(st.tuples(places, places, st.integers(0, 1)), max_size=50))
def test_text_holds_places_and_classes(painted: list[tuple[int, int, int]]) -> None:
    painted.sort(key=lambda point: point[2])
    grid = np.array([point[:2] for point in painted], dtype=np.int64).reshape(-1, 2)
    kinds = np.array([point[2] for point in painted], dtype=np.int64)

    text = encode(placed(grid), kinds)

    read, classes = decode(text)
    np.testing.assert_array_equal(read, grid)
    np.testing.assert_array_equal(classes, kinds)


def test_a_point_is_off_by_half_a_place_at_most() -> None:
    points = np.random.default_rng(0).uniform(-REACH, REACH, (200, 2))

    grid, _ = decode(encode(points, np.zeros(200, np.int64)))

    assert np.abs(placed(grid) - points).max() <= REACH / (SIDE - 1) + 1e-12
