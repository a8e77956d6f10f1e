"""The same networks written for autograd, which knows nothing of ours."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import autograd.numpy as anp  # type: ignore[import-untyped]
from autograd import grad
from autograd.scipy.special import erf, logsumexp  # type: ignore[import-untyped]

ACTIVATIONS: dict[str, Any] = {
    "tanh": anp.tanh,
    "relu": lambda z: anp.maximum(z, 0.0),
    "leaky_relu": lambda z: anp.where(z > 0.0, z, 0.01 * z),
    "sigmoid": lambda z: 1.0 / (1.0 + anp.exp(-z)),
    "gelu": lambda z: 0.5 * z * (1.0 + erf(z / anp.sqrt(2.0))),
    "sine": anp.sin,
    "linear": lambda z: z,
}


tanh = ACTIVATIONS["tanh"]


def cross_entropy(z: Any, y: Any) -> Any:
    if z.shape[1] == 1:
        return anp.logaddexp(0.0, z[:, 0]) - y * z[:, 0]
    return logsumexp(z, axis=1) - z[anp.arange(len(y)), y]


def hinge(z: Any, y: Any) -> Any:
    if z.shape[1] == 1:
        return anp.maximum(0.0, 1.0 - (2.0 * y - 1.0) * z[:, 0])
    margins = anp.maximum(0.0, 1.0 + z - z[anp.arange(len(y)), y][:, None])
    # The true class lacks exactly 1 to itself.
    return (anp.sum(margins, axis=1) - 1.0) / z.shape[1]


def huber(z: Any, y: Any) -> Any:
    size = anp.abs(z - y.reshape(z.shape))
    return anp.mean(anp.where(size <= 1.0, 0.5 * size**2, size - 0.5), axis=1)


LOSSES: dict[str, Any] = {
    "cross_entropy": cross_entropy,
    "hinge": hinge,
    "mean_squared": lambda z, y: anp.mean((z - y.reshape(z.shape)) ** 2, axis=1),
    "mean_absolute": lambda z, y: anp.mean(anp.abs(z - y.reshape(z.shape)), axis=1),
    "huber": huber,
}


def loss(
    theta: Any,
    x: Any,
    y: Any,
    sizes: Any,
    activation: Any,
    criterion: Any,
    l1: float = 0.0,
    l2: float = 0.0,
) -> Any:
    a, start, penalty = x, 0, 0.0
    for layer, (n, k) in enumerate(pairwise(sizes)):
        weights = theta[start : start + n * k].reshape(n, k)
        penalty = penalty + l1 * anp.sum(anp.abs(weights)) + 0.5 * l2 * anp.sum(weights**2)
        z = anp.dot(a, weights) + theta[start + n * k : start + n * k + k]
        start += n * k + k
        a = activation(z) if layer < len(sizes) - 2 else z
    return anp.mean(criterion(a, y)) + penalty


gradient = grad(loss)
