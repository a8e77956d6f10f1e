"""What the visitor's code may change of Python itself, and must not change for later answers."""

from __future__ import annotations

import sys
import warnings
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def contained() -> Iterator[None]:
    """Put back what a slip can change, and let nothing be printed, which would go to the browser's console.

    That is how NumPy treats floating-point errors and prints arrays, what becomes of warnings, how deep calls may go,
    and what watches each line. Whoever means to break Python can, in their own browser; they begin it anew.
    """
    limit, trace = sys.getrecursionlimit(), sys.gettrace()
    nowhere = redirect_stdout(None), redirect_stderr(None)
    try:
        with np.errstate(), np.printoptions(), warnings.catch_warnings(), nowhere[0], nowhere[1]:
            yield
    finally:
        sys.setrecursionlimit(limit)
        sys.settrace(trace)
