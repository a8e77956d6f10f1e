"""The methods by which a network's gradient can be found, by name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.differences.stochastic import chance_of
from fallline.networks.chained import backprop, layerwise
from fallline.networks.checks import check_own_functions
from fallline.networks.forward import Layers, Model, run
from fallline.networks.node import complex_node, node
from fallline.networks.steps import FINE, PLAIN, TINY, central_step, complex_step
from fallline.networks.weight import weight
from fallline.networks.whole import naive, spsa

Vector = NDArray[np.float64]

METHODS = ("backprop", "layerwise", "node", "weight", "naive", "complex", "spsa")

# Bytes for the widest array that a finite difference makes at once: much larger ones fall out of the cache.
BUDGET = 2**21


def check_method(method: str, step: float | None) -> None:
    """Refuse an unknown method, or a step that is none.

    Raises
    ------
    ValueError
        If the method is unknown, or the step not positive and finite.

    Examples
    --------
    >>> check_method("node", step=1e-5)
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}; got {method!r}")
    if step is not None and not 0.0 < step < np.inf:
        raise ValueError(f"step must be positive and finite, got {step!r}")


def of_passes(model: Model, gradient: Layers, x: Any, y: Any, method: str, step: float | None) -> None:
    """Write the gradient of the mean loss by a method that looks into the network.

    Raises
    ------
    TypeError
        If "backprop" lacks a slope.
    ValueError
        If the user's activation or loss mixes what the method looks at one by one.
    """
    check_own_functions(model, x, y, method)
    seen = run(model, x, y)
    if method == "backprop":
        backprop(seen, gradient)
    elif method == "layerwise":
        layerwise(seen, gradient, central_step(step or _finest(model)))
    elif method == "node":
        node(seen, gradient, central_step(step or _finest(model)), BUDGET, step or PLAIN)
    elif method == "weight":
        weight(seen, gradient, central_step(step or PLAIN), BUDGET)
    else:
        complex_node(seen, gradient, complex_step(step or TINY), BUDGET)


def _finest(model: Model) -> float:
    activation_is_exact = model.activation.change is not None or len(model.layers) == 1
    return FINE if activation_is_exact and model.loss.exact else PLAIN


def of_runs(
    model: Model,
    theta: Vector,
    x: Any,
    y: Any,
    method: str,
    step: float | None,
    rng: np.random.Generator | None,
) -> Vector:
    """Gradient of the mean loss from nothing but runs of the whole network; `model` looks at `theta`."""
    if method == "naive":
        return naive(model, theta, x, y, step or PLAIN)
    return spsa(model, theta, x, y, step or PLAIN, rng or chance_of(theta))
