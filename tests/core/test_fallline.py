"""The package as a whole."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import fallline as fl

NEW_MODULES = """
import sys
import numpy
before = set(sys.modules)
import fallline
print(*set(sys.modules) - before)
for name in fallline.__all__:
    getattr(fallline, name)
print(*set(sys.modules) - before)
"""


def test_import_pulls_in_numpy_alone() -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(fl.__file__).parents[1])}

    ran = subprocess.run(
        [sys.executable, "-c", NEW_MODULES], env=environment, check=True, capture_output=True, text=True
    )

    at_once, in_all = (set(line.split()) for line in ran.stdout.splitlines())
    others = {name.partition(".")[0] for name in in_all} - sys.stdlib_module_names
    # What NumPy itself is compiled with comes under its own name.
    assert {name for name in others if "cython" not in name} <= {"fallline", "numpy"}
    assert "fallline" in others
    # NumPy loads its slow parts when they are first used, and that should not be here.
    assert not at_once & {"numpy.fft", "numpy.polynomial", "numpy.random"}


def test_every_public_name_is_there_and_explains_itself() -> None:
    for name in fl.__all__:
        assert getattr(fl, name).__doc__, name


def test_public_names_are_in_order_so_that_one_is_found() -> None:
    assert fl.__all__ == sorted(fl.__all__)


def test_type_checkers_see_the_same_names_in_the_same_places() -> None:
    stub = Path(fl.__file__).with_suffix(".pyi")
    imports = [
        node
        for node in ast.walk(ast.parse(stub.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    ]

    seen = {alias.asname: node.module for node in imports for alias in node.names}

    homes = {**fl._HOMES, **{name: module.rpartition(".")[0] for name, module in fl._WHOLE.items()}}
    assert seen == {name: f"fallline.{home}".rstrip(".") for name, home in homes.items()}


def test_name_that_is_not_there_is_refused_as_python_does() -> None:
    with pytest.raises(AttributeError, match="no attribute 'grad'"):
        getattr(fl, "grad")  # noqa: B009


def test_names_are_offered_before_they_are_imported() -> None:
    assert set(fl.__all__) <= set(dir(fl))
