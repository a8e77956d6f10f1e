from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fallline_app.bitmaps import (
    LEAST_INK,
    MOST_INK,
    SIDE,
    Bitmap,
    counted,
    fitted,
    from_text,
    to_text,
    upright,
)


def block(top: int, left: int, height: int, width: int) -> Bitmap:
    bitmap = np.zeros((SIDE, SIDE), np.uint8)
    bitmap[top : top + height, left : left + width] = 1
    return bitmap


@given(arrays(np.uint8, (SIDE, SIDE), elements=st.integers(0, 1)))
def test_drawing_comes_back_from_its_text(bitmap: Bitmap) -> None:
    np.testing.assert_array_equal(from_text(to_text(bitmap)), bitmap)


def test_text_is_that_of_the_bits_in_base64_for_addresses() -> None:
    # 0b111110 is 62, 0b111111 is 63 (RFC 4648, table 2).
    bitmap = np.zeros((SIDE, SIDE), np.uint8)
    bitmap[0, :12] = [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]

    assert to_text(bitmap) == "-_"
    assert not from_text("").any()


@pytest.mark.parametrize("text", ["§", "A" * 172, "a b", "<b>", "+/", "AA=="])
def test_what_is_no_drawing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a drawing is up to 171 letters"):
        from_text(text)


def test_ink_is_counted_in_blocks_of_four_by_four() -> None:
    counts = counted(block(2, 4, 4, 6))

    expected = np.zeros((8, 8))
    expected[0, 1:3] = [8.0, 4.0]
    expected[1, 1:3] = [8.0, 4.0]
    np.testing.assert_array_equal(counts, expected)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(1, 12), st.integers(1, 12))
def test_fitted_drawing_is_as_high_as_the_frame_and_in_its_middle(
    top: int, left: int, height: int, width: int
) -> None:
    made = fitted(block(top, left, height, width))

    columns = np.flatnonzero(made.any(axis=0))
    assert np.count_nonzero(made.sum(axis=1)) >= SIDE - 2
    assert abs(columns[0] - (SIDE - 1 - columns[-1])) <= 1


def test_strokes_are_made_as_wide_as_those_of_the_data() -> None:
    outline = np.zeros((SIDE, SIDE), np.uint8)
    outline[4:20, [6, 15]] = 1
    outline[[4, 19], 6:16] = 1
    black = block(0, 0, SIDE, SIDE)

    assert outline.mean() < LEAST_INK <= fitted(outline).mean() <= MOST_INK
    # Unthinned it would take 20 of 32 columns.
    assert fitted(black).mean() < 0.75 * 20 / 32


@pytest.mark.parametrize("slant", [-0.3, 0.0, 0.3])
def test_leaning_bar_is_set_upright(slant: float) -> None:
    bar = np.zeros((SIDE, SIDE), np.uint8)
    for row in range(SIDE):
        left = round(14 + slant * (15.5 - row))
        bar[row, left : left + 4] = 1

    made = upright(bar)

    lefts = made.argmax(axis=1)
    np.testing.assert_array_equal(made.sum(axis=1), 4)
    assert np.ptp(lefts) <= 1
    assert lefts[SIDE // 2] == bar[SIDE // 2].argmax()


def test_what_would_lean_out_of_the_frame_is_cut_off() -> None:
    corner = block(0, 0, SIDE, 1)
    corner[SIDE - 3 :, 0], corner[SIDE - 3 :, SIDE - 1] = 0, 1

    made = upright(corner)

    assert made.shape == (SIDE, SIDE)
    assert 0 < made.sum() < SIDE


def test_empty_drawing_stays_one() -> None:
    assert not upright(np.zeros((SIDE, SIDE), np.uint8)).any()
    assert not fitted(np.zeros((SIDE, SIDE), np.uint8)).any()
