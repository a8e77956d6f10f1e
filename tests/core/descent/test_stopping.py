from itertools import islice
from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline import stopping

BOWL = fl.bowl(4.0)


def stopped(optimizer: Any, *rules: Any, f: Any = BOWL, start: Any = (1.0, 1.0)) -> list[fl.Frame]:
    return list(islice(fl.descend(f, start, optimizer, fl.exact, stop=rules), 5000))


@pytest.mark.parametrize(
    ("rule", "optimizer", "holds"),
    [
        (stopping.SlopeNorm(1e-4), fl.Adam(0.1), lambda a, b: np.linalg.norm(b.slope) <= 1e-4),
        (
            stopping.Change(1e-6),
            fl.GradientDescent(0.1),
            lambda a, b: a is not None and abs(b.value - a.value) <= 1e-6,
        ),
        (stopping.Target(1e-3), fl.Adam(0.1), lambda a, b: b.value <= 1e-3),
        (stopping.Divergence(1e6), fl.GradientDescent(0.6), lambda a, b: abs(b.value) > 1e6),
        (
            stopping.NotANumber(),
            fl.GradientDescent(0.6),
            lambda a, b: np.isnan(b.value) or np.isnan(b.x).any(),
        ),
    ],
    ids=repr,
)
def test_descent_ends_at_the_first_frame_where_its_rule_applies(
    rule: Any, optimizer: Any, holds: Any
) -> None:
    frames = stopped(optimizer, rule)

    last = frames[-1]
    assert last.stopped is not None
    assert last.stopped.rule == rule
    assert last.stopped.reason
    befores = [None, *frames]
    assert [bool(holds(a, b)) for a, b in zip(befores, frames, strict=False)] == [False] * (
        len(frames) - 1
    ) + [True]
    assert all(frame.stopped is None for frame in frames[:-1])


def test_budget_counts_the_evaluations_of_searches_too() -> None:
    frames = list(fl.descend(fl.rosenbrock, (-1.2, 1.0), fl.LBFGS(), stop=[stopping.Budget(100)]))

    assert frames[-2].evaluations < 100 <= frames[-1].evaluations < 130


def test_first_rule_that_applies_is_named() -> None:
    rules = (stopping.Target(0.1), stopping.Divergence(1e3), stopping.NotANumber())

    assert stopped(fl.Adam(0.1), *rules)[-1].stopped.rule == rules[0]  # type: ignore[union-attr]
    assert stopped(fl.GradientDescent(0.6), *rules)[-1].stopped.rule == rules[1]  # type: ignore[union-attr]


def test_start_can_be_the_end() -> None:
    (only,) = stopped(fl.Adam(), stopping.SlopeNorm(), start=(0.0, 0.0))

    assert only.step == 0
    assert only.stopped is not None


def test_infinity_has_left_all_bounds_and_nan_is_no_number() -> None:
    last = stopped(fl.GradientDescent(0.6), stopping.Divergence(1e307))[-1]
    assert last.stopped is not None
    assert last.stopped.reason.endswith("is beyond 1e+307")

    last = stopped(fl.GradientDescent(1.0), stopping.NotANumber(), f=Root(), start=(1.0,))[-1]
    assert last.stopped is not None
    assert last.stopped.reason == "the value is no longer a number"


class Root:
    """√x + 1, whose slope leads beyond 0, where it is no number."""

    def __call__(self, x: Any) -> float:
        return float(np.sqrt(x[0]))

    def gradient(self, x: Any) -> Any:
        return 0.5 / np.sqrt(x) + 1.0


def test_rules_leave_the_frames_alone() -> None:
    with_rules = stopped(fl.Adam(0.1), stopping.Target(1e-2))
    without = islice(fl.descend(BOWL, (1.0, 1.0), fl.Adam(0.1), fl.exact), len(with_rules))

    assert [(frame.step, frame.x.tolist(), frame.value) for frame in with_rules] == [
        (frame.step, frame.x.tolist(), frame.value) for frame in without
    ]


def test_rule_is_anything_with_a_reason() -> None:
    class AfterLunch:
        def reason(self, frame: fl.Frame, before: fl.Frame | None) -> str:
            return "it is time" if frame.step == 12 else ""

    last = stopped(fl.Adam(), AfterLunch())[-1]

    assert (last.step, last.stopped and last.stopped.reason) == (12, "it is time")
