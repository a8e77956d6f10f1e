from __future__ import annotations

from dataclasses import replace

import pytest
from tests.bench.browser import Load
from tests.bench.results import (
    PROMISES,
    PROMISES_WHEN_SLOW,
    Promise,
    difference,
    medians,
    missed,
    promises_table,
    ratio,
    times_table,
)

NONE = Load(paint=None, shown=None, playable=None, live=None, memory=2**20)
RESULTS = {
    "image": replace(NONE, paint=100.0, shown=500.0, playable=580.0, live=1000.0, bytes=2**21),
    "plain": replace(NONE, live=8000.0),
    "bare": replace(NONE, shown=400.0),
}


def test_the_median_is_the_one_in_the_middle_and_not_the_mean() -> None:
    loads = [replace(NONE, live=live) for live in (3.0, 100.0, 1.0)]

    assert medians(loads).live == 3.0


def test_a_mark_that_is_missing_once_has_no_median() -> None:
    loads = [replace(NONE, shown=1.0), NONE]

    assert medians(loads).shown is None


def test_a_ratio_divides_the_first_by_the_second() -> None:
    assert ratio("plain.live", "image.live")(RESULTS) == 8.0


def test_a_difference_subtracts_the_second() -> None:
    assert difference("image.playable", "image.shown")(RESULTS) == 80.0


@pytest.mark.parametrize("name", ["bare.live", "folder.live"])
def test_what_was_not_measured_has_no_ratio(name: str) -> None:
    assert ratio(name, "image.live")(RESULTS) is None


@pytest.mark.parametrize(
    ("at_least", "value", "kept"), [(True, 7.9, False), (True, 8.0, True), (False, 8.1, False)]
)
def test_a_promise_is_kept_on_its_side_of_the_limit(at_least: bool, value: float, kept: bool) -> None:
    promise = Promise("", ratio("plain.live", "image.live"), limit=8, at_least=at_least)

    assert promise.kept(value) is kept


def test_the_table_says_which_promises_are_kept() -> None:
    lines = promises_table(PROMISES, RESULTS).splitlines()

    assert [line.split("  ")[-1].strip() for line in lines[1:]] == [
        "reached",
        "reached",
        "reached",
        "reached",
        "reached",
        "not measured",
        "not measured",
        "not measured",
    ]


def test_what_was_measured_and_not_kept_is_missed_and_nothing_else() -> None:
    late = {**RESULTS, "image": replace(RESULTS["image"], playable=700.0)}

    assert missed(PROMISES, RESULTS) == []
    assert missed(PROMISES, late) == ["playable, after shown"]


def test_a_slow_line_is_promised_that_the_page_plays_long_before_python_is_live() -> None:
    late = {"image": replace(RESULTS["image"], playable=251.0)}

    assert missed(PROMISES_WHEN_SLOW, late) == ["playable, of live"]


def test_times_are_in_milliseconds_and_sizes_in_mebibytes() -> None:
    assert times_table(RESULTS).splitlines()[1].split() == [
        "image",
        "100",
        "500",
        "580",
        "1000",
        "2.0",
        "1.0",
    ]
