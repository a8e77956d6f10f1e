"""What the tests of all differences are run over, and how they see where a function is called."""

from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline.differences import stencil
from fallline.differences.methods import METHODS
from fallline.differences.schemes import SCHEMES

ONE_SIDED = stencil((0, 1, 2), "one-sided")

each_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
each_scheme = pytest.mark.parametrize("scheme", [*SCHEMES, ONE_SIDED], ids=lambda scheme: scheme.name)
together_or_not = pytest.mark.parametrize("vectorized", [False, True])


def total_of_sines(x: Any) -> Any:
    return np.sin(x).sum(axis=0)


def counted(f: Any, calls: list[Any]) -> Any:
    """Let a function note where it is called."""

    def noting(x: Any) -> Any:
        calls.append(x.tolist())
        return f(x)

    return noting


def recorded_points(scheme: fl.Scheme, x: Any, step: Any = None) -> list[Any]:
    points = []

    def f(point: Any) -> float:
        points.append(point)
        return 0.0

    fl.gradient(f, x, scheme, step)
    return points
