"""Functions as people type them: a Python expression of one variable or more, with NumPy at hand."""

from __future__ import annotations

import builtins
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from fallline_app.words import said

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
    known = {"__builtins__": dict(vars(builtins)), "np": own_numpy()}

    def function(*values: Any) -> Any:
        return eval(code, {**known, **dict(zip(names, map(_kept, values), strict=True))})

    return function


def refusal(error: BaseException) -> str:
    """Say why an expression gives no function, and what to write instead where people often write it so."""
    hint = "; np.where, np.maximum and np.minimum choose between arrays" if "ambiguous" in said(error) else ""
    return said(error) + hint


def own_numpy() -> ModuleType:
    """Return NumPy as a module of the expression's own: what it sets there, nobody else gets."""
    own = ModuleType("numpy", np.__doc__)
    vars(own).update(vars(np))
    return own


def _kept(value: Any) -> Any:
    """Return an array that cannot be written to; a function that changes its argument would change the run."""
    if isinstance(value, np.ndarray):
        value = value.view()
        value.flags.writeable = False
    return value
