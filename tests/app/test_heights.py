"""Losses as heights: above the minimum, or above the lowest that anybody has seen."""

import numpy as np
import pytest

import fallline as fl
from fallline_app.heights import GROWN_TOO_FAR, LOWEST_HEIGHT, floor_of, lowest_shown, shown_range

DOWN_FOR_EVER = fl.saddle


def test_floor_is_the_minimum_where_there_is_one() -> None:
    assert floor_of([np.array([5.0, 3.0])], fl.himmelblau) == 0.0


def test_floor_without_a_minimum_is_the_lowest_loss_within_bounds() -> None:
    laps = [np.array([2.0, -7.0, -10.0 * GROWN_TOO_FAR]), np.array([1.0, np.nan, -np.inf])]

    assert floor_of(laps, DOWN_FOR_EVER) == -7.0


def test_floor_of_nobody_is_zero() -> None:
    assert floor_of([], DOWN_FOR_EVER) == 0.0


def test_who_stands_on_the_floor_is_shown_at_the_lowest_height_above_it() -> None:
    heights = np.array([0.0, 0.5, np.nan, 3.0])

    assert lowest_shown(heights, DOWN_FOR_EVER) == 0.5
    assert lowest_shown(heights, fl.himmelblau) == LOWEST_HEIGHT
    assert lowest_shown(np.zeros(2), DOWN_FOR_EVER) == LOWEST_HEIGHT


def test_range_has_room_around_its_heights_and_ends_where_a_loss_has_grown_too_far() -> None:
    heights = np.array([1e-3, 2.0, np.nan, np.inf])

    assert shown_range(heights) == (1e-3 / 4.0, 8.0)
    assert shown_range(np.append(heights, 1e300))[1] == 4.0 * GROWN_TOO_FAR


@pytest.mark.parametrize("heights", [[], [np.nan, np.inf]])
def test_range_of_no_heights_can_be_drawn_on_a_log_axis(heights: list[float]) -> None:
    low, high = shown_range(np.array(heights))

    assert 0.0 < low < high < np.inf
