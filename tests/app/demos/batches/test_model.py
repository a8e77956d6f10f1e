from __future__ import annotations

import numpy as np
import pytest

from fallline_app.demos.batches.model import Batches
from fallline_app.demos.batches.problem import KINDS
from fallline_app.demos.batches.racers import MiniBatches


def minis(model: Batches) -> list[MiniBatches]:
    return [racer for racer in model.racers if isinstance(racer, MiniBatches)]


@pytest.mark.parametrize("kind", KINDS)
def test_data_bring_what_suits_them(kind: str) -> None:
    model = Batches()

    model.data = kind

    assert model.start == KINDS[kind].start
    assert (model.rate, model.noise) == (KINDS[kind].rate, KINDS[kind].noise)
    laps = model.run().running
    assert [lap.note for lap in laps] == ["", "", ""]
    # At these rates everyone ends nearer than it began, and noise is the price.
    heights = [lap.updates.value - model.problem.floor for lap in laps]
    assert all(height[-1] < 0.2 * height[0] for height in heights)
    assert model.problem.minimum is not None


@pytest.mark.parametrize("kind", KINDS)
def test_start_and_minimum_are_on_the_map(kind: str) -> None:
    model = Batches()
    model.data = kind

    found = model.problem.minimum
    assert found is not None
    for place in (model.start, found[0]):
        for value, (low, high) in zip(place, KINDS[kind].domain, strict=True):
            assert low < value < high


def test_batches_hold_no_more_than_all_samples() -> None:
    model = Batches()

    model.n = "25"
    assert [racer.param.size.bounds for racer in minis(model)] == [(1, 25), (1, 25)]
    assert [racer.size for racer in minis(model)] == [8, 25]

    model.n = "200"
    minis(model)[0].size = 200
    assert model.racers[0].count(200) == minis(model)[0].count(200) == 200


def test_size_that_does_not_fit_any_more_becomes_the_usual_one() -> None:
    model = Batches()
    few, many = minis(model)
    few.size, many.size = 5, 50

    model.n = "25"

    assert (few.size, many.size) == (5, 25)


def test_problem_is_made_once_until_it_is_another() -> None:
    model = Batches()
    first = model.problem

    model.rate = 0.1
    same = model.problem
    model.noise = 0.5

    assert same is first
    assert model.problem is not first


def test_same_settings_give_the_same_frames() -> None:
    np.testing.assert_array_equal(Batches().run().frames, Batches().run().frames)


def test_drop_uses_as_many_samples_as_fill_batches() -> None:
    model = Batches()
    lap = model.run().laps[1]
    assert lap is not None

    assert model.used(lap) == 50
    model.left_over = "drop"
    assert model.used(lap) == 48
