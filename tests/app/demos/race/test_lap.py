from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline_app.demos.race.lap import COLUMNS, Rate, explain_divergence, run_lap
from fallline_app.heights import GROWN_TOO_FAR

BOWL = fl.bowl(10.0)


def lap(optimizer: fl.Optimizer[Any], objective: fl.Objective = BOWL, steps: int = 20) -> Any:
    start_x, start_y = objective.start
    return run_lap("Racer", objective, (start_x, start_y), optimizer, Rate(0.9, 0.2, "2/L"), steps)


def test_lap_has_a_row_for_the_start_and_for_each_step() -> None:
    columns = lap(fl.GradientDescent(0.1)).columns

    assert columns.step.tolist() == list(range(21))
    assert (columns.x[0], columns.y[0]) == BOWL.start
    assert [len(column) for column in columns] == [21] * len(COLUMNS)


def test_numbers_of_a_lap_belong_to_its_points() -> None:
    columns = lap(fl.Adam(0.1), fl.himmelblau).columns

    points = np.stack([columns.x, columns.y])
    np.testing.assert_array_equal(columns.loss, fl.himmelblau(points))
    slopes = np.stack([columns.slope_x, columns.slope_y])
    np.testing.assert_allclose(slopes, fl.himmelblau.gradient(points), rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(columns.slope, np.linalg.norm(slopes, axis=0), rtol=1e-14)


def test_lap_within_bounds_has_no_note() -> None:
    assert lap(fl.GradientDescent(0.1)).note == ""


def test_lap_ends_with_the_first_loss_that_is_out_of_bounds() -> None:
    ended = lap(fl.GradientDescent(0.9), steps=200)

    assert ended.last < 200
    assert ended.columns.loss[-1] > GROWN_TOO_FAR
    assert (ended.columns.loss[:-1] <= GROWN_TOO_FAR).all()
    assert ended.note == f"the loss grew past 1e12 at step {ended.last}: the rate 0.9 is above 2/L = 0.2"


def test_lap_that_leaves_all_bounds_at_its_very_last_step_is_explained_too() -> None:
    too_far = lap(fl.GradientDescent(0.9), steps=200).last

    assert lap(fl.GradientDescent(0.9), steps=too_far).note != ""
    assert lap(fl.GradientDescent(0.9), steps=too_far - 1).note == ""


def test_slope_that_overflows_is_infinite_and_no_warning() -> None:
    ended = lap(fl.GradientDescent(1e60), fl.rosenbrock)

    assert np.isfinite(ended.columns.slope_x[-1])
    assert np.isinf(ended.columns.slope[-1])


@pytest.mark.parametrize(
    ("loss", "objective", "rate", "said"),
    [
        (1e13, BOWL, Rate(0.3, 0.2, "2/L"), "grew past 1e12 at step 7: the rate 0.3 is above 2/L = 0.2"),
        (1e13, BOWL, Rate(0.1, 0.2, "2/L"), "grew past 1e12 at step 7: the rate 0.1 is too high here; try"),
        (np.nan, BOWL, Rate(5.0), "was no longer a number at step 7: the rate 5 is too high here; try"),
        (-1e13, fl.saddle, Rate(0.1, 1.0, "2/L"), "fell below −1e12 at step 7: this surface has no bottom"),
        (1e13, fl.saddle, Rate(1.5, 1.0, "2/L"), "grew past 1e12 at step 7: the rate 1.5 is above 2/L = 1"),
    ],
)
def test_divergence_is_explained_by_what_caused_it(
    loss: float, objective: fl.Objective, rate: Rate, said: str
) -> None:
    assert explain_divergence(7, loss, objective, rate).startswith(f"the loss {said}")
