"""What programs compute: single precision, noise, rounding, tables, solvers that stop at a tolerance, simulations.

With `classics.py` the third set, written without a look at how the automatic step works. Where a program only comes near
a formula, the exact gradient is the formula's: what its author wants to know.
"""

from __future__ import annotations

from collections.abc import Callable
from math import erfc
from typing import Any

import autograd.numpy as anp  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray
from scipy import interpolate  # type: ignore[import-untyped]
from tests.reference import solvers
from tests.reference.classics import ackley, hinge_loss, relu_network
from tests.reference.problems import (
    Columns,
    Problem,
    between,
    normal,
    rastrigin,
    rosenbrock,
    rounded,
    single,
    total,
)

Array = NDArray[np.float64]


def bowl(x: Any) -> Any:
    return anp.sum(x**2, axis=0)


def waves(x: Any) -> Any:
    return anp.sum(anp.sin(3.0 * x), axis=0)


def instead(program: Callable[[Array], float]) -> Callable[[Columns], Columns]:
    """Let f be computed by a program that takes one point."""
    return lambda f: lambda x: np.array([program(column) for column in np.asarray(x).T])


def jitter(amplitude: float, relative: bool = False, uniform: bool = False) -> Callable[[Columns], Columns]:
    """Add noise, or multiply by 1 + noise, new at each evaluation."""

    def seen(f: Columns) -> Columns:
        rng = np.random.default_rng(7)
        draw = (lambda size: rng.uniform(-1.0, 1.0, size)) if uniform else rng.standard_normal

        def noisy(x: Any) -> Any:
            value = f(x)
            return value + amplitude * draw(value.shape) * (value if relative else 1.0)

        return noisy

    return seen


def significant(digits: int) -> Callable[[Columns], Columns]:
    """Print the value and read it back."""
    return lambda f: lambda x: np.array([float(f"{value:.{digits}g}") for value in np.atleast_1d(f(x))])


def single_result(f: Columns) -> Columns:
    return lambda x: np.float32(f(x))


def half(f: Columns) -> Columns:
    return lambda x: f(np.asarray(x, np.float16).astype(np.float32)).astype(np.float16)


def single_steps(f: Columns) -> Columns:
    """Accumulate 1000 terms in single precision."""

    def seen(x: Any) -> Any:
        total_ = np.zeros(x.shape[1:], np.float32)
        for i in range(1000):
            total_ = total_ + np.float32(1e-3) * np.sin(
                np.float32(1.0 + i * 1e-3) * np.sum(x, axis=0).astype(np.float32)
            )
        return total_

    return seen


def sum_of_1000(x: Any) -> Any:
    return anp.sum(1e-3 * anp.sin((1.0 + np.arange(1000.0)[:, None] * 1e-3) * anp.sum(x, axis=0)), axis=0)


def lotka_volterra(x: Any) -> Any:
    """Return prey after 200 Runge–Kutta steps; x = prey, predators, four rates."""

    def flow(u: Any, v: Any) -> tuple[Any, Any]:
        return x[2] * u - x[3] * u * v, x[4] * u * v - x[5] * v

    u, v, h = x[0], x[1], 0.05
    for _ in range(200):
        a = flow(u, v)
        b = flow(u + h / 2 * a[0], v + h / 2 * a[1])
        c = flow(u + h / 2 * b[0], v + h / 2 * b[1])
        d = flow(u + h * c[0], v + h * c[1])
        u = u + h / 6 * (a[0] + 2 * b[0] + 2 * c[0] + d[0])
        v = v + h / 6 * (a[1] + 2 * b[1] + 2 * c[1] + d[1])
    return u


def lorenz(x: Any) -> Any:
    a, b, c = x[0], x[1], x[2]
    for _ in range(400):
        a, b, c = a + 0.01 * 10 * (b - a), b + 0.01 * (a * (28 - c) - b), c + 0.01 * (a * b - 8 / 3 * c)
    return a


def spectrum(x: Any) -> Any:
    """Return the power above a quarter of the sampling rate."""
    phases = np.outer(np.arange(x.shape[0]), np.arange(8, 17)) * 2 * np.pi / x.shape[0]
    return anp.sum(anp.dot(np.cos(phases).T, x) ** 2 + anp.dot(np.sin(phases).T, x) ** 2, axis=0)


def by_fft(f: Columns) -> Columns:
    return lambda x: np.sum(np.abs(np.fft.fft(x, axis=0)[8:17]) ** 2, axis=0)


KNOTS = np.linspace(-6.0, 6.0, 241)
CUBIC = interpolate.CubicSpline(KNOTS, np.sin(KNOTS))


def from_cubic(f: Columns) -> Columns:
    return lambda x: CUBIC(x).sum(axis=0)


