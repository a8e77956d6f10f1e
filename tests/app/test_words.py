from __future__ import annotations

import pytest

from fallline_app.words import LONGEST, power_of_ten, printed, said


@pytest.mark.parametrize(
    ("number", "text"), [(-1.23456e-7, "−1.23e−7"), (2e6, "2e6"), (-0.5, "−0.5"), (float("inf"), "inf")]
)
def test_numbers_are_printed_as_the_page_writes_them(number: float, text: str) -> None:
    assert printed(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.01, "0.01"),
        (0.0123, "0.012"),
        (1.0, "1"),
        (9000.0, "9000"),
        (1e-3, "10⁻³"),
        (2e-5, "2·10⁻⁵"),
        (1e4, "10⁴"),
        (9.6e-4, "10⁻³"),
    ],
)
def test_powers_of_ten_are_written_where_a_number_is_far_from_one(number: float, text: str) -> None:
    assert power_of_ten(number) == text


class MuteError(Exception):
    """An error that raises another when it is asked what it says."""

    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ValueError("no such thing"), "ValueError: no such thing"),
        (ValueError(), "ValueError"),
        (MuteError(), "MuteError"),
        (KeyError("x" * (LONGEST + 9)), f"KeyError: '{'x' * (LONGEST - 1)} …"),
    ],
    ids=["words", "no words", "another error", "too many words"],
)
def test_errors_are_named_and_say_what_they_can(error: BaseException, text: str) -> None:
    assert said(error) == text
