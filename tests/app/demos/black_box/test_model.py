"""Descents through black boxes: who survives what, at equal evaluations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]
from scipy.optimize import brentq  # type: ignore[import-untyped]

from fallline_app.demos.black_box.descents import Descent
from fallline_app.demos.black_box.methods import METHODS
from fallline_app.demos.black_box.model import BY_HAND, OF_NOISE, BlackBox
from fallline_app.demos.black_box.run import COLUMNS, EACH, Run
from fallline_app.demos.black_box.simulations import POINTS, SIMULATIONS, THERMOSTAT

TITLES = [method.title for method in METHODS]


def model(**settings: Any) -> BlackBox:
    made = BlackBox()
    for name in ("simulation", "optimizer"):
        if name in settings:
            made.param.update(**{name: settings.pop(name)})
    made.param.update(**settings)
    return made


def column(run: Run, title: str, name: str) -> np.ndarray:
    rows = run.frames[TITLES.index(title), COLUMNS.index(name)]
    return np.asarray(rows[: run.lasts[TITLES.index(title)] + 1])


def descent(run: Run, title: str) -> Descent:
    found = run.descents[TITLES.index(title)]
    assert found is not None
    return found


def lands(speed: float, angle: float) -> float:
    """Where a throw that does not reach the wall lands, by SciPy."""

    def motion(_: float, s: Any) -> list[float]:
        fast = float(np.hypot(s[2], s[3]))
        return [s[2], s[3], -0.02 * fast * s[2], -9.81 - 0.02 * fast * s[3]]

    turn = np.radians(angle)
    state = [0.0, 1.5, speed * np.cos(turn), speed * np.sin(turn)]
    path = solve_ivp(motion, (0.0, 5.0), state, dense_output=True, rtol=1e-9, atol=1e-9).sol
    return float(path(brentq(lambda t: path(t)[1], 0.2, 4.0))[0])


def test_descent_finds_the_throw_that_hits_from_values_alone() -> None:
    run = model().run()

    for title in ("step h", "SPSA"):
        speed, angle = (float(column(run, title, name)[-1]) for name in ("x", "y"))
        # Half a bucket is 0.3 m.
        assert abs(lands(speed, angle) - 6.0) < 0.3
        assert descent(run, title).ends_at(0.09)


@pytest.mark.parametrize("seed", range(4))
def test_tiny_step_dies_in_noise_that_a_step_by_the_noise_survives(seed: int) -> None:
    run = model(noise=0.1, seed=seed).run()

    assert descent(run, "tiny step").losses[-1] > 1.0
    assert descent(run, "step h").losses[-1] < 0.09


def test_without_noise_the_tiny_step_is_as_good_as_any() -> None:
    run = model(noisy=False).run()

    assert descent(run, "tiny step").losses[-1] < 0.09


@pytest.mark.parametrize("step", [3e-5, 0.6])
def test_step_by_hand_can_be_too_short_and_too_long(step: float) -> None:
    made = model(step_by=BY_HAND)
    made.param.step.bounds = (1e-6, 1.0)
    made.step = step

    assert descent(made.run(), "step h").losses[-1] > 1.0


def test_thermostat_is_a_plain_to_the_tiny_step_even_without_noise() -> None:
    run = model(simulation=THERMOSTAT, noisy=False).run()

    tiny = descent(run, "tiny step")
    np.testing.assert_array_equal(tiny.points, np.broadcast_to(tiny.points[0], tiny.points.shape))
    assert descent(run, "step h").ends_at(run.goal)
    assert "it sees a plain" in run.summary


def test_throws_over_the_wall_find_no_way_down_and_the_page_says_why() -> None:
    run = model(noisy=False, start_x=18.0, start_y=40.0).run()

    assert all(set(one.losses) == {36.0} for one in run.descents if one is not None)
    assert run.summary.endswith(
        "nor below 36: over the wall the loss is a plain, and no value tells the way down."
    )


def test_without_noise_all_by_differences_fall_off_the_cliff_that_noise_keeps_some_from() -> None:
    exact = model(noisy=False, start_x=12.0, start_y=45.0).run()
    noisy = model(noisy=True, start_x=12.0, start_y=45.0).run()

    assert min(one.losses[-1] for one in exact.descents if one is not None) == 36.0
    assert max(one.losses[-1] for one in noisy.descents if one is not None) < 36.0


@pytest.mark.parametrize("noise", [0.01, 0.1, 1.0])
def test_step_grows_with_the_cube_root_of_the_noise(noise: float) -> None:
    assert model(noise=noise).terms().step == pytest.approx(OF_NOISE * np.cbrt(noise), rel=5e-3)


def test_step_for_a_loss_full_of_cliffs_is_no_shorter_than_they_ask_for() -> None:
    assert model(simulation=THERMOSTAT, noisy=False).terms().step == pytest.approx(
        0.05 * np.cbrt(0.05), rel=5e-3
    )


def test_frames_are_at_equal_evaluations() -> None:
    run = model(budget=60).run()

    for title, each in (("tiny step", 4), ("step h", 4), ("SPSA", 2)):
        evaluations, steps = column(run, title, "evals"), column(run, title, "steps")
        np.testing.assert_array_equal(evaluations, np.arange(0, 61, EACH))
        np.testing.assert_array_equal(steps, evaluations // each)


def test_who_measures_stands_still() -> None:
    run = model().run()

    automatic = column(run, "automatic", "steps")
    assert np.isin(np.diff(automatic), [0.0, 1.0]).all()
    assert automatic[-1] < 20
    still = np.diff(automatic) == 0.0
    assert (np.diff(column(run, "automatic", "x"))[still] == 0.0).all()


def test_frames_end_where_the_descents_do() -> None:
    run = model().run()

    low, high = np.array(model().objective().domain).T
    for title in TITLES:
        end = [column(run, title, name)[-1] for name in ("x", "y")]
        np.testing.assert_allclose(end, low + descent(run, title).points[-1] * (high - low))
        assert column(run, title, "loss")[-1] == descent(run, title).losses[-1]


@pytest.mark.parametrize("simulation", SIMULATIONS)
def test_loss_is_what_the_arithmetic_says(simulation: str) -> None:
    run = model(simulation=simulation).run()

    for title in TITLES:
        missed, counted, loss = (column(run, title, name) for name in ("missed", "counted", "loss"))
        said = missed**2 if simulation == "ball" else missed + 0.05 * counted
        np.testing.assert_allclose(loss, said, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("simulation", SIMULATIONS)
def test_each_frame_names_its_path(simulation: str) -> None:
    run = model(simulation=simulation).run()

    for title in TITLES:
        rows = column(run, title, "path").astype(int)
        paths = run.paths[rows]
        ends = np.array([path[:, np.isfinite(path[0])][:, -1] for path in paths])
        np.testing.assert_array_equal(ends[:, 0], column(run, title, "end_x"))
        np.testing.assert_array_equal(ends[:, 1], column(run, title, "end_y"))
    assert run.paths.shape[2] <= max(POINTS, 73)


# All but the first take so long that points of their paths are left out.
@pytest.mark.parametrize("throw", [(18.0, 10.0), (18.0, 76.0), (18.5, 77.0), (19.5, 78.0), (20.0, 78.0)])
def test_path_of_a_throw_begins_in_the_hand_turns_at_the_wall_and_ends_on_the_ground(
    throw: tuple[float, float],
) -> None:
    path = SIMULATIONS["ball"].see(np.array(throw), 6.0).path

    assert path[:, 0].tolist() == [0.0, 1.5]
    assert path[0].max() == 10.0
    assert path[1, -1] == pytest.approx(0.0, abs=1e-12)


def test_who_leaves_the_map_ends_there_and_is_told_why() -> None:
    run = model(optimizer="gradient descent", rate=0.1).run()

    left = descent(run, "tiny step")
    assert left.left is not None
    assert run.lasts[0] < run.frames.shape[2] - 1
    assert np.isnan(run.frames[0, 1, run.lasts[0] + 1 :]).all()
    assert run.notes[0].startswith("left the map at step")
    assert "a lower rate than 0.1" in run.notes[0]


def test_same_settings_give_the_same_run_and_another_seed_another() -> None:
    first, second, other = (model(seed=seed).run() for seed in (3, 3, 4))

    np.testing.assert_array_equal(first.frames, second.frames)
    assert not np.array_equal(first.frames, other.frames, equal_nan=True)


def test_switched_off_method_leaves_and_comes_back_the_same() -> None:
    made = model()
    before = made.run()
    made.takers[2].runs = False
    without = made.run()
    made.takers[2].runs = True

    assert np.isnan(without.frames[2]).all()
    assert "SPSA" not in without.descriptions[0]
    np.testing.assert_array_equal(made.run().frames, before.frames)


def test_those_whose_turn_has_not_come_are_seen_as_they_descended_last() -> None:
    made = model()
    before = made.run()
    made.rate = 0.02

    first = made.run(seconds=0.0)
    after = made.run()

    assert (before.whole, first.whole, after.whole) == (True, False, True)
    np.testing.assert_array_equal(first.frames, before.frames)
    fresh = model(rate=0.02).run()
    np.testing.assert_array_equal(after.frames, fresh.frames)
    np.testing.assert_array_equal(after.paths, fresh.paths)


@pytest.mark.parametrize("change", [{"simulation": THERMOSTAT}, {"target": 3.0}, {"budget": 100}], ids=str)
def test_what_was_seen_on_another_map_is_not_seen_on_this_one(change: dict[str, Any]) -> None:
    made = model()
    made.run()
    made.param.update(**change)

    first = made.run(seconds=0.0)

    assert first.descents == (None,) * 4
    assert not first.whole


def test_nobody_on_is_said() -> None:
    made = model()
    for taker in made.takers:
        taker.runs = False

    assert made.run().summary == "Nobody descends: switch a method on."


def test_simulation_brings_its_start_rate_and_goal_and_back() -> None:
    made = model(simulation=THERMOSTAT)
    there = made.start, made.rate, made.goal
    made.simulation = "ball"

    assert there == ((18.0, 3.2), 0.03, 1.6)
    assert (made.start, made.rate, made.goal) == ((5.0, 72.0), 0.01, 0.09)
    assert made.param.start_x.bounds == (4.0, 20.0)


def test_optimizer_brings_its_rate() -> None:
    assert model(optimizer="gradient descent").rate == 3e-4


def test_bucket_elsewhere_is_found_too() -> None:
    run = model(target=3.5, start_x=8.0, start_y=40.0).run()

    speed, angle = (float(column(run, "SPSA", name)[-1]) for name in ("x", "y"))
    assert lands(speed, angle) == pytest.approx(3.5, abs=0.3)
