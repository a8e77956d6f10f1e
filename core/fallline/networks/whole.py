"""Gradients from the loss of the whole network alone, which may be any function at all."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.differences.stochastic import spsa as signs
from fallline.networks.forward import Model

Vector = NDArray[np.float64]


def naive(model: Model, theta: Vector, x: Any, y: Any, h: float) -> Vector:
    """Central difference of the loss for each parameter, running the whole network twice for each.

    Assumes nothing. `model` must look at `theta`, which is moved and moved back. Losses are subtracted sample by sample
    before they are averaged, which saves the digits that a mean would round away.
    """
    gradient = np.empty(theta.size)
    for i in range(theta.size):
        here = theta[i]
        theta[i] = here + h
        high, above = model.values(x, y), theta[i]
        theta[i] = here - h
        gradient[i] = (high - model.values(x, y)).mean() / (above - theta[i])
        theta[i] = here
    return gradient


def spsa(model: Model, theta: Vector, x: Any, y: Any, h: float, rng: np.random.Generator) -> Vector:
    """Slope along one random direction of ±1, times that direction (Spall, 1992): two runs of the network in all.

    Right on average and almost at a right angle to the gradient in each draw: with P parameters its square is about P
    times too long and the cosine of the angle about 1/√P. Assumes nothing. `model` must look at `theta`, which is moved
    and moved back.
    """
    here = theta.copy()
    direction = signs.draw(1, theta.size, rng)[0]
    theta += h * direction
    high = model.values(x, y)
    np.subtract(here, h * direction, out=theta)
    slope = (high - model.values(x, y)).mean() / (2.0 * h)
    theta[:] = here
    gradient: Vector = slope * direction
    return gradient
