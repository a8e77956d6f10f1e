"""Runs a piece of Python and returns what a terminal would have shown of it."""

from __future__ import annotations

import io
import traceback
from contextlib import redirect_stdout
from typing import Any, NamedTuple

FILE = "<page>"


class Output(NamedTuple):
    """What was printed, the error in the last lines where there was one, and whether there was."""

    text: str
    failed: bool


def run(code: str) -> Output:
    """Run `code` in a namespace of its own; whatever it raises is part of the output."""
    printed = io.StringIO()
    namespace: dict[str, Any] = {"__name__": "__main__"}
    try:
        with redirect_stdout(printed):
            exec(compile(code, FILE, "exec", dont_inherit=True), namespace)  # noqa: S102 (that is what it is for)
    except BaseException as error:  # noqa: BLE001 (whatever it is, it is shown)
        return Output(printed.getvalue() + explain(error, code), failed=True)
    return Output(printed.getvalue(), failed=False)


def explain(error: BaseException, code: str) -> str:
    """Say in which line of `code` an error came, and what it was."""
    what = f"{type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else error}"
    number = line_of(error)
    if number is None:
        return what
    line = code.splitlines()[number - 1].strip() if number <= code.count("\n") + 1 else ""
    return f"line {number}: {line}\n{what}"


def line_of(error: BaseException) -> int | None:
    """Return the number of the last line of the code that was at work when an error came."""
    if isinstance(error, SyntaxError) and error.filename == FILE:
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    return lines[-1] if lines else None
