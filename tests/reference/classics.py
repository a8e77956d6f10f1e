"""Test functions and formulas that somebody writes who checks a gradient, at random points of their usual domains.

With `programs.py` the third set, written without a look at how the automatic step works.
"""

from __future__ import annotations

from typing import Any

import autograd.numpy as anp  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray
from tests.reference.problems import (
    Draw,
    Problem,
    between,
    decades,
    normal,
    rastrigin,
    rosenbrock,
    total,
    with_zeros,
)

Array = NDArray[np.float64]


def counting(x: Any) -> Array:
    return np.arange(1.0, x.shape[0] + 1.0)[:, None]


def ackley(x: Any) -> Any:
    spread, waves = anp.mean(x**2, axis=0), anp.mean(anp.cos(2 * np.pi * x), axis=0)
    return -20.0 * anp.exp(-0.2 * anp.sqrt(spread)) - anp.exp(waves) + 20.0 + np.e


def griewank(x: Any) -> Any:
    return 1.0 + anp.sum(x**2, axis=0) / 4000.0 - anp.prod(anp.cos(x / np.sqrt(counting(x))), axis=0)


def styblinski(x: Any) -> Any:
    return 0.5 * anp.sum(x**4 - 16.0 * x**2 + 5.0 * x, axis=0)


def levy(x: Any) -> Any:
    w = 1.0 + (x - 1.0) / 4.0
    middle = anp.sum((w[:-1] - 1.0) ** 2 * (1.0 + 10.0 * anp.sin(np.pi * w[:-1] + 1.0) ** 2), axis=0)
    last = (w[-1] - 1.0) ** 2 * (1.0 + anp.sin(2 * np.pi * w[-1]) ** 2)
    return anp.sin(np.pi * w[0]) ** 2 + middle + last


def schwefel(x: Any) -> Any:
    return 418.9829 * x.shape[0] - anp.sum(x * anp.sin(anp.sqrt(anp.abs(x))), axis=0)


def zakharov(x: Any) -> Any:
    ramp = anp.sum(0.5 * counting(x) * x, axis=0)
    return anp.sum(x**2, axis=0) + ramp**2 + ramp**4


def michalewicz(x: Any) -> Any:
    return -anp.sum(anp.sin(x) * anp.sin(counting(x) * x**2 / np.pi) ** 20, axis=0)


def dixon_price(x: Any) -> Any:
    return (x[0] - 1.0) ** 2 + anp.sum(counting(x)[1:] * (2.0 * x[1:] ** 2 - x[:-1]) ** 2, axis=0)


def goldstein_price(x: Any) -> Any:
    a, b = x[0], x[1]
    first = 1 + (a + b + 1) ** 2 * (19 - 14 * a + 3 * a**2 - 14 * b + 6 * a * b + 3 * b**2)
    second = 30 + (2 * a - 3 * b) ** 2 * (18 - 32 * a + 12 * a**2 + 48 * b - 36 * a * b + 27 * b**2)
    return first * second


def easom(x: Any) -> Any:
    return -anp.cos(x[0]) * anp.cos(x[1]) * anp.exp(-((x[0] - np.pi) ** 2) - (x[1] - np.pi) ** 2)


def drop_wave(x: Any) -> Any:
    square = anp.sum(x**2, axis=0)
    return -(1.0 + anp.cos(12.0 * anp.sqrt(square))) / (0.5 * square + 2.0)


def determinant(x: Any) -> Any:
    a, b, c, d, e, f, g, h, i = x
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


def lasso(x: Any) -> Any:
    rows = np.sin(np.arange(50.0 * x.shape[0]) ** 1.1).reshape(50, -1)
    return 0.5 * anp.mean((anp.dot(rows, x) - 1.0) ** 2, axis=0) + 0.1 * anp.sum(anp.abs(x), axis=0)


def hinge_loss(x: Any) -> Any:
    rows = np.cos(np.arange(100.0 * x.shape[0]) ** 1.1).reshape(100, -1)
    signs = np.where(np.arange(100)[:, None] % 2 == 0, 1.0, -1.0)
    return anp.mean(anp.maximum(1.0 - signs * anp.dot(rows, x), 0.0), axis=0) + 0.01 * anp.sum(x**2, axis=0)


