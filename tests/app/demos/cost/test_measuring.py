from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from fallline_app.demos.cost import measuring
from fallline_app.demos.cost.measuring import LONG_ENOUGH, TOO_LONG, Measurement, Problem, peak
from fallline_app.demos.cost.model import METHODS, Cost, Survey

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = [method.name for method in METHODS]


class Machine:
    """A clock and a network's gradients that take as long as they are told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: Callable[[str, int], float]) -> None:
        self.now = 0.0
        self.calls: list[str] = []
        machine = self

        def gradient(problem: Problem, method: str) -> None:
            machine.calls.append(method)
            machine.now += seconds(method, problem.network.size)

        def some_naive(problem: Problem, count: int) -> None:
            machine.calls.append(f"naive {count}")
            machine.now += seconds("naive", problem.network.size) * count / problem.network.size

        monkeypatch.setattr(measuring, "perf_counter", lambda: machine.now)
        monkeypatch.setattr(Problem, "gradient", gradient)
        monkeypatch.setattr(Problem, "some_naive", some_naive)


def model(**settings: object) -> Cost:
    made = Cost()
    made.param.update(**{"widest": 64, "rounds": 3, **settings})
    return made


def measured(made: Cost) -> Survey:
    *_, last = Measurement(made).steps()
    assert last.survey is not None
    return last.survey


def test_times_are_those_of_whole_gradients(monkeypatch: pytest.MonkeyPatch) -> None:
    speed = {"naive": 1e-4, "weight": 1e-8, "node": 2e-9, "layerwise": 1.5e-9, "backprop": 1e-9}
    Machine(monkeypatch, lambda method, size: speed[method] * size)

    survey = measured(model())

    assert survey.seconds is not None
    for index, name in enumerate(NAMES):
        np.testing.assert_allclose(survey.seconds[index], speed[name] * survey.parameters)


def test_median_is_taken_of_rounds_that_are_interleaved(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, lambda method, size: LONG_ENOUGH)
    made = model(widest=32, rounds=5)
    for taker in made.takers:
        taker.runs = taker.method.name in ("node", "backprop")
    slow = iter([0.0] * 4 + [1.0, 0.0, 0.0, 0.0, 0.0, 2.0])

    def sometimes_slow(problem: Problem, method: str) -> None:
        machine.calls.append(method)
        machine.now += LONG_ENOUGH + next(slow, 0.0)

    monkeypatch.setattr(Problem, "gradient", sometimes_slow)
    survey = measured(made)

    # Two calls to warm up, five rounds, and a look at the memory, of each size.
    assert machine.calls[:14] == ["node", "backprop"] * 7
    assert survey.seconds is not None
    np.testing.assert_allclose(survey.seconds[NAMES.index("node")], LONG_ENOUGH)


def test_no_time_is_shorter_than_a_coarse_clock_can_tell_and_no_step_holds_up_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = Machine(monkeypatch, lambda method, size: 1e-6 * size if method != "naive" else 1e-3 * size)
    steps, before = [], 0.0
    for _ in Measurement(model()).steps():
        steps.append(machine.now - before)
        before = machine.now

    assert max(steps) < TOO_LONG
    rounds = sorted(steps)[len(steps) // 2]
    assert rounds >= LONG_ENOUGH


def test_method_ends_where_one_gradient_would_hold_up_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = 2e-5
    Machine(monkeypatch, lambda method, size: slow * size if method == "weight" else 1e-8 * size)

    survey = measured(model())

    weight, last = NAMES.index("weight"), survey.last(NAMES.index("weight"))
    assert slow * survey.parameters[last] <= TOO_LONG < slow * survey.parameters[last + 1] * 1.1
    assert "would hold up the page" in survey.notes[weight]
    assert survey.last(NAMES.index("backprop")) == survey.parameters.size - 1


def test_method_that_takes_no_part_is_not_measured() -> None:
    made = model(widest=32, rounds=1)
    for taker in made.takers:
        taker.runs = taker.method.name == "backprop"

    survey = measured(made)

    assert survey.seconds is not None
    assert np.isfinite(survey.seconds[NAMES.index("backprop")]).all()
    assert np.isnan(survey.seconds[NAMES.index("naive")]).all()
    assert "press the button again" in survey.notes[NAMES.index("naive")]


def test_fraction_rises_to_one_and_each_size_is_told_once() -> None:
    progress = list(Measurement(model(widest=32, rounds=1)).steps())

    fractions = [told.fraction for told in progress]
    assert fractions == sorted(fractions)
    assert 0.0 < fractions[0] < 0.1
    assert fractions[-1] == 1.0
    surveys = [told.survey for told in progress if told.survey is not None]
    assert [survey.last(NAMES.index("backprop")) for survey in surveys] == [
        *range(len(surveys) - 1),
        len(surveys) - 2,
    ]


def test_some_naive_slopes_are_those_of_backpropagation() -> None:
    made = model(widest=32)
    problem = Problem(made.networks()[0], made.batch, made.seed)

    some, whole = problem.some_naive(20), problem.gradient("backprop")

    np.testing.assert_allclose(some[:20], whole[:20], atol=1e-8)


def test_peak_is_what_numpy_allocates() -> None:
    assert peak(lambda: np.zeros(1_000_000)) == pytest.approx(8e6, rel=0.01)
    assert peak(lambda: [np.zeros(1_000_000) for _ in range(3)]) == pytest.approx(24e6, rel=0.01)


def test_memory_is_near_what_was_predicted() -> None:
    made = model(rounds=1)
    counted, survey = made.count(), measured(made)

    ratio = counted.memory[:, -1] / survey.memory[:, -1]
    seen = np.isfinite(ratio)
    assert seen.sum() >= len(METHODS) - 1
    assert (np.abs(np.log2(ratio[seen])) < 1.0).all()


@pytest.mark.parametrize("tick", [1e-4, 1e-3])
def test_coarse_clock_of_a_browser_gives_the_same_times_within_its_tick(
    tick: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = {**dict.fromkeys(NAMES, 3e-4), "naive": 0.05}
    machine = Machine(monkeypatch, lambda method, size: seconds[method])
    monkeypatch.setattr(measuring, "perf_counter", lambda: np.floor(machine.now / tick) * tick)

    survey = measured(model(widest=32))

    assert survey.seconds is not None
    for name, found in zip(NAMES, survey.seconds, strict=True):
        np.testing.assert_allclose(found, seconds[name], rtol=2.0 * tick / LONG_ENOUGH)


def test_clock_that_sees_nothing_gives_no_times_instead_of_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(monkeypatch, lambda method, size: 1e-7)
    monkeypatch.setattr(measuring, "perf_counter", lambda: 0.0)

    survey = measured(model(widest=32, rounds=1))

    assert survey.seconds is not None
    assert np.isnan(survey.seconds).all()
    assert all(np.isnan(survey.growth(index).exponent) for index in range(len(METHODS)))
