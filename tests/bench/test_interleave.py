from __future__ import annotations

from tests.bench.interleave import ratios, seconds


def test_tasks_take_their_turns_within_each_round() -> None:
    order: list[str] = []

    seconds({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, rounds=3, least=0.0)

    assert order[-6:] == ["a", "b"] * 3


def test_ratio_is_the_median_of_the_rounds() -> None:
    taken = {"ours": [1.0, 9.0, 4.0], "peer": [1.0, 3.0, 2.0]}

    assert ratios(taken, "peer") == {"ours": 2.0, "peer": 1.0}
