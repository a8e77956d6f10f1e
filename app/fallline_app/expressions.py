"""Functions as people type them: a Python expression of one variable, with NumPy at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 2000


def compile_expression(text: str, variable: str = "x") -> Callable[[Any], Any]:
    """Return the function that an expression writes.

    Raises
    ------
    ValueError
        If `text` is no expression; the message says where and why.
    """
    if not text.strip():
        raise ValueError(f"type a function of {variable}, such as np.sin({variable})")
    if len(text) > LONGEST:
        raise ValueError(f"a function of at most {LONGEST} characters, please; this has {len(text)}")
    try:
        code = compile(text.strip(), "<function>", "eval", dont_inherit=True)
    except SyntaxError as error:
        place = f" at character {error.offset}" if error.offset else ""
        raise ValueError(f"this is no Python expression{place}: {error.msg}") from None
    except (ValueError, MemoryError, RecursionError) as error:
        raise ValueError(f"this is no Python expression: {error}") from None

    def function(value: Any) -> Any:
        return eval(code, {"np": np, variable: value})

    return function
