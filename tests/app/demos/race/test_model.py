from __future__ import annotations

import subprocess
import sys
from itertools import islice
from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline_app.demos.race.lap import COLUMNS, Columns
from fallline_app.demos.race.model import Race
from fallline_app.demos.race.planning import PLANS
from fallline_app.demos.race.racers import ENTRIES
from fallline_app.rates import TABLE
from fallline_app.surfaces import OBJECTIVES, OWN

each_surface = pytest.mark.parametrize("surface", OBJECTIVES)


def everyone(surface: str) -> Race:
    race = on(surface)
    for runner in race.racers:
        runner.runs = True
    return race


def on(surface: str) -> Race:
    race = Race()
    race.surface = surface
    return race


def test_model_needs_nothing_that_shows_it() -> None:
    code = "import sys, fallline_app.demos.race.model; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"],
        capture_output=True,
        check=True,
        text=True,
    )

    assert not {"bokeh", "panel"} & set(loaded.stdout.split())


def test_run_is_the_librarys_own_descent() -> None:
    race = everyone("Himmelblau")

    run = race.run()

    for runner, frames in zip(race.racers, run.frames, strict=True):
        descent = fl.descend(fl.himmelblau, fl.himmelblau.start, runner.optimizer())
        points = [frame.x for frame in islice(descent, race.steps + 1)]
        np.testing.assert_array_equal(np.transpose(points), [Columns(*frames).x, Columns(*frames).y])


@each_surface
def test_surface_brings_its_start_its_rates_and_its_room_for_the_start(surface: str) -> None:
    race = on(surface)

    assert race.start == OBJECTIVES[surface].start
    assert (race.param.start_x.bounds, race.param.start_y.bounds) == OBJECTIVES[surface].domain
    assert tuple(racer.rate for racer in race.racers[:6]) == TABLE[surface]


@each_surface
def test_what_a_surface_brings_is_the_default_from_then_on(surface: str) -> None:
    race = on(surface)

    assert (race.param.start_x.default, race.param.start_y.default) == OBJECTIVES[surface].start
    assert tuple(racer.param.rate.default for racer in race.racers[:6]) == TABLE[surface]


def test_own_function_leaves_what_was_set_by_hand() -> None:
    race = on(OWN)
    race.start_x = 1.5
    race.racers[0].rate = 0.123

    race.own = "x**2 + 10 * y**2"

    assert (race.start_x, race.start_y) == (1.5, race.param.start_y.default)
    # The largest curvature is 20: half of 1/20 for the others' default, rounded down.
    assert (race.racers[0].rate, race.racers[0].param.rate.default) == (0.123, 0.02)
    assert race.racers[1].rate == 0.005


def test_start_stays_on_the_map_when_it_shrinks() -> None:
    race = on(OWN)
    race.start_x = 5.5

    race.reach = "2"

    assert race.param.start_x.bounds == (-2.0, 2.0)
    assert race.start == (-1.5, 0.8)


def test_heights_of_an_unknown_function_are_above_the_lowest_seen() -> None:
    race = on(OWN)

    run = race.run()

    losses = np.array([Columns(*frames).loss for frames in run.frames[:6]])
    assert run.floor == losses.min()
    assert run.summary.startswith("Nobody knows the minimum: after 200 steps")


EVALUATIONS = {"central": 4, "forward": 3, "central4": 8, "complex": 6, "exact": 0, "spsa": 2}


@pytest.mark.parametrize("gradient", [*EVALUATIONS, "automatic"])
def test_evaluations_of_each_gradient_method_are_those_of_the_librarys_descent(gradient: str) -> None:
    race = Race()
    race.steps, race.gradient = 10, gradient

    run = race.run()

    counts = Columns(*run.frames[0]).evaluations
    if gradient in EVALUATIONS:
        np.testing.assert_array_equal(counts, EVALUATIONS[gradient] * np.arange(1, 12))
    else:
        assert counts[0] == fl.estimate_gradient(fl.himmelblau, fl.himmelblau.start).evaluations
        assert (np.diff(counts) >= 4).all()


def test_random_directions_are_the_same_for_every_racer_and_follow_the_seed() -> None:
    race = Race()
    race.gradient = "spsa"
    first = race.run().frames
    slopes = first[:, [COLUMNS.index("slope_x"), COLUMNS.index("slope_y")], 0]

    race.seed = 1

    assert (slopes[:6] == slopes[0]).all()
    assert not np.array_equal(race.run().frames, first, equal_nan=True)


def test_method_that_cannot_look_says_why_and_stays_at_the_start() -> None:
    race = on(OWN)
    race.gradient = "exact"

    run = race.run()

    assert set(run.lasts) == {0}
    assert all(note.endswith("use a finite difference such as central") for note in run.notes[:6])
    assert (
        run.summary
        == "Nobody falls: see below what went wrong. Slopes by the exact formula, which evaluates nothing."
    )


def test_function_that_raises_on_the_way_ends_the_lap_and_says_what_it_was() -> None:
    race = on(OWN)
    race.gradient, race.own = "complex", "abs(x) + y**2"

    note = race.run().notes[0]

    assert "f is not analytic at x" in note


def test_races_share_nothing() -> None:
    on("Saddle")

    assert Race().start == fl.himmelblau.start


