"""Makes an interpreter worth keeping: every demo open, nothing in it that no page needs, and what is free is empty.

Runs inside Pyodide, just before its memory is written down.
"""

import __main__
import gc
import importlib
import json
import linecache
import re
import sys

# Needed while the app is imported, and by no page afterwards; an import brings them back.
PASSING = ("ctypes", "doctest", "email", "pdb", "pydoc", "tempfile", "unittest", "yaml")
# NumPy imports these when they are first asked for, and an image has no files to import them from.
ALL_OF_NUMPY = ("fft", "linalg", "ma", "polynomial", "random", "strings")
SMALL_BLOCKS = range(16, 513, 16)
BLOCKS_EACH = 2000


def open_all() -> str:
    """Open every demo, to be found as `documents` in `__main__`; return what they show, as JSON."""
    from fallline_app import starting

    counter = starting.count_imports(lambda _: None)
    from fallline_app import catalogue
    from fallline_app.live import open_all

    for name in ALL_OF_NUMPY:
        importlib.import_module(f"numpy.{name}")
    __main__.documents = open_all()
    imports = starting.stop_counting(counter)
    shown = {name: json.loads(document.to_json()) for name, document in __main__.documents.items()}
    return json.dumps({"demos": json.loads(catalogue.describe()), "documents": shown, "imports": imports})


def settle() -> None:
    """Let go of caches, help texts and passing modules, then empty the free blocks."""
    _forget_help()
    for name in list(sys.modules):
        if name.partition(".")[0] in PASSING:
            del sys.modules[name]
    linecache.clearcache()
    importlib.invalidate_caches()
    re.purge()
    for _ in range(3):
        gc.collect()
    sys._clear_internal_caches()
    _empty_small_blocks()


def _forget_help() -> None:
    """Drop the help texts of Bokeh's properties and Panel's parameters, which only a documentation reads."""
    for thing in gc.get_objects():
        home = str(type(thing).__module__)
        if home.startswith(("param", "panel")) and isinstance(getattr(thing, "doc", None), str):
            try:
                thing.doc = None
            except (AttributeError, TypeError):
                continue
        elif home.startswith("bokeh.core.property") and getattr(thing, "_help", None):
            thing._help = None


def _empty_small_blocks() -> None:
    """Take every free small block once and leave zeros in it."""
    kept = [[bytes(size - 33) for _ in range(BLOCKS_EACH)] for size in SMALL_BLOCKS if size > 33]
    del kept
