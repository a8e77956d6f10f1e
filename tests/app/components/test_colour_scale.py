from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallline_app.components.colour_scale import (
    DECADES,
    HIGHEST,
    MARKS,
    NO_NUMBER,
    ColourScale,
    balanced_scale,
    even_scale,
    ratio_scale,
)

numbers = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=9)


@given(numbers)
def test_even_scale_reaches_from_least_to_greatest(values: list[float]) -> None:
    scale = even_scale([*values, np.nan, np.inf])

    assert scale.low <= min(values) <= max(values) <= scale.high
    assert scale.low < scale.high


@given(numbers)
def test_balanced_scale_has_zero_in_its_middle(values: list[float]) -> None:
    scale = balanced_scale(values)

    assert scale.shares(0.0) == pytest.approx(0.5)
    assert scale.high >= max(map(abs, values))


@given(st.lists(st.floats(1e-9, 1e2), min_size=1, max_size=9))
def test_number_read_off_a_rank_is_the_value(values: list[float]) -> None:
    for scale in (even_scale(values), ratio_scale(values)):
        share = scale.ranks(values) / HIGHEST
        read = (
            scale.low * (scale.high / scale.low) ** share
            if scale.by_ratio
            else scale.low + (scale.high - scale.low) * share
        )

        # What `rank_reading.js` does, on three digits by ratio.
        tolerance = 5e-4 * np.array(values) if scale.by_ratio else (scale.high - scale.low) / HIGHEST
        assert (np.abs(read - values) <= tolerance).all()


def test_no_number_has_a_rank_of_its_own_and_what_is_beyond_has_the_last() -> None:
    ranks = ColourScale(0.0, 1.0).ranks([np.nan, -np.inf, -1.0, 0.0, 1.0, 2.0, np.inf])

    assert ranks.tolist() == [NO_NUMBER, 0, 0, 0, HIGHEST, HIGHEST, HIGHEST]


def test_zero_and_less_have_the_low_end_of_a_scale_by_ratio() -> None:
    scale = ratio_scale([0.0, -1.0, 1e-3, 0.5])

    assert (scale.low, scale.high) == (1e-3, 1.0)
    assert scale.ranks([0.0, -1.0, np.nan]).tolist() == [0, 0, NO_NUMBER]


def test_scale_by_ratio_has_no_more_decades_than_can_be_told() -> None:
    scale = ratio_scale([1e-300, 1.0])

    assert scale.low == pytest.approx(10.0**-DECADES)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_marks_are_a_few_rising_numbers_on_the_scale(low: float, extent: float) -> None:
    places = [share for share, _ in ColourScale(low, low + extent).marks()]

    assert 1 <= len(places) <= MARKS + 1
    assert places == sorted(places)
    assert 0.0 <= places[0] <= places[-1] <= 1.0


def test_marks_by_ratio_are_powers_of_ten() -> None:
    places, written = zip(*ColourScale(1e-8, 1.0, by_ratio=True).marks(), strict=True)

    assert written == ("10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01", "1")
    assert places == pytest.approx((0.0, 0.25, 0.5, 0.75, 1.0))


@pytest.mark.parametrize("scale", [even_scale, balanced_scale, ratio_scale])
def test_scale_of_nothing_is_a_scale(scale: object) -> None:
    made = scale([np.nan])  # type: ignore[operator]

    assert made.low < made.high
    assert made.marks()