@each_surface
def test_nobody_diverges_at_the_rates_of_a_surface(surface: str) -> None:
    run = on(surface).run()

    assert set(run.notes) == {""}
    heights = np.array([Columns(*frames).height for frames in run.frames[:6]])
    assert (heights[:, -1] < heights[:, 0]).all()


@pytest.mark.parametrize("surface", ["Bowl", "Himmelblau"])
def test_everyone_comes_near_to_the_minimum_of_an_easy_surface(surface: str) -> None:
    run = on(surface).run()

    assert (np.array([Columns(*frames).height for frames in run.frames[:6]])[:, -1] < 1e-5).all()


@each_surface
def test_rates_of_a_surface_are_below_the_stable_ones(surface: str) -> None:
    # Rastrigin's largest curvature is 2 + 40π², at its minima.
    curvatures = {"Bowl": 25.0, "Saddle": 2.0, "Rastrigin": 2.0 + 40.0 * np.pi**2}

    for entry, rate in zip(ENTRIES, TABLE[surface], strict=True):
        if surface in curvatures and hasattr(entry.optimizer, "stable_rate"):
            assert rate < entry.optimizer(rate).stable_rate(curvatures[surface])


@pytest.mark.parametrize("gradient", ["central", "exact"])
@each_surface
def test_run_of_a_surface_does_not_hang_on_a_rounding_error(surface: str, gradient: str) -> None:
    race = on(surface)
    race.gradient = gradient
    here = race.run().frames
    race.start_x *= 1.0 + 4e-16
    there = race.run().frames

    # A central difference divides what values are rounded by: its noise grows with them.
    highest = np.nanmax(np.abs(here[:, COLUMNS.index("loss")]))
    near = 1e-12 if gradient == "exact" else 1e-9 * max(1.0, highest / 1000.0)
    np.testing.assert_allclose(here[:, 1:3], there[:, 1:3], rtol=near, atol=near)


@pytest.mark.parametrize(
    ("index", "rate", "said"),
    [
        (0, 0.1, "the rate 0.1 is above 2/L = 0.08"),
        (1, 0.2, "the rate 0.2 is above 2(1 + μ)/L = 0.152"),
        (2, 0.06, "the rate 0.06 is above 2(1 + μ)/((1 + 2μ)L) = 0.0543"),
    ],
)
def test_divergence_is_blamed_on_the_limit_of_the_racers_own_rule(index: int, rate: float, said: str) -> None:
    race = on("Bowl")
    race.steps = 500

    race.racers[index].rate = rate

    assert race.run().notes[index].endswith(said)


def test_racer_that_is_switched_off_leaves_nothing() -> None:
    race = Race()
    race.racers[0].runs = False

    run = race.run()

    assert np.isnan(run.frames[0]).all()
    assert "Gradient descent" not in run.summary + run.map_description


def test_every_surface_has_a_rate_for_every_racer() -> None:
    assert {surface: len(rates) for surface, rates in TABLE.items()} == dict.fromkeys(
        OBJECTIVES, len(ENTRIES)
    )


@each_surface
def test_frames_are_those_of_a_plain_descent(surface: str) -> None:
    race = on(surface)
    race.steps = 30

    run = race.run()

    objective = fl.bowl(25.0) if surface == "Bowl" else OBJECTIVES[surface]
    for entry, rate, frames in zip(ENTRIES, TABLE[surface], run.frames[:6], strict=True):
        for frame in islice(fl.descend(objective, objective.start, entry.optimizer(rate=rate)), 31):
            shown = Columns(*frames[:, frame.step])
            assert (shown.step, shown.x, shown.y, shown.loss) == (frame.step, *frame.x, frame.value)
            assert (shown.slope_x, shown.slope_y) == tuple(frame.slope)
            assert shown.evaluations == frame.evaluations == 4 * (frame.step + 1)


@pytest.mark.parametrize("plan", PLANS)
def test_schedule_changes_the_rates_of_all_who_have_one(plan: str) -> None:
    race = everyone("Bowl")
    race.steps, race.schedule = 20, plan

    run = race.run()

    factors = [PLANS[plan].make(20)(step) for step in range(20)]
    for runner, frames in zip(race.racers[:7], run.frames, strict=False):
        np.testing.assert_allclose(Columns(*frames).rate[:20], np.multiply(factors, runner.rate), rtol=1e-12)
    assert not race.is_scheduled(race.guests[1])


def test_moves_lead_from_each_point_to_the_next_and_beyond_the_last() -> None:
    race = everyone("Himmelblau")
    race.steps = 20
    short = race.run()
    race.steps = 21

    longer = race.run()

    for frames, others in zip(short.frames, longer.frames, strict=True):
        shown = Columns(*frames)
        there = np.stack([shown.x + shown.move_x, shown.y + shown.move_y])
        np.testing.assert_allclose(there, others[1:3, 1:], rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("surface", "Everest"),
        ("condition", 0.5),
        ("steps", 5),
        ("steps", 501),
        ("start_x", 7.0),
        ("start_y", "up"),
    ],
)
def test_race_refuses_what_makes_no_sense(setting: str, value: Any) -> None:
    with pytest.raises(ValueError, match=setting):
        Race().param.update(**{setting: value})
