from __future__ import annotations

import pytest

from fallline_app.components.listings import listing
from fallline_app.components.running import run


def test_output_is_what_was_printed() -> None:
    assert run("print(1 + 1)\nprint('two')") == ("2\ntwo\n", False)


@pytest.mark.parametrize(
    ("code", "line", "says"),
    [
        ("a = 1\nb = a / 0", "line 2: b = a / 0", "ZeroDivisionError: division by zero"),
        ("def f():\n    return g\n\nf()", "line 2: return g", "NameError: name 'g' is not defined"),
        ("for i in\n    pass", "line 1: for i in", "SyntaxError"),
        ("import numpy as np\nnp.zeros(2) + np.zeros(3)", "line 2: np.zeros(2) + np.zeros(3)", "ValueError"),
    ],
)
def test_error_points_at_the_line_and_says_what_is_wrong(code: str, line: str, says: str) -> None:
    output = run(code)

    assert output.failed
    assert line in output.text
    assert says in output.text


def test_what_was_printed_before_the_error_is_kept() -> None:
    assert run("print('before')\n1 / 0").text.startswith("before\n")


def test_runs_know_nothing_of_each_other() -> None:
    run("left_behind = 1")

    assert run("print(left_behind)").failed


def test_listing_has_run_once_and_runs_again_when_asked() -> None:
    made = listing("Title", "import random\nprint(random.random())", "Note.")
    first = made.output

    made.runs += 1

    assert first
    assert made.output != first
