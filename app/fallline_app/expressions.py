"""Functions as people type them: a Python expression of one variable or more, with NumPy at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 2000


def compile_expression(text: str, *variables: str) -> Callable[..., Any]:
    """Return the function that an expression of these variables writes; of x where none is named.

    Raises
    ------
    ValueError
        If `text` is no expression; the message says where and why.
    """
    names = variables or ("x",)
    if not text.strip():
        raise ValueError(f"type a function of {' and '.join(names)}, such as np.sin({names[0]})")
    if len(text) > LONGEST:
        raise ValueError(f"a function of at most {LONGEST} characters, please; this has {len(text)}")
    try:
        code = compile(text.strip(), "<function>", "eval", dont_inherit=True)
    except SyntaxError as error:
        place = f" at character {error.offset}" if error.offset else ""
        raise ValueError(f"this is no Python expression{place}: {error.msg}") from None
    except (ValueError, MemoryError, RecursionError) as error:
        raise ValueError(f"this is no Python expression: {error}") from None

    def function(*values: Any) -> Any:
        return eval(code, {"np": np, **dict(zip(names, values, strict=True))})

    return function
