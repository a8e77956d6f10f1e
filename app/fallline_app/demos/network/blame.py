"""Why a training went wrong: the rate against the curvature, a penalty too strong, an activation that gives no number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import fallline as fl
from fallline_app.words import printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.demos.network.run import Run
    from fallline_app.demos.network.setup import Setup

# Of the search for the largest curvature: how often the Hessian is asked.
TURNS = 20


def blame(run: Run) -> str:
    """Name the cause in a sentence; the likeliest where there is no proof."""
    setup = run.setup
    rate, rule = float(setup.optimizer.rate), type(setup.optimizer).__name__
    thetas = run.thetas[: run.last + 1]
    sound = thetas[np.isfinite(thetas).all(axis=1)]
    if not len(sound):
        return ""
    broken = _broken(setup, sound)
    if broken:
        return broken
    if not hasattr(setup.optimizer, "stable_rate"):
        return f"{rule} moves every weight by about its rate, {printed(rate)}, whatever the slope: too far here. Take a smaller rate."
    if rate * setup.network.l2 > 2.0:
        return f"The weight decay takes rate · l2 = {printed(rate * setup.network.l2)} times each weight off it, and more than 2 turns them over."
    curvature = largest_curvature(setup, sound[0])
    stable = setup.optimizer.stable_rate(curvature) if curvature > 0.0 else np.inf
    if rate > stable:
        return f"The rate {printed(rate)} is above {printed(stable)}, the most that {_name(rule)} stands where the loss curves by {printed(curvature)}."
    return f"The rate {printed(rate)} is below {printed(stable)}, the most that the curvature {printed(curvature)} of all points' loss stands, but batches of {setup.batch} curve more. Take a smaller rate or larger batches."


def largest_curvature(setup: Setup, theta: NDArray[np.float64]) -> float:
    """Return the largest eigenvalue, by size, of the loss's Hessian: found by powers of it, from differences of slopes."""
    network = setup.network

    def slope(point: NDArray[np.float64]) -> NDArray[np.float64]:
        return network.gradient(point, setup.X, setup.y, method="layerwise")

    def loss(point: Any) -> float:
        return float(network.loss(point, setup.X, setup.y))

    direction = np.random.default_rng(0).standard_normal(network.size)
    curvature = 0.0
    with np.errstate(all="ignore"):
        for _ in range(TURNS):
            direction /= np.linalg.norm(direction)
            product = fl.hessian_vector(loss, theta, direction, gradient=slope)
            curvature = float(direction @ product)
            if not np.linalg.norm(product) > 0.0:
                break
            direction = product
    return curvature if np.isfinite(curvature) else 0.0


def _broken(setup: Setup, sound: NDArray[np.float64]) -> str:
    """Say where the activation gave no number, if it did."""
    if isinstance(setup.network.activation, str):
        return ""
    with np.errstate(all="ignore"):
        for theta in sound[::-1]:
            for response in setup.network.responses(theta, setup.X)[:-1]:
                if not np.isfinite(response).all():
                    return "Your activation gives no finite number for some of the sums that it met."
    return ""


def _name(rule: str) -> str:
    return {"GradientDescent": "gradient descent", "Momentum": "momentum", "Nesterov": "Nesterov's method"}[
        rule
    ]