def relu_network(x: Any) -> Any:
    """Return the loss of 2-10-1 units on 32 samples; the 41 parameters are in x."""
    data = np.sin(np.arange(64.0) * 1.7).reshape(2, 32)
    weights, bias, out = anp.reshape(x[:20], (10, 2, 1, -1)), x[20:30], x[30:40]
    hidden = anp.maximum(anp.sum(weights * data[None, :, :, None], axis=1) + bias[:, None, :], 0.0)
    return anp.mean(
        (anp.sum(out[:, None, :] * hidden, axis=0) + x[40] - np.sin(data[0])[:, None]) ** 2, axis=0
    )


def max_affine(x: Any) -> Any:
    rows = np.sin(np.arange(8.0 * x.shape[0]) * 2.3).reshape(8, -1)
    return anp.max(anp.dot(rows, x) + np.arange(8.0)[:, None] / 8.0, axis=0)


def huber(x: Any) -> Any:
    return anp.sum(anp.where(anp.abs(x) < 1.0, 0.5 * x**2, anp.abs(x) - 0.5), axis=0)


def expanded(x: Any) -> Any:
    """Return (x - 1)⁷, multiplied out."""
    t = x[0]
    return t**7 - 7 * t**6 + 21 * t**5 - 35 * t**4 + 35 * t**3 - 21 * t**2 + 7 * t - 1


def off_one(low: float, high: float) -> Draw:
    return lambda rng, n: 1.0 - 10.0 ** rng.uniform(low, high, n)


def near(kink: float, low: float) -> Draw:
    return lambda rng, n: kink + rng.choice([-1.0, 1.0], n) * 10.0 ** rng.uniform(low, 0.0, n)


def scaled(low: float, high: float) -> Draw:
    return lambda rng, n: 10.0 ** np.linspace(low, high, n) * rng.standard_normal(n)


def in_units(low: float, high: float) -> Any:
    return lambda g: lambda x: anp.sum(g(x / 10.0 ** np.linspace(low, high, x.shape[0])[:, None]), axis=0)


def weighted(low: float, high: float) -> Any:
    return lambda g: lambda x: anp.sum(10.0 ** np.linspace(low, high, x.shape[0])[:, None] * g(x), axis=0)


