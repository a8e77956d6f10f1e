from __future__ import annotations

import numpy as np
import pytest

import fallline as fl
from fallline_app.demos.race.lap import COLUMNS, Columns, Lap
from fallline_app.demos.race.looking import METHODS
from fallline_app.demos.race.run import compare
from fallline_app.demos.race.words import Terms
from fallline_app.heights import GROWN_TOO_FAR, LOWEST_HEIGHT, MARGIN, NO_HEIGHTS

BOWL = fl.bowl()


def terms(steps: int) -> Terms:
    return Terms(steps, 1e-6, METHODS["central"])


def lap(*losses: float, note: str = "") -> Lap:
    """Make a lap of these losses; nothing else of it matters here."""
    nothing = np.zeros(len(losses))
    blank = Columns(*[nothing] * len(COLUMNS))
    return Lap("Racer", blank._replace(loss=np.array(losses)), note)


def test_laps_lie_side_by_side_and_past_their_ends_there_is_nothing() -> None:
    run = compare([lap(4.0, 2.0, 1.0), None, lap(4.0, 1e13, note="gone")], BOWL, terms(2))

    assert run.frames.shape == (3, len(COLUMNS), 3)
    assert run.lasts == (2, 0, 1)
    assert run.notes == ("", "", "gone")
    assert Columns(*run.frames[0]).loss.tolist() == [4.0, 2.0, 1.0]
    assert np.isnan(run.frames[1]).all()
    assert np.isnan(run.frames[2][:, 2]).all()


def test_heights_are_above_the_minimum_and_never_below_what_a_log_axis_can_show() -> None:
    run = compare([lap(4.0, 1e-20, 0.0)], BOWL, terms(2))

    assert run.floor == 0.0
    assert Columns(*run.frames[0]).height.tolist() == [4.0, LOWEST_HEIGHT, LOWEST_HEIGHT]


def test_without_a_bottom_heights_are_above_the_lowest_loss_of_the_run() -> None:
    run = compare([lap(2.0, 1.0, -5.0), lap(2.0, 0.0, -30.0)], fl.saddle, terms(2))

    assert run.floor == -30.0
    assert Columns(*run.frames[0]).height.tolist() == [32.0, 31.0, 25.0]
    # The lowest of all stands at height 0, which a log axis cannot show: it is drawn with the next.
    assert Columns(*run.frames[1]).height.tolist() == [32.0, 30.0, 25.0]
    assert run.curve == (25.0 / MARGIN, 32.0 * MARGIN)


@pytest.mark.parametrize("last", [-1e31, -np.inf, np.nan])
def test_without_a_bottom_the_floor_is_the_lowest_within_bounds(last: float) -> None:
    run = compare([lap(2.0, -100.0, last, note="gone")], fl.saddle, terms(2))

    assert run.floor == -100.0
    assert run.curve == (102.0 / MARGIN, 102.0 * MARGIN)


@pytest.mark.parametrize("last", [1e31, np.inf, np.nan])
def test_curve_ends_where_a_loss_has_grown_too_far(last: float) -> None:
    run = compare([lap(4.0, 1e3, last, note="gone")], BOWL, terms(2))

    low, high = run.curve
    assert low == 1.0
    assert high <= GROWN_TOO_FAR * MARGIN


@pytest.mark.parametrize("objective", [BOWL, fl.saddle])
def test_curve_without_racers_has_a_range_all_the_same(objective: fl.Objective) -> None:
    run = compare([None, None], objective, terms(2))

    assert run.curve == NO_HEIGHTS
    assert run.summary == "Nobody runs: switch a racer on."


def test_curve_of_a_start_at_the_minimum_has_a_range_all_the_same() -> None:
    low, high = compare([lap(0.0, 0.0)], BOWL, terms(1)).curve

    assert 0.0 < low < LOWEST_HEIGHT < high


def test_curve_of_a_saddle_where_nobody_moves_has_a_range_all_the_same() -> None:
    low, high = compare([lap(0.0, 0.0)], fl.saddle, terms(1)).curve

    assert 0.0 < low < LOWEST_HEIGHT < high < 1.0
