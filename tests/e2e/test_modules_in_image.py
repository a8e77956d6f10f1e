"""What Python from the image can import, though it has no files: NumPy, what our own sources ask for late, what visitors may."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.laboratory import Laboratory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.visitor import Visits

ROOT = Path(__file__).parents[2]
OURS = (ROOT / "core" / "fallline", ROOT / "app" / "fallline_app")
# C libraries and Fortran, which no page could load, and the old name of what is private.
NEVER = {"core", "ctypeslib", "f2py"}
# Processes and threads, of which a page can start none.
PARALLEL = {"concurrent.futures", "concurrent.futures.process", "multiprocessing"}
COMMON: tuple[str, ...] = (
    "csv",
    "dataclasses",
    "datetime",
    "decimal",
    "fractions",
    "itertools",
    "json",
    "math",
    "random",
)
COMMON += ("collections", "functools", "heapq", "re", "statistics", "string", "textwrap", "time", "typing")
MISSING_OF_NUMPY = """
import json
import numpy as np

def is_missing(name):
    try:
        getattr(np, name)
    except ImportError:
        return True
    return False

json.dumps([name for name in dir(np) if is_missing(name)])
"""
MISSING = """
import importlib, json

def is_missing(name):
    try:
        importlib.import_module(name)
    except ImportError:
        return True
    return False

json.dumps([name for name in {names} if is_missing(name)])
"""
VISITOR = """
import json, statistics
import numpy as np
import numpy.ma as ma
from fractions import Fraction
from numpy.polynomial import Polynomial

x = np.linspace(-1.0, 1.0, 21)
json.dumps({
    "fit": Polynomial.fit(x, 3 * x**2 - 2 * x + 1, deg=2).convert().coef.round(9).tolist(),
    "masked": float(ma.masked_greater([1.0, 2.0, 9.0], 5.0).mean()),
    "upper": np.char.upper(["gradient"]).tolist(),
    "record": np.rec.array([(1, 2.5)], dtype=[("step", int), ("value", float)]).value.tolist(),
    "mean": str(statistics.mean([Fraction(1, 3), Fraction(2, 3)])),
    "close": np.testing.assert_allclose([1.0], [1.0 + 1e-12]),
})
"""


@pytest.fixture(scope="module")
def laboratory(visits: Visits) -> Iterator[Laboratory]:
    with visits() as visitor:
        yield Laboratory(visitor.page, visitor.site)


def late_imports(folder: Path) -> Iterator[str]:
    """Name each module that a function of a package imports when it is called."""
    for path in folder.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for node in (inner for function in functions for inner in ast.walk(function)):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module


def missing(laboratory: Laboratory, names: list[str]) -> list[str]:
    found: list[str] = json.loads(laboratory.run("image", MISSING.format(names=names)))
    return found


def test_everything_that_numpy_names_is_there(laboratory: Laboratory) -> None:
    found = json.loads(laboratory.run("image", MISSING_OF_NUMPY))

    assert set(found) == NEVER


def test_everything_that_our_functions_import_is_there(laboratory: Laboratory) -> None:
    names = sorted({name for folder in OURS for name in late_imports(folder)})

    assert set(missing(laboratory, names)) <= PARALLEL


def test_common_modules_are_there_and_others_are_said_to_be_missing(laboratory: Laboratory) -> None:
    assert missing(laboratory, [*COMMON, "sqlite3"]) == ["sqlite3"]


@pytest.mark.parametrize("way", ["image", "archives"])
def test_code_of_visitors_computes_with_them(laboratory: Laboratory, way: str) -> None:
    answer = json.loads(laboratory.run(way, VISITOR))

    assert answer == {
        "fit": [1.0, -2.0, 3.0],
        "masked": 1.5,
        "upper": ["GRADIENT"],
        "record": [2.5],
        "mean": "1/2",
        "close": None,
    }
