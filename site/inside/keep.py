"""Makes an interpreter worth keeping: every demo open, what visitors may import, and little besides.

Runs inside Pyodide, just before its memory is written down.
"""

import gc
import importlib
import json
import linecache
import pkgutil
import re
import sys

import __main__

# Needed while the app is imported, and by no page afterwards.
PASSING = ("ctypes", "doctest", "email", "pdb", "pydoc", "tempfile", "unittest", "yaml")
# An image has no files: what is not imported here can never be. These are what NumPy imports when it is first asked for,
# and what the Python that visitors write is likely to import.
OF_NUMPY = (
    "char",
    "fft",
    "lib.recfunctions",
    "linalg",
    "ma",
    "polynomial",
    "random",
    "rec",
    "strings",
    "testing",
)
STANDARD = (
    *("abc", "array", "bisect", "calendar", "cmath", "collections", "contextlib", "copy", "csv"),
    *("dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "gc", "hashlib"),
    *("heapq", "inspect", "io", "itertools", "json", "keyword", "logging", "math", "numbers"),
    *("operator", "os", "pathlib", "pickle", "pprint", "queue", "random", "re", "statistics"),
    *("string", "struct", "sys", "textwrap", "time", "timeit", "traceback", "types", "typing"),
    *("urllib.parse", "uuid", "warnings", "weakref", "zipfile"),
)


def open_all() -> str:
    """Open every demo, to be found as `documents` in `__main__`; return what they show, as JSON."""
    from fallline_app import starting

    # Collecting all the while keeps the memory from growing to hold what imports leave behind.
    counter = starting.count_imports(lambda _: gc.collect())
    from fallline_app import catalogue
    from fallline_app.live import LiveDocument

    __main__.documents, shown, stills = {}, [], {}
    for demo in catalogue.DEMOS:
        __main__.documents[demo.name] = document = LiveDocument(demo.name)
        # Whatever an answer imports has to be there.
        document.rehearse()
        shown.append(f"{json.dumps(demo.name)}:{document.to_json()}")
        stills[demo.name] = document.to_still()
        # Before the next is opened, which takes its place.
        document.forget_defaults()
        gc.collect()
    imports = starting.stop_counting(counter)
    for name in (*(f"numpy.{name}" for name in OF_NUMPY), *STANDARD, *_modules_of("fallline")):
        importlib.import_module(name)
    rest = json.dumps({"demos": json.loads(catalogue.describe()), "stills": stills, "imports": imports})
    return f'{rest[:-1]}, "documents": {{{",".join(shown)}}}}}'


def _modules_of(package: str) -> list[str]:
    path = importlib.import_module(package).__path__
    return [found.name for found in pkgutil.walk_packages(path, f"{package}.")]


def settle() -> None:
    """Let go of caches, help texts and passing modules."""
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
