"""Functions written after the automatic step was made, to see what it is worth where nobody looked.

No constant was chosen by them.
"""

from __future__ import annotations

from math import factorial
from typing import Any

import autograd.numpy as anp  # type: ignore[import-untyped]
import numpy as np
from autograd.scipy.special import erf, gammaln, j0  # type: ignore[import-untyped]
from tests.reference.problems import (
    Problem,
    between,
    decades,
    hashed,
    noisy,
    normal,
    rounded,
    single,
    total,
    with_zeros,
)


def beale(x: Any) -> Any:
    a, b = x[0], x[1]
    return (1.5 - a + a * b) ** 2 + (2.25 - a + a * b**2) ** 2 + (2.625 - a + a * b**3) ** 2


def powell(x: Any) -> Any:
    a, b, c, d = x[0], x[1], x[2], x[3]
    return (a + 10 * b) ** 2 + 5 * (c - d) ** 2 + (b - 2 * c) ** 4 + 10 * (a - d) ** 4


def griewank(x: Any) -> Any:
    root = np.sqrt(np.arange(1.0, x.shape[0] + 1.0))[:, None]
    return 1.0 + anp.sum(x**2, axis=0) / 4000.0 - anp.prod(anp.cos(x / root), axis=0)


def lennard_jones(x: Any) -> Any:
    """Return the energy of four atoms; nearest neighbours about 1 apart."""
    energy = 0.0
    for i in range(4):
        for j in range(i):
            square = sum((x[3 * i + k] - x[3 * j + k]) ** 2 for k in range(3))
            energy = energy + 4.0 * (square**-6 - square**-3)
    return energy


def orbit(x: Any) -> Any:
    """Return where a planet is after 100 leapfrog steps: position (2), velocity (2)."""
    px, py, vx, vy = x[0], x[1], x[2], x[3]
    for _ in range(100):
        px, py = px + 0.01 * vx, py + 0.01 * vy
        cube = (px**2 + py**2) ** 1.5
        vx, vy = vx - 0.02 * px / cube, vy - 0.02 * py / cube
        px, py = px + 0.01 * vx, py + 0.01 * vy
    return px + 2.0 * py


def elastic(x: Any) -> Any:
    rows = np.sin(np.arange(40.0 * x.shape[0]) ** 1.3).reshape(40, -1)
    return anp.sum((anp.dot(rows, x) - 1.0) ** 2, axis=0) + 0.5 * anp.sum(anp.abs(x), axis=0)


def softmax_loss(x: Any) -> Any:
    rows = np.cos(np.arange(20.0 * 20) ** 1.2).reshape(20, 20)
    loss = 0.0
    for k in range(5):
        logits = [anp.dot(rows, x[20 * c : 20 * c + 20]) for c in range(5)]
        top = sum(anp.exp(z) for z in logits)
        loss = loss + anp.mean(anp.log(top) - logits[k], axis=0) * (k + 1) / 15.0
    return loss


def deep(x: Any) -> Any:
    for k in range(30):
        x = anp.sin(x + 0.1 * k) + 0.3 * x
    return anp.sum(x, axis=0)


def one_minus_cos(x: Any) -> Any:
    """Return (1 − cos x)/x² from its series, since its derivative by the chain rule cancels too."""
    return sum((-1.0) ** k * x[0] ** (2 * k) / factorial(2 * k + 2) for k in range(9))


def atoms(rng: np.random.Generator, n: int) -> Any:
    corners = np.array([[0, 0, 0], [1.1, 0, 0], [0, 1.1, 0], [0, 0, 1.1]]).ravel()
    return corners + 0.1 * rng.standard_normal(n)


