from itertools import islice
from typing import Any

import numpy as np
import pytest

import fallline as fl

START = (-1.2, 1.0)


def points(optimizer: Any, f: Any = fl.himmelblau, count: int = 40) -> Any:
    return np.array([frame.x for frame in islice(fl.descend(f, START, optimizer, fl.exact), count)])


EVERY = [
    fl.GradientDescent(0.001),
    fl.Adam(0.05),
    fl.RMSProp(0.01, centered=True),
    fl.Lion(0.01),
    fl.Rprop(),
    fl.ConjugateGradient(),
    fl.BFGS(),
    fl.LBFGS(),
    fl.Newton(),
    fl.BarzilaiBorwein(),
    fl.PolyakStep(),
    fl.SPSA(0.001),
]


@pytest.mark.parametrize("optimizer", EVERY, ids=lambda optimizer: type(optimizer).__name__)
@pytest.mark.parametrize(
    "wrap",
    [
        lambda o: fl.WeightDecay(o, weight_decay=0.0),
        lambda o: fl.WeightDecay(o, weight_decay=0.0, decoupled=False),
        lambda o: fl.ClipNorm(o, max_norm=1e9),
        lambda o: fl.ClipValue(o, max_value=1e9),
        lambda o: fl.Scheduled(o, fl.schedules.Constant()),
        lambda o: fl.Scheduled(fl.ClipNorm(fl.WeightDecay(o, 0.0), 1e9), fl.schedules.StepDecay(every=1000)),
    ],
    ids=["decay", "penalty", "norm", "value", "schedule", "all"],
)
def test_wrapper_that_has_nothing_to_do_changes_nothing(optimizer: Any, wrap: Any) -> None:
    assert points(wrap(optimizer)).tolist() == points(optimizer).tolist()


@pytest.mark.parametrize("optimizer", EVERY, ids=lambda optimizer: type(optimizer).__name__)
def test_penalty_is_a_descent_on_the_penalized_objective(optimizer: Any) -> None:
    def penalized(x: Any) -> Any:
        return fl.himmelblau(x) + 0.5 * 0.3 * (x @ x)

    def slope(f: Any, x: Any) -> Any:
        return fl.himmelblau.gradient(x) + 0.3 * x

    theirs = [frame.x for frame in islice(fl.descend(penalized, START, optimizer, slope), 12)]

    ours = points(fl.WeightDecay(optimizer, 0.3, decoupled=False), count=12)
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)


def test_decoupled_decay_of_adam_is_adamw() -> None:
    ours = points(fl.WeightDecay(fl.Adam(rate=0.05), weight_decay=0.2))

    np.testing.assert_allclose(ours, points(fl.AdamW(rate=0.05, weight_decay=0.2)), rtol=1e-12)


def test_decay_follows_the_scheduled_rate_however_the_two_are_stacked() -> None:
    schedule = fl.schedules.Cosine(steps=30)

    inside = points(fl.Scheduled(fl.WeightDecay(fl.Adam(0.05), 0.2), schedule))
    outside = points(fl.WeightDecay(fl.Scheduled(fl.Adam(0.05), schedule), 0.2))

    np.testing.assert_allclose(inside, outside, rtol=1e-12)


def test_schedule_may_end_at_a_rate_of_0() -> None:
    optimizer = fl.Scheduled(fl.GradientDescent(0.01), fl.schedules.Cosine(steps=5))

    frames = list(islice(fl.descend(fl.himmelblau, START, optimizer), 9))

    rates = [frame.rate for frame in frames[1:]]
    np.testing.assert_allclose(rates, [0.01 * fl.schedules.Cosine(steps=5)(step) for step in range(8)])
    assert frames[-1].x.tolist() == frames[6].x.tolist()


@pytest.mark.parametrize("scale", [1e-200, 1.0, 1e200])
def test_clipped_slope_keeps_its_direction_whatever_its_size(scale: float) -> None:
    optimizer = fl.ClipNorm(fl.GradientDescent(1.0), max_norm=scale)

    moved, _ = optimizer.step(np.zeros(2), scale * np.array([3.0, -4.0]), None)

    np.testing.assert_allclose(moved / scale, [-0.6, 0.8], rtol=1e-12)


def test_wrapped_searches_are_counted_as_any_other() -> None:
    plain = list(islice(fl.descend(fl.rosenbrock, START, fl.LBFGS(), fl.exact), 10))
    wrapped = list(islice(fl.descend(fl.rosenbrock, START, fl.ClipNorm(fl.LBFGS(), 1e9), fl.exact), 10))

    assert [frame.evaluations for frame in wrapped] == [frame.evaluations for frame in plain]
    assert plain[-1].evaluations >= 10
