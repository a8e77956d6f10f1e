from __future__ import annotations

import numpy as np
import pytest

from fallline_app.expressions import LONGEST, compile_expression


def test_expression_takes_numbers_arrays_and_complex_numbers() -> None:
    f = compile_expression(" np.sin(x) * x ")

    np.testing.assert_array_equal(f(np.array([0.0, 1.0])), [0.0, np.sin(1.0)])
    assert f(1j) == np.sin(1j) * 1j


def test_variable_has_the_name_that_is_given() -> None:
    assert compile_expression("param**2", "param")(3.0) == 9.0


def test_expression_of_two_variables_takes_both() -> None:
    assert compile_expression("x - 2 * y", "x", "y")(1.0, 3.0) == -5.0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "type a function of x"),
        ("   ", "type a function of x"),
        ("np.sin(x", "character 7: .* was never closed"),
        ("x +* 2", "character 4"),
        ("x = 2", "no Python expression"),
        ("import os", "no Python expression"),
        ("def f(x): return x", "no Python expression"),
        ("x\0", "no Python expression"),
        ("(" * 400 + "x" + ")" * 400, "no Python expression"),
        ("x" * (LONGEST + 1), f"at most {LONGEST}"),
    ],
)
def test_what_is_no_expression_is_refused_by_place_and_reason(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        compile_expression(text)