PROBLEMS = (
    Problem("rosenbrock 50", 50, between(-2.048, 2.048), rosenbrock),
    Problem("rastrigin 30", 30, between(-5.12, 5.12), rastrigin),
    Problem("rastrigin 100", 100, between(-5.12, 5.12), rastrigin),
    Problem("ackley 10", 10, between(-32.0, 32.0), ackley),
    Problem("ackley 50", 50, between(-5.0, 5.0), ackley),
    Problem("griewank 20", 20, between(-600.0, 600.0), griewank),
    Problem("styblinski 40", 40, between(-5.0, 5.0), styblinski),
    Problem("levy", 10, between(-10.0, 10.0), levy),
    Problem("schwefel", 10, between(-500.0, 500.0), schwefel),
    Problem("zakharov", 10, between(-5.0, 10.0), zakharov),
    Problem("michalewicz", 10, between(0.0, np.pi), michalewicz),
    Problem("dixon price", 20, between(-10.0, 10.0), dixon_price),
    Problem("goldstein price", 2, between(-2.0, 2.0), goldstein_price),
    Problem("easom", 2, between(-10.0, 10.0), easom),
    Problem("drop wave", 2, between(-5.0, 5.0), drop_wave),
    Problem("determinant", 9, normal(), determinant),
    Problem(
        "different powers",
        10,
        between(-1.0, 1.0),
        lambda x: anp.sum(anp.abs(x) ** (counting(x) + 1.0), axis=0),
    ),
    Problem("bowl 1e-8 to 1e8", 9, normal(), weighted(-8, 8)(lambda x: x**2)),
    Problem("x from 1e-8 to 1e8, bowl", 9, scaled(-8, 8), in_units(-8, 8)(lambda x: x**2)),
    Problem("x from 1e-8 to 1e8, sines", 9, scaled(-8, 8), in_units(-8, 8)(anp.sin)),
    Problem("x from 1e-8 to 1e8, unscaled", 9, scaled(-8, 8), total(lambda x: x**2)),
    Problem("sin 100x", 3, normal(), total(lambda x: anp.sin(100.0 * x))),
    Problem("sin 1000x of 5", 5, normal(), total(lambda x: anp.sin(1000.0 * x))),
    Problem("sin 1e5 x", 1, between(0.0, 1.0), lambda x: anp.sin(1e5 * x[0])),
    Problem("product of cos 50x", 4, normal(), lambda x: anp.prod(2.0 + anp.cos(50.0 * x), axis=0)),
    Problem("chirp to 100", 1, between(0.0, 100.0), lambda x: anp.sin(x[0] ** 2)),
    Problem("sin exp x", 1, between(0.0, 6.0), lambda x: anp.sin(anp.exp(x[0]))),
    Problem("x sin(1/x)", 1, between(0.01, 1.0), lambda x: x[0] * anp.sin(1.0 / x[0])),
    Problem("small and fast", 3, normal(), total(lambda x: x**2 + 0.01 * anp.sin(200.0 * x))),
    Problem("square root near 0", 5, decades(-12.0, 0.0), total(anp.sqrt)),
    Problem("log near 0", 5, decades(-12.0, 0.0), total(anp.log)),
    Problem("reciprocals", 4, normal(), total(lambda x: 1.0 / x)),
    Problem("power 1.5 near 0", 3, decades(-8.0, 0.0), total(lambda x: x**1.5)),
    Problem("x to the x", 2, between(0.05, 4.0), total(lambda x: x**x)),
    Problem("exponentials", 10, normal(3.0), total(anp.exp)),
    Problem("quotient", 3, normal(), lambda x: x[0] * x[1] / (x[2] ** 2 + 1e-3)),
    Problem("product of 20", 20, normal(), lambda x: anp.prod(x, axis=0)),
    Problem(
        "sines and exponentials", 3, normal(), lambda x: anp.sin(x[0]) * anp.exp(x[1]) + anp.tanh(x[2]) * x[0]
    ),
    Problem("far Gaussian", 1, between(2.0, 30.0), lambda x: anp.exp(-(x[0] ** 2))),
    Problem("flat at 0", 1, decades(-1.5, 0.5), lambda x: anp.exp(-1.0 / x[0] ** 2)),
    Problem("saturated tanh", 3, between(-30.0, 30.0), total(anp.tanh)),
    Problem("softplus", 5, between(-50.0, 50.0), total(lambda x: anp.logaddexp(0.0, x))),
    Problem("arcsin near 1", 3, off_one(-10.0, 0.0), total(anp.arcsin)),
    Problem("norm of 200", 200, normal(), lambda x: anp.sqrt(anp.sum(x**2, axis=0))),
    Problem("1 - cos x over x²", 1, decades(-4.0, 1.0), lambda x: (1.0 - anp.cos(x[0])) / x[0] ** 2),
    Problem("multiplied out", 1, between(0.5, 1.5), expanded),
    Problem("absolute of 20", 20, normal(), total(anp.abs)),
    Problem("near kinks at 0.5", 5, near(0.5, -6.0), total(lambda x: anp.abs(x - 0.5) + anp.sin(x))),
    Problem("|sin 10x|", 3, between(-3.0, 3.0), total(lambda x: anp.abs(anp.sin(10.0 * x)))),
    Problem("max of planes", 6, normal(), max_affine),
    Problem("lasso 200", 200, normal(0.1), lasso),
    Problem("hinge loss 200", 200, normal(0.1), hinge_loss),
    Problem("relu network", 41, normal(0.7), relu_network),
    Problem("huber", 10, normal(1.5), huber),
    Problem("two pieces", 4, normal(0.1), total(lambda x: anp.where(x < 0.0, x**2, x**3 + x))),
    Problem("constant in 50", 50, normal(), lambda x: 2.5 + 0.0 * x[0]),
    Problem("huge slopes", 10, normal(), weighted(0, 12)(lambda x: x)),
    Problem("line at zeros", 10, with_zeros(normal(100.0)), weighted(-3, 3)(lambda x: x)),
    Problem("ignored coordinates", 30, normal(), lambda x: anp.sum(x[::3] ** 2, axis=0) + anp.exp(x[1])),
    Problem("1e6 and a little", 4, normal(), lambda x: 1e6 + 1e-3 * anp.sum(anp.sin(3.0 * x), axis=0)),
    Problem("1e8 and a bowl", 10, normal(), lambda x: 1e8 + anp.sum(x**2, axis=0)),
    Problem(
        "mixture",
        6,
        normal(),
        lambda x: (
            anp.log(1.0 + x[0] ** 2) + anp.abs(x[1]) + anp.sin(50.0 * x[2]) * x[3] + anp.exp(x[4] * x[5])
        ),
    ),
)
