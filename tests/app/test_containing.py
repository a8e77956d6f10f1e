from __future__ import annotations

import json
import sys
import warnings

import numpy as np
import pytest

from fallline_app.components.models import CodeSetting
from fallline_app.containing import contained
from fallline_app.expressions import compile_expression
from fallline_app.live import LiveDocument


def test_answer_leaves_python_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    limit, filters, errors = sys.getrecursionlimit(), list(warnings.filters), np.geterr()

    with contained():
        sys.setrecursionlimit(5000)
        warnings.simplefilter("error")
        np.seterr(all="raise")
        np.set_printoptions(precision=1)
        print("a lot")
        print("more", file=sys.stderr)

    assert (sys.getrecursionlimit(), list(warnings.filters), np.geterr()) == (limit, filters, errors)
    assert np.get_printoptions()["precision"] == 8
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "spoiling",
    [
        "setattr(np, 'sin', None) or x",
        "__builtins__.clear() or x",
        "globals().clear() or 3",
        "__builtins__.update(abs=None) or x",
    ],
)
def test_expression_spoils_its_own_names_alone(spoiling: str) -> None:
    compile_expression(spoiling)(1.0)

    assert compile_expression("np.sin(abs(x))")(-1.0) == np.sin(1.0)


def test_expression_cannot_write_into_its_argument() -> None:
    x = np.ones(3)

    with pytest.raises(ValueError, match="read-only"):
        compile_expression("np.add(x, 1, out=x)")(x)

    assert x.tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("demo", ["slope", "step-size"])
@pytest.mark.parametrize(
    "error",
    [
        "KeyboardInterrupt",
        "GeneratorExit",
        "SystemExit",
        "type('E', (BaseException,), {'__str__': lambda s: 1/0})",
    ],
)
def test_no_error_of_the_visitors_leaves_the_answer(demo: str, error: str) -> None:
    live = LiveDocument(demo)
    code = next(model for model in live._document.models if isinstance(model, CodeSetting))
    text = f"(_ for _ in ()).throw({error})"
    change = {"kind": "ModelChanged", "model": {"id": code.id}, "attr": "value", "new": text}

    answer = live.answer(json.dumps({"events": [change]}))

    assert answer.errors == []
    assert code.error
    assert code.value == text
