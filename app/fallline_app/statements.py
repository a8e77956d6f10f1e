"""Functions as people type them in several lines: the body of a Python function, with NumPy at hand."""

from __future__ import annotations

import builtins
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from fallline_app.expressions import LONGEST, own_numpy
from fallline_app.words import said

if TYPE_CHECKING:
    from collections.abc import Callable

FILE, INDENT = "<your lines>", "    "


def definition(text: str, name: str, *variables: str) -> str:
    """Return the Python of a function whose body is `text`; one expression alone is what it returns."""
    lines = text.replace("\r\n", "\n").strip("\n").rstrip().split("\n")
    if len(lines) == 1 and _is_expression(lines[0].strip()):
        lines = [f"return {lines[0].strip()}"]
    return "\n".join([f"def {name}({', '.join(variables)}):", *(INDENT + line for line in lines)]) + "\n"


def compile_statements(text: str, *variables: str) -> Callable[..., Any]:
    """Return the function of these variables whose body is `text`.

    What it raises is raised as a ValueError that names the line.

    Raises
    ------
    ValueError
        If `text` is no body of a function; the message says in which line and why.
    """
    if not text.strip():
        raise ValueError(f"type what follows from {' and '.join(variables)}, and return one number")
    if len(text) > LONGEST:
        raise ValueError(f"at most {LONGEST} characters, please; this has {len(text)}")
    known: dict[str, Any] = {"__builtins__": dict(vars(builtins)), "np": own_numpy()}
    try:
        module = compile(definition(text, "function", *variables), FILE, "exec", dont_inherit=True)
    except SyntaxError as error:
        line = f"line {max((error.lineno or 1) - 1, 1)}: " if "\n" in text.strip() else ""
        raise ValueError(f"{line}this is no Python: {error.msg}") from None
    except (ValueError, MemoryError, RecursionError) as error:
        raise ValueError(f"this is no Python: {error}") from None
    (code,) = (part for part in module.co_consts if isinstance(part, CodeType))

    def function(*values: Any) -> Any:
        try:
            # With names of its own each time: what one call leaves behind would change the next.
            return FunctionType(code, dict(known))(*values)
        # Whatever the visitor's lines raise, it is said.
        except BaseException as error:  # noqa: BLE001
            raise ValueError(f"{_place(error)}{said(error)}") from None

    return function


def _is_expression(line: str) -> bool:
    try:
        compile(line, FILE, "eval", dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True


def _place(error: BaseException) -> str:
    """Say which of the visitor's lines an error comes from: the last of them that was under way."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno - 1
        trace = trace.tb_next
    return f"line {line}: " if line else ""
