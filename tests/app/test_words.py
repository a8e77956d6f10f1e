from __future__ import annotations

from fallline_app.words import printed


def test_numbers_are_printed_with_a_true_minus_sign() -> None:
    assert printed(-1.23456e-7) == "−1.23e−07"