PROBLEMS = (
    Problem("beale", 2, normal(2.0), beale),
    Problem("powell", 4, normal(2.0), powell),
    Problem("griewank", 8, normal(50.0), griewank),
    Problem("atoms", 12, atoms, lennard_jones),
    Problem("orbit", 4, lambda rng, n: np.array([1.0, 0.0, 0.0, 1.0]) + 0.2 * rng.standard_normal(4), orbit),
    Problem("elastic net", 50, normal(0.1), elastic),
    Problem("softmax", 100, normal(), softmax_loss),
    Problem("deep sines", 10, normal(), deep),
    Problem("error function", 3, normal(), total(erf)),
    Problem("log gamma", 1, decades(-3.0, 3.0), lambda x: gammaln(x[0])),
    Problem("Bessel", 1, between(0.0, 60.0), lambda x: j0(x[0])),
    Problem("sin(1/x)", 1, decades(-3.0, 0.0), lambda x: anp.sin(1.0 / x[0])),
    Problem("chirp", 1, between(0.0, 30.0), lambda x: anp.sin(x[0] ** 2)),
    Problem("sinc", 1, normal(10.0), lambda x: anp.sin(x[0]) / x[0]),
    Problem(
        "cancelling",
        1,
        decades(-4.0, 0.0),
        one_minus_cos,
        lambda _: lambda x: (1.0 - np.cos(x[0])) / x[0] ** 2,
    ),
    Problem("log1p", 1, decades(-12.0, 3.0), lambda x: anp.log1p(x[0])),
    Problem(
        "arcsin at the edge",
        1,
        lambda rng, n: 1.0 - 10.0 ** rng.uniform(-9, 0, n),
        lambda x: anp.arcsin(x[0]),
    ),
    Problem("1/x²", 3, decades(-5.0, 5.0, True), total(lambda x: x**-2.0)),
    Problem("log of a product", 20, decades(-4.0, 4.0), total(lambda x: anp.log(x) ** 2)),
    Problem("sigmoid, saturated", 3, normal(20.0), total(lambda x: 1.0 / (1.0 + anp.exp(-x)))),
    Problem("sharp step", 1, normal(0.01), lambda x: anp.tanh(1e3 * x[0])),
    Problem("cube at 0", 3, with_zeros(normal()), total(lambda x: x**3)),
    Problem("even at 0", 3, with_zeros(normal()), total(anp.cos)),
    Problem("100 sin 300x", 3, normal(), total(lambda x: 100.0 * anp.sin(300.0 * x))),
    Problem("bumps", 2, between(0.0, 10.0), total(lambda x: anp.exp(-50.0 * anp.sin(np.pi * x) ** 2))),
    Problem("one of 200", 200, normal(), lambda x: anp.exp(x[17]) + 1e-3 * x[100] + 0.0 * anp.sum(x, axis=0)),
    Problem("1e9 + quadratic", 4, normal(), lambda x: 1e9 + anp.sum(x**2, axis=0)),
    Problem("relu", 12, normal(), total(lambda x: anp.maximum(x, 0.0) + 0.1 * anp.maximum(0.5 - x, 0.0))),
    Problem("norms", 10, normal(), lambda x: anp.max(anp.abs(x), axis=0) + anp.sqrt(anp.sum(x**2, axis=0))),
    Problem("cusp", 2, normal(), total(lambda x: anp.abs(x) ** 0.5)),
    Problem("x at 1e-20", 2, lambda rng, n: 1e-20 * rng.standard_normal(n), total(lambda x: anp.exp(x) + x)),
    Problem("x at 1e12", 2, lambda rng, n: 1e12 * rng.standard_normal(n), total(lambda x: x**2)),
    Problem("cos at 1e6", 2, lambda rng, n: 1e6 * rng.standard_normal(n), total(anp.cos)),
    Problem("noise 1e-8", 10, normal(2.0), griewank, noisy(1e-8)),
    Problem("noise 1e-3", 1, between(-2.0, 2.0), lambda x: anp.sin(3.0 * x[0]), noisy(1e-3)),
    Problem("noise 1e-2 in 50", 50, normal(), elastic, noisy(1e-2)),
    Problem("hashed 1e-6", 2, normal(2.0), beale, hashed(1e-6)),
    Problem("single beale", 2, normal(2.0), beale, single),
    Problem("single softmax", 100, normal(), softmax_loss, single),
    Problem("single sin", 1, normal(5.0), lambda x: anp.sin(x[0]), single),
    Problem("eight digits", 5, normal(), powell, rounded(8)),
    Problem("two digits", 1, between(0.5, 3.0), lambda x: 10.0 * anp.exp(x[0]), rounded(2)),
)
