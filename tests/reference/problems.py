"""Functions on which an automatic step has to prove itself, with exact gradients by automatic differentiation.

The table for development: the method may be improved by looking at it. `unseen.py` holds the one that may not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import autograd.numpy as anp  # type: ignore[import-untyped]
import numpy as np
from autograd import elementwise_grad
from numpy.typing import NDArray

Array = NDArray[np.float64]
Columns = Callable[[Any], Any]
Draw = Callable[[np.random.Generator, int], Array]


@dataclass(frozen=True)
class Problem:
    """A function of points (n, m), where to ask for its gradient, and how the values that we get differ from it."""

    name: str
    n: int
    draw: Draw
    smooth: Columns
    seen: Callable[[Columns], Columns] = lambda f: f

    @property
    def f(self) -> Columns:
        return self.seen(self.smooth)

    def points(self, count: int, seed: int = 0) -> list[Array]:
        rng = np.random.default_rng([seed, *self.name.encode()])
        return [self.draw(rng, self.n) for _ in range(count)]

    def exact(self, x: Array) -> Array:
        slopes: Array = np.asarray(elementwise_grad(self.smooth)(x[:, None]))[:, 0]
        return slopes


def normal(scale: float = 1.0) -> Draw:
    return lambda rng, n: scale * rng.standard_normal(n)


def between(low: float, high: float) -> Draw:
    return lambda rng, n: rng.uniform(low, high, n)


def decades(low: float, high: float, signed: bool = False) -> Draw:
    def draw(rng: np.random.Generator, n: int) -> Array:
        signs = rng.choice([-1.0, 1.0], n) if signed else np.ones(n)
        return signs * 10.0 ** rng.uniform(low, high, n)

    return draw


def with_zeros(draw: Draw) -> Draw:
    return lambda rng, n: np.where(rng.random(n) < 0.3, 0.0, draw(rng, n))


def whole_numbers(rng: np.random.Generator, n: int) -> Array:
    return rng.integers(-3, 4, n).astype(np.float64)


def noisy(amplitude: float) -> Callable[[Columns], Columns]:
    """Add normal noise, new at each evaluation."""

    def seen(f: Columns) -> Columns:
        rng = np.random.default_rng(1)
        return lambda x: f(x) + amplitude * rng.standard_normal(x.shape[1:])

    return seen


def hashed(amplitude: float) -> Callable[[Columns], Columns]:
    """Add noise that is the same at each evaluation of one point, and unrelated at any two."""

    def seen(f: Columns) -> Columns:
        def g(x: Any) -> Any:
            bits = np.ascontiguousarray(x, dtype=np.float64).view(np.uint64)
            mixed = (bits * np.uint64(0x9E3779B97F4A7C15) ^ (bits >> np.uint64(29))) * np.uint64(
                0xBF58476D1CE4E5B9
            )
            folded = np.bitwise_xor.reduce(mixed ^ (mixed >> np.uint64(32)), axis=0)
            return f(x) + amplitude * ((folded >> np.uint64(11)) / 2.0**53 - 0.5)

        return g

    return seen


def single(f: Columns) -> Columns:
    """Compute in single precision."""
    return lambda x: f(np.asarray(x, np.float32)).astype(np.float32)


def rounded(digits: int) -> Callable[[Columns], Columns]:
    return lambda f: lambda x: np.round(f(x), digits)


def rosenbrock(x: Any) -> Any:
    return anp.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2, axis=0)


def himmelblau(x: Any) -> Any:
    return (x[0] ** 2 + x[1] - 11.0) ** 2 + (x[0] + x[1] ** 2 - 7.0) ** 2


def rastrigin(x: Any) -> Any:
    return anp.sum(10.0 + x**2 - 10.0 * anp.cos(2.0 * np.pi * x), axis=0)


def ackley(x: Any) -> Any:
    radius = anp.sqrt(anp.mean(x**2, axis=0))
    return -20.0 * anp.exp(-0.2 * radius) - anp.exp(anp.mean(anp.cos(2.0 * np.pi * x), axis=0))


def logsumexp(x: Any) -> Any:
    top = np.max(np.asarray(getattr(x, "_value", x)), axis=0)
    return top + anp.log(anp.sum(anp.exp(x - top), axis=0))


def bowl(condition: float) -> Columns:
    return lambda x: anp.sum((condition ** np.linspace(0.0, 1.0, x.shape[0]))[:, None] * x**2, axis=0)


def network(x: Any) -> Any:
    """Return the mean squared error of a 3-8-1 tanh network with softplus output on fixed data; 41 parameters."""
    inputs = np.sin(np.arange(30.0)).reshape(10, 3)
    targets = np.cos(np.arange(10.0))
    w1, b1, w2, b2 = x[:24], x[24:32], x[32:40], x[40]
    hidden = [
        anp.tanh(sum(w1[3 * j + i] * inputs[:, i][:, None] for i in range(3)) + b1[j]) for j in range(8)
    ]
    output = sum(w2[j] * hidden[j] for j in range(8)) + b2
    return anp.mean((output - targets[:, None]) ** 2, axis=0)


def hinge(x: Any) -> Any:
    rows = np.cos(np.arange(50.0 * x.shape[0])).reshape(50, -1).astype(getattr(x, "dtype", float))
    return anp.mean(anp.maximum(0.0, 1.0 - anp.dot(rows, x)), axis=0) + 0.01 * anp.sum(x**2, axis=0)


def logistic(x: Any) -> Any:
    rows = np.sin(np.arange(60.0 * x.shape[0]) ** 1.1).reshape(60, -1)
    return anp.mean(anp.logaddexp(0.0, -anp.dot(rows, x)), axis=0) + 1e-3 * anp.sum(x**2, axis=0)


def pendulum(x: Any) -> Any:
    """Return where a damped pendulum is after 200 steps of Euler's method: angle, speed, damping."""
    angle, speed = x[0], x[1]
    for _ in range(200):
        angle, speed = angle + 0.02 * speed, speed - 0.02 * (anp.sin(angle) + x[2] * speed)
    return angle**2 + speed


