from typing import Any

import pytest

import fallline as fl

EACH = [
    fl.schedules.Constant(),
    fl.schedules.StepDecay(),
    fl.schedules.Exponential(),
    fl.schedules.Cosine(),
    fl.schedules.WarmUp(),
    fl.schedules.OneCycle(),
    fl.schedules.Cyclic(),
]


@pytest.mark.parametrize("schedule", EACH, ids=lambda schedule: type(schedule).__name__)
def test_rate_is_never_above_the_one_that_is_set_nor_below_0(schedule: Any) -> None:
    factors = [schedule(step) for step in range(1000)]

    assert 0.0 <= min(factors) <= max(factors) <= 1.0
    assert max(factors) > 0.99


@pytest.mark.parametrize(
    ("schedule", "end"), [(fl.schedules.Cosine(steps=20, floor=0.1), 0.1), (fl.schedules.OneCycle(20), 4e-6)]
)
def test_schedule_stays_where_it_ends(schedule: Any, end: float) -> None:
    assert [schedule(step) for step in (20, 21, 10_000)] == pytest.approx([end] * 3)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_shortest_cycles_are_defined(steps: int) -> None:
    for schedule in (
        fl.schedules.OneCycle(steps),
        fl.schedules.Cosine(steps),
        fl.schedules.Cyclic(steps, steps),
    ):
        assert all(0.0 <= schedule(step) <= 1.0 for step in range(10))
