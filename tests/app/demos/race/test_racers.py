"""Who races: each optimizer of the library with its own settings, and what each remembers."""

from __future__ import annotations

import numpy as np
import pytest

import fallline as fl
from fallline_app.demos.race.lap import Columns, Rate, run_lap
from fallline_app.demos.race.model import Race
from fallline_app.demos.race.planning import PLANS
from fallline_app.demos.race.racers import ENTRIES, OTHERS, SEARCHES, Entry, racer
from fallline_app.surfaces import OBJECTIVES


def numbers(entry: Entry) -> list[fl.Setting]:
    return [setting for setting in fl.settings(entry.optimizer) if setting.kind == "number"]


def test_every_optimizer_of_the_library_can_take_part() -> None:
    around = {fl.ClipNorm, fl.ClipValue, fl.Scheduled, fl.WeightDecay, fl.Optimizer, fl.Searcher}
    known = {getattr(fl, name) for name in fl.__all__ if hasattr(getattr(fl, name), "step")}
    optimizers = {kind for kind in known if isinstance(kind, type) and hasattr(kind, "init")}

    assert {entry.optimizer for entry in (*ENTRIES, *OTHERS, *SEARCHES)} == optimizers - around


GUESTS = [(guest, entry.title) for guest, entries in enumerate((OTHERS, SEARCHES)) for entry in entries]


@pytest.mark.parametrize("surface", ["Himmelblau", "Booth"])
@pytest.mark.parametrize(("guest", "title"), GUESTS)
def test_every_guest_descends_at_the_rate_that_a_surface_brings(guest: int, title: str, surface: str) -> None:
    race = Race()
    race.surface = surface
    race.guests[guest].param.update(kind=title, runs=True)

    lap = race.lap(race.guests[guest])

    assert lap is not None
    assert (lap.name, lap.note) == (title, "")
    assert lap.columns.loss[-1] < lap.columns.loss[0]


def test_guest_brings_its_rate_and_its_range() -> None:
    race = Race()
    more, search = race.guests

    race.surface = "Goldstein–Price"
    more.kind = "Polyak step"

    assert (search.rate, search.param.rate.bounds) == (1.0, (1e-3, 10.0))
    assert (more.rate, more.param.rate.bounds) == (1.0, (0.1, 1.9))
    assert more.optimizer().f_min == 3.0


def test_momentums_move_is_its_memory_and_its_slope() -> None:
    race = Race()
    race.steps = 20

    columns = Columns(*race.run().frames[1])

    moves = -0.01 * (0.9 * columns.memory_x + columns.slope_x)
    np.testing.assert_allclose(columns.move_x, moves, rtol=1e-9)
    assert columns.memory_x[0] == 0.0


REMEMBERING = [entry for entry in (*ENTRIES, *OTHERS) if entry.memory]


@pytest.mark.parametrize("entry", REMEMBERING, ids=lambda entry: entry.title)
def test_memory_is_a_mean_of_past_slopes(entry: Entry) -> None:
    objective = OBJECTIVES["Booth"]
    optimizer = fl.Scheduled(entry.optimizer(rate=1e-3), PLANS["cosine"].make(5))
    lap = run_lap("A", objective, (1.0, 0.0), optimizer, Rate(1e-3), 5, memory=entry.memory)

    columns = lap.columns

    assert columns.memory_x[0] == columns.memory_y[0] == 0.0
    assert columns.memory_x[1] / columns.slope_x[0] == pytest.approx(columns.memory_y[1] / columns.slope_y[0])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.title)
def test_settings_of_a_racer_are_those_of_the_library(entry: Entry) -> None:
    made = racer(entry)

    for setting in numbers(entry):
        parameter = made.param[setting.name]
        assert parameter.bounds == (setting.low, setting.high)
        assert parameter.doc == setting.help
        assert getattr(made, setting.name) == setting.default
    assert made.optimizer() == entry.optimizer()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.title)
def test_racer_passes_every_setting_on(entry: Entry) -> None:
    made = racer(entry)
    changed = {setting.name: 0.5 * (setting.low + setting.high) for setting in numbers(entry)}

    made.param.update(**changed)

    assert made.optimizer() == entry.optimizer(**changed)
