"""The package as a whole."""

import os
import subprocess
import sys
from pathlib import Path

import fallline as fl

NEW_MODULES = """
import sys
import numpy
before = set(sys.modules)
import fallline
print(*set(sys.modules) - before)
"""


def test_import_pulls_in_numpy_alone() -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(fl.__file__).parents[1])}

    ran = subprocess.run(
        [sys.executable, "-c", NEW_MODULES], env=environment, check=True, capture_output=True, text=True
    )

    new = set(ran.stdout.split())
    assert {name.partition(".")[0] for name in new} - sys.stdlib_module_names == {"fallline", "numpy"}
    # NumPy loads its slow parts when they are first used, and that should not be here.
    assert not new & {"numpy.fft", "numpy.polynomial", "numpy.random"}


def test_every_public_name_is_there_and_explains_itself() -> None:
    for name in fl.__all__:
        assert getattr(fl, name).__doc__, name


def test_public_names_are_in_order_so_that_one_is_found() -> None:
    assert fl.__all__ == sorted(fl.__all__)
