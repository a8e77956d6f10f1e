from __future__ import annotations

import numpy as np
import pytest

from fallline_app.expressions import LONGEST
from fallline_app.statements import compile_statements, definition

LOOP = """
# How often it halves.
count = 0
while a > b:
    a, count = a / 2, count + 1
return count + np.sqrt(4.0)
"""


def test_lines_are_the_body_of_a_function_with_numpy() -> None:
    assert compile_statements(LOOP, "a", "b")(8.0, 1.0) == 5.0


def test_one_expression_is_what_is_returned() -> None:
    assert compile_statements("  a - 2 * b ", "a", "b")(1.0, 3.0) == -5.0
    assert definition(" a - b ", "f", "a", "b") == "def f(a, b):\n    return a - b\n"


@pytest.mark.parametrize("text", [LOOP, "a - b", "if a > b:\r\n\treturn a\r\nreturn b"])
def test_definition_is_python_that_does_the_same(text: str) -> None:
    names: dict[str, object] = {"np": np}
    exec(definition(text, "f", "a", "b"), names)  # noqa: S102

    assert names["f"](3.5, 1.5) == compile_statements(text, "a", "b")(3.5, 1.5)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (" \n ", "type what follows from a and b"),
        ("x = (a\nreturn x", "line 1: this is no Python: .* was never closed"),
        ("x = a\nreturn x +* 2", "line 2: this is no Python: invalid syntax"),
        ("x = a\n  return x", "line 2: this is no Python: unexpected indent"),
        ("return a b", "^this is no Python"),
        ("a\0", "this is no Python"),
        ("x = 1\n" * LONGEST, f"at most {LONGEST}"),
    ],
)
def test_what_is_no_body_is_refused_by_line_and_reason(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        compile_statements(text, "a", "b")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = a\ny = x / (b - b)\nreturn y", "line 2: ZeroDivisionError"),
        ("def inner(t):\n    return t + nobody\n\nreturn inner(a)", "line 2: NameError.*nobody"),
        ("return np.linalg.inv(np.zeros((2, 2)))", "line 1: LinAlgError"),
        ("raise SystemExit(3)", "line 1: SystemExit"),
    ],
)
def test_what_is_raised_names_the_line(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        compile_statements(text, "a", "b")(1.0, 2.0)


def test_nothing_is_left_behind_for_the_next_call() -> None:
    f = compile_statements("global n\ntry:\n    n += 1\nexcept NameError:\n    n = 0\nreturn n", "a", "b")

    assert [f(1.0, 2.0) for _ in range(3)] == [0, 0, 0]
