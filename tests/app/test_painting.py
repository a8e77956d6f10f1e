from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallline_app.painting import MOST, PATTERN, REACH, SIDE, decode, encode, placed

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


def test_points_beyond_the_map_are_painted_on_its_edge() -> None:
    grid, _ = decode(encode(np.array([[9.0, -9.0], [-9.0, 9.0]]), np.zeros(2, np.int64)))

    np.testing.assert_array_equal(grid, [[SIDE - 1, 0], [0, SIDE - 1]])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("AAA", "with a full stop between"),
        ("AAA.AA", "runs of 3 letters"),
        ("AA€.AAA", "'€' is no letter"),
        ("AAA" * (MOST + 1) + ".", "at most 1000 points"),
        (".".join(["AAA"] * 3), "2 runs"),
    ],
)
def test_text_that_is_no_painting_is_refused(text: str, said: str) -> None:
    assert re.fullmatch(PATTERN, text) is None

    with pytest.raises(ValueError, match=re.escape(said)):
        decode(text)


def test_as_many_points_as_can_be_painted_are_read() -> None:
    text = "AAA" * MOST + "." + "___" * MOST

    grid, kinds = decode(text)

    assert re.fullmatch(PATTERN, text)
    assert len(grid) == 2 * MOST
    assert kinds.sum() == MOST


def test_more_than_two_classes_have_a_run_each() -> None:
    _, kinds = decode("AAA..AAAAAA.", count=4)

    assert kinds.tolist() == [0, 2, 2]
