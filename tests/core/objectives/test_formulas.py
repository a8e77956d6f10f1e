"""Values are those of the formulas as the papers print them, one number at a time."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy.optimize import (  # type: ignore[import-untyped]
    rosen,
    rosen_der,
    rosen_hess,
)
from tests.core.objectives.rows import ROWS, each, places

import fallline as fl
from fallline import objectives

PRINTED: dict[str, Callable[..., float]] = {
    "Square": lambda x: x**2,
    "Booth": lambda x, y: (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2,
    "Matyas": lambda x, y: 0.26 * (x**2 + y**2) - 0.48 * x * y,
    "Himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "Beale": lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
    "Monkey saddle": lambda x, y: x**3 - 3 * x * y**2,
    "Three-hump camel": lambda x, y: 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2,
    "Six-hump camel": lambda x, y: (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2,
    "Goldstein–Price": lambda x, y: (
        (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2))
        * (30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2))
    ),
    "McCormick": lambda x, y: math.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1,
    "Rastrigin": lambda *x: 10 * len(x) + sum(t**2 - 10 * math.cos(2 * math.pi * t) for t in x),
    "Ackley": lambda *x: (
        -20 * math.exp(-0.2 * math.sqrt(sum(t**2 for t in x) / len(x)))
        - math.exp(sum(math.cos(2 * math.pi * t) for t in x) / len(x))
        + 20
        + math.e
    ),
    "Griewank": lambda *x: (
        sum(t**2 for t in x) / 4000 - math.prod(math.cos(t / math.sqrt(i)) for i, t in enumerate(x, 1)) + 1
    ),
    "Styblinski–Tang": lambda *x: sum(t**4 - 16 * t**2 + 5 * t for t in x) / 2,
    "Easom": lambda x, y: -math.cos(x) * math.cos(y) * math.exp(-((x - math.pi) ** 2) - (y - math.pi) ** 2),
    "Plateau": lambda x, y: 1 - math.exp(-(x**2 + y**2) / 2),
    "Kinked valley": lambda x, y: 8 * abs(x**2 - y) + (1 - x) ** 2,
    "Rosenbrock": lambda *x: float(rosen(x)),
}


def printed_levy(*x: float) -> float:
    w = [1 + (t - 1) / 4 for t in x]
    chain = sum((t - 1) ** 2 * (1 + 10 * math.sin(math.pi * t + 1) ** 2) for t in w[:-1])
    end = (w[-1] - 1) ** 2 * (1 + math.sin(2 * math.pi * w[-1]) ** 2)
    return math.sin(math.pi * w[0]) ** 2 + chain + end


PRINTED["Levy"] = printed_levy


@each([row for row in ROWS if row.name.partition(" in ")[0] in PRINTED])
def test_value_is_that_of_the_printed_formula(objective: fl.Objective) -> None:
    points = places(objective, 50)
    printed = PRINTED[objective.name.partition(" in ")[0]]

    theirs = [printed(*map(float, x)) for x in points.T]

    np.testing.assert_allclose(objective(points), theirs, rtol=1e-12, atol=1e-12 * np.abs(theirs).max())


@pytest.mark.parametrize("n", [2, 3, 7])
def test_rosenbrock_in_n_dimensions_is_scipys(n: int) -> None:
    f = objectives.rosenbrock_n(n)

    for x in places(f, 5).T:
        assert f(x) == pytest.approx(rosen(x), rel=1e-14)
        np.testing.assert_allclose(f.gradient(x), rosen_der(x), rtol=1e-12, atol=1e-10)
        assert f.hessian
        np.testing.assert_allclose(f.hessian(x), rosen_hess(x), rtol=1e-14)