def cubics(x: Any) -> Any:
    """Return the table's own polynomials, so that autograd finds their slopes."""
    i = np.searchsorted(KNOTS, getattr(x, "_value", x)) - 1
    t, c = x - KNOTS[i], CUBIC.c
    return anp.sum(((c[0][i] * t + c[1][i]) * t + c[2][i]) * t + c[3][i], axis=0)


def from_lines(f: Columns) -> Columns:
    return lambda x: np.interp(x, KNOTS, np.sin(KNOTS)).sum(axis=0)


def lines(x: Any) -> Any:
    """Return the table's own chords, so that autograd finds their slopes."""
    i = np.searchsorted(KNOTS, getattr(x, "_value", x)) - 1
    slope = (np.sin(KNOTS[i + 1]) - np.sin(KNOTS[i])) / (KNOTS[i + 1] - KNOTS[i])
    return anp.sum(np.sin(KNOTS[i]) + slope * (x - KNOTS[i]), axis=0)


def call_price(x: Any) -> Any:
    """Return the mean payoff of a call over 500 fixed paths; x = price, volatility."""
    paths = np.random.default_rng(5).standard_normal(500)[:, None]
    return anp.mean(anp.maximum(x[0] * anp.exp(x[1] * paths - 0.5 * x[1] ** 2) - 1.0, 0.0), axis=0)


def tail(x: Any) -> Any:
    from autograd.scipy.special import erfc as differentiable  # type: ignore[import-untyped]

    return differentiable(x[0])


def tail_by_math(x: Array) -> float:
    return erfc(float(x[0]))


PROBLEMS = (
    Problem("noise 1e-6, rosenbrock", 10, normal(), rosenbrock, jitter(1e-6)),
    Problem("noise 1e-3, uniform", 5, normal(), waves, jitter(1e-3, uniform=True)),
    Problem("noise 1e-12", 20, normal(), waves, jitter(1e-12)),
    Problem("noise 0.1", 2, normal(3.0), bowl, jitter(0.1)),
    Problem("relative noise 1e-3", 5, normal(), lambda x: 1.0 + bowl(x), jitter(1e-3, relative=True)),
    Problem("relative noise 1e-8", 100, normal(), bowl, jitter(1e-8, relative=True)),
    Problem(
        "relative noise 1e-5",
        3,
        normal(),
        lambda x: anp.exp(x[0]) * anp.cos(x[1]) + x[2],
        jitter(1e-5, relative=True),
    ),
    Problem("noise on kinks", 10, normal(), total(anp.abs), jitter(1e-5)),
    Problem("noise on fast waves", 3, normal(), total(lambda x: anp.sin(30.0 * x)), jitter(1e-6)),
    Problem("noise 1e-4 on relu network", 41, normal(0.7), relu_network, jitter(1e-4)),
    Problem("single rosenbrock 20", 20, between(-2.0, 2.0), rosenbrock, single),
    Problem("single sum of 100", 100, normal(), bowl, single),
    Problem("single waves", 5, normal(), waves, single),
    Problem("single hinge 200", 200, normal(0.1), hinge_loss, single),
    Problem("single relu network", 41, normal(0.7), relu_network, single),
    Problem("single rastrigin", 10, between(-5.12, 5.12), rastrigin, single),
    Problem("single ackley", 10, between(-5.0, 5.0), ackley, single),
    Problem("single result", 5, normal(), waves, single_result),
    Problem("single logarithm", 2, between(0.1, 10.0), total(anp.log), single),
    Problem("1000 single steps", 4, normal(0.5), sum_of_1000, single_steps),
    Problem("half precision", 3, normal(), waves, half),
    Problem("six decimals", 4, normal(), waves, rounded(6)),
    Problem("six significant digits", 3, normal(), bowl, significant(6)),
    Problem("three decimals", 3, normal(), lambda x: anp.exp(x[0]) + bowl(x), rounded(3)),
    Problem(
        "lotka volterra",
        6,
        lambda rng, n: np.array([1.0, 0.7, 1.1, 0.8, 0.5, 0.9]) * rng.uniform(0.8, 1.2, n),
        lotka_volterra,
    ),
    Problem("lorenz", 3, normal(5.0), lorenz),
    Problem("spectrum", 32, normal(), spectrum, by_fft),
    Problem("root by bisection", 2, between(0.3, 2.0), solvers.root, instead(solvers.by_bisection)),
    Problem("root by newton", 2, between(0.3, 2.0), solvers.root, instead(solvers.by_newton)),
    Problem("integral by quad", 2, between(0.5, 5.0), solvers.bell, instead(solvers.by_quad)),
    Problem("integral by simpson", 2, between(0.5, 5.0), solvers.bell, solvers.by_trapezium),
    Problem("cubic table", 3, between(-5.0, 5.0), cubics, from_cubic),
    Problem("linear table", 3, between(-5.0, 5.0), lines, from_lines),
    Problem("option on fixed paths", 2, between(0.5, 1.5), call_price),
    Problem("erfc by math", 1, between(-2.0, 25.0), tail, instead(tail_by_math)),
)
