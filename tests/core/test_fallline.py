"""The package as a whole."""

import ast
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import fallline as fl

NEW_MODULES = """
import sys
import numpy
before = set(sys.modules)
import fallline as fl
alone = set(sys.modules) - before
for name in fl.__all__:
    getattr(fl, name)
print(*alone, "|", *set(sys.modules) - before)
"""


def test_import_pulls_in_numpy_alone() -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(fl.__file__).parents[1])}

    ran = subprocess.run(
        [sys.executable, "-c", NEW_MODULES], env=environment, check=True, capture_output=True, text=True
    )

    alone, new = (set(part.split()) for part in ran.stdout.split("|"))
    assert alone - sys.stdlib_module_names == {"fallline"}
    assert {name.partition(".")[0] for name in new} - sys.stdlib_module_names == {"fallline", "numpy"}
    # NumPy loads its slow parts when they are first used, and that should not be here.
    assert not new & {"numpy.fft", "numpy.polynomial", "numpy.random"}


def test_every_public_name_is_there_and_explains_itself() -> None:
    for name in fl.__all__:
        assert getattr(fl, name).__doc__, name


def test_public_names_are_in_order_so_that_one_is_found() -> None:
    assert fl.__all__ == sorted(fl.__all__)


def test_type_checkers_and_python_find_the_same_names() -> None:
    source = ast.parse(Path(fl.__file__).read_text(encoding="utf-8"))
    checked = next(node for node in source.body if isinstance(node, ast.If))
    imported = {
        alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(checked)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert sorted(imported) == fl.__all__ == dir(fl)
    for name, place in imported.items():
        module, _, own = place.rpartition(".")
        assert getattr(import_module(module), own) is getattr(fl, name), name


def test_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'fallline' has no attribute 'Adan'"):
        getattr(fl, "Adan")  # noqa: B009