def quartic(x: Any) -> Any:
    return anp.sum((x - 1.0) ** 4 + x**3, axis=0)


def total(g: Columns) -> Columns:
    return lambda x: anp.sum(g(x), axis=0)


def single_scale(x: Any) -> Any:
    return (x / 10.0 ** np.linspace(-8.0, 8.0, x.shape[0])[:, None]) if x.shape[0] > 1 else x


def spread(rng: np.random.Generator, n: int) -> Array:
    return np.asarray(10.0 ** np.linspace(-8.0, 8.0, n) * rng.standard_normal(n))


PROBLEMS = (
    Problem("rosenbrock 2", 2, normal(), rosenbrock),
    Problem("rosenbrock 10", 10, normal(), rosenbrock),
    Problem("rosenbrock 100", 100, normal(), rosenbrock),
    Problem("himmelblau", 2, between(-5.0, 5.0), himmelblau),
    Problem("rastrigin", 10, between(-5.0, 5.0), rastrigin),
    Problem("ackley", 5, normal(3.0), ackley),
    Problem("logsumexp", 30, normal(5.0), logsumexp),
    Problem("bowl, condition 1e12", 20, normal(), bowl(1e12)),
    Problem("product of 100", 100, between(0.5, 1.5), lambda x: anp.prod(x, axis=0)),
    Problem("Gaussian bump", 3, normal(0.7), lambda x: anp.exp(-anp.sum(x**2, axis=0))),
    Problem("narrow bump", 2, normal(0.02), lambda x: anp.exp(-anp.sum((x / 0.01) ** 2, axis=0))),
    Problem("far bump", 1, normal(0.02), lambda x: anp.exp(-(((x[0] - 0.5) / 0.1) ** 2))),
    Problem("network", 41, normal(0.5), network),
    Problem("logistic", 200, normal(0.3), logistic),
    Problem("pendulum", 3, between(0.1, 1.5), pendulum),
    Problem("exp", 1, between(-5.0, 5.0), lambda x: anp.exp(x[0])),
    Problem("exp of small x", 1, decades(-8.0, 0.0, True), lambda x: anp.exp(x[0])),
    Problem("sin", 1, between(-10.0, 10.0), lambda x: anp.sin(x[0])),
    Problem("sin 1000x", 1, between(-2.0, 2.0), lambda x: anp.sin(1000.0 * x[0])),
    Problem("sins of 1000x", 20, between(-2.0, 2.0), total(lambda x: anp.sin(1000.0 * x))),
    Problem("sin at 1e10", 1, between(0.9e10, 1.1e10), lambda x: anp.sin(x[0])),
    Problem("ripple", 1, between(0.5, 2.0), lambda x: x[0] + 1e-3 * anp.sin(1e4 * x[0])),
    Problem("period of a step", 2, between(0.6, 0.9), total(lambda x: anp.cos(512.0 * np.pi * x))),
    Problem("1/x", 1, decades(-8.0, 2.0, True), lambda x: 1.0 / x[0]),
    Problem("log", 1, decades(-12.0, 2.0), lambda x: anp.log(x[0])),
    Problem("x log x", 5, decades(-6.0, 1.0), total(lambda x: x * anp.log(x))),
    Problem("sqrt", 1, decades(-300.0, 300.0), lambda x: anp.sqrt(x[0])),
    Problem("tenth root", 4, decades(-5.0, 5.0), total(lambda x: x**0.1)),
    Problem("tan", 1, lambda rng, n: np.pi / 2 - 10.0 ** rng.uniform(-6, 0, n), lambda x: anp.tan(x[0])),
    Problem("Runge", 1, between(-1.0, 1.0), lambda x: 1.0 / (1.0 + 25.0 * x[0] ** 2)),
    Problem("steep arctan", 1, normal(0.01), lambda x: anp.arctan(1e4 * x[0])),
    Problem("Chebyshev 20", 1, between(-0.95, 0.95), lambda x: anp.cos(20.0 * anp.arccos(x[0]))),
    Problem("distances", 6, normal(), lambda x: anp.sqrt(anp.sum(x**2, axis=0))),
    Problem("absolute", 8, normal(), total(anp.abs)),
    Problem("absolute near 0", 4, decades(-9.0, 0.0, True), total(lambda x: anp.abs(x) + x**2)),
    Problem(
        "kink near",
        4,
        lambda rng, n: 1.0 + 10.0 ** rng.uniform(-6, 0, n),
        total(lambda x: anp.abs(x - 1.0) + anp.sin(x)),
    ),
    Problem("largest", 10, normal(), lambda x: anp.max(x, axis=0)),
    Problem("hinge", 20, normal(), hinge),
    Problem("power 1.5", 3, normal(), total(lambda x: anp.abs(x) ** 1.5)),
    Problem("constant", 4, with_zeros(normal()), lambda x: 3.7 + 0.0 * anp.sum(x, axis=0)),
    Problem(
        "ignores most",
        30,
        with_zeros(normal()),
        lambda x: anp.sin(x[3]) * x[7] ** 2 + 0.0 * anp.sum(x, axis=0),
    ),
    Problem(
        "linear",
        200,
        with_zeros(normal()),
        lambda x: anp.sum(np.cos(np.arange(x.shape[0]))[:, None] * x, axis=0),
    ),
    Problem("quartic with zeros", 12, with_zeros(whole_numbers), quartic),
    Problem("twentieth power", 2, normal(2.0), total(lambda x: x**20)),
    Problem("offset", 3, normal(), lambda x: 1e6 + 1e-2 * anp.sum(anp.sin(x), axis=0)),
    Problem(
        "scales 1e-8 to 1e8", 17, spread, total(lambda x: single_scale(x) ** 2 + anp.sin(single_scale(x)))
    ),
    Problem("huge x", 2, normal(1e8), total(lambda x: anp.exp(-((x / 1e8) ** 2)))),
    Problem("huge f", 2, normal(), lambda x: 1e150 * anp.exp(x[0]) * anp.cos(x[1])),
    Problem("tiny f", 2, normal(), lambda x: 1e-200 * anp.exp(x[0]) * anp.cos(x[1])),
    Problem("noise 1e-10", 5, normal(), lambda x: anp.sum(anp.sin(x), axis=0), noisy(1e-10)),
    Problem("noise 1e-6", 1, between(0.5, 2.0), lambda x: anp.exp(x[0]), noisy(1e-6)),
    Problem("noise 1e-4", 30, normal(), rosenbrock, noisy(1e-4)),
    Problem("noise 1e-2", 3, normal(), quartic, noisy(1e-2)),
    Problem("hashed 1e-5", 10, normal(), logsumexp, hashed(1e-5)),
    Problem("hashed 1e-8", 2, normal(), himmelblau, hashed(1e-8)),
    Problem("single rosenbrock", 6, normal(), rosenbrock, single),
    Problem("single exp", 1, normal(), lambda x: anp.exp(x[0]), single),
    Problem("single hinge", 20, normal(), hinge, single),
    Problem("six digits", 3, normal(), lambda x: anp.sum(anp.sin(x), axis=0), rounded(6)),
    Problem("three digits", 2, normal(), himmelblau, rounded(3)),
    Problem("integers", 2, normal(), lambda x: 100.0 * himmelblau(x), rounded(0)),
)
