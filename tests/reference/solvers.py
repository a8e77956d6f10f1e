"""What solvers return, and the formulas that they approach: roots and integrals."""

from __future__ import annotations

from math import cos, exp
from typing import Any

import autograd.numpy as anp  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray
from scipy import integrate  # type: ignore[import-untyped]
from tests.reference.problems import Columns

Array = NDArray[np.float64]


def root(x: Any) -> Any:
    """Return t with t³ + t = x₀ x₁, by Cardano's formula."""
    half_p = 0.5 * x[0] * x[1]
    inner = anp.sqrt(half_p**2 + 1.0 / 27.0)
    return (half_p + inner) ** (1.0 / 3.0) - (inner - half_p) ** (1.0 / 3.0)


def by_bisection(x: Array) -> float:
    low, high, target = -10.0, 10.0, x[0] * x[1]
    while high - low > 1e-8:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if middle**3 + middle < target else (low, middle)
    return 0.5 * (low + high)


def by_newton(x: Array) -> float:
    t, move, target = 1.0, 1.0, x[0] * x[1]
    while abs(move) > 1e-8:
        move = (t**3 + t - target) / (3 * t**2 + 1.0)
        t -= move
    return t


def bell(x: Any) -> Any:
    """Return ∫₀¹ exp(-a t²) cos(b t) dt by Gauss–Legendre."""
    nodes, weights = np.polynomial.legendre.leggauss(40)
    t, w = 0.5 * (nodes + 1.0)[:, None], 0.5 * weights[:, None]
    return anp.sum(w * anp.exp(-x[0] * t**2) * anp.cos(x[1] * t), axis=0)


def by_quad(x: Array) -> float:
    return float(integrate.quad(lambda t: exp(-x[0] * t * t) * cos(x[1] * t), 0.0, 1.0)[0])


def by_trapezium(f: Columns) -> Columns:
    t = np.linspace(0.0, 1.0, 2001)[:, None]
    return lambda x: integrate.simpson(np.exp(-x[0] * t**2) * np.cos(x[1] * t), x=t[:, 0], axis=0)
