from __future__ import annotations

import pytest

from fallline_app.components.still.ticks import linear_ticks, log_ticks, tick_labels

# What BokehJS 3.9.2 drew on these ranges.
LINEAR = [
    ((-6.0, 6.0), ["−6", "−4", "−2", "0", "2", "4", "6"]),
    ((0.0, 300.0), ["0", "50", "100", "150", "200", "250", "300"]),
]
LOG = [((2.5e-17, 2e3), ["1e−16", "1e−13", "1e−10", "1e−7", "1e−4", "1e−1", "1e+2"])]


@pytest.mark.parametrize(("ends", "labels"), LINEAR)
def test_even_ticks_are_those_of_bokehjs(ends: tuple[float, float], labels: list[str]) -> None:
    assert tick_labels(linear_ticks(*ends)) == labels


@pytest.mark.parametrize(("ends", "labels"), LOG)
def test_ticks_by_ratio_are_those_of_bokehjs(ends: tuple[float, float], labels: list[str]) -> None:
    assert tick_labels(log_ticks(*ends), precision=0) == labels


def test_ticks_by_ratio_are_even_within_two_decades() -> None:
    assert log_ticks(1.0, 40.0) == [5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0]


def test_small_numbers_are_written_as_powers_of_ten() -> None:
    assert tick_labels([0.0, 0.001]) == ["0.000e+0", "1.000e−3"]
