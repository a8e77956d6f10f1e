"""Gradients by the chain rule: exact slopes, or slopes that were differenced, chained through the weights."""

from collections.abc import Callable

import numpy as np

from fallline.networks.activations import Activation
from fallline.networks.forward import Layers, Pass
from fallline.networks.products import Array, backwards, outer
from fallline.networks.steps import Step


def backprop(seen: Pass, gradient: Layers) -> None:
    """Backpropagation (Rumelhart, Hinton and Williams, 1986): exact to rounding, one pass back for one forth.

    Assumes that the slopes of activation and loss are known.

    Raises
    ------
    TypeError
        If the slope of the activation or of the loss is not known.
    """
    slope = exact_slope(seen.model.activation)
    _chain(seen, gradient, seen.loss.slope(), lambda layer: slope(seen.sums[layer], seen.entering[layer + 1]))


def layerwise(seen: Pass, gradient: Layers, step: Step) -> None:
    """Backpropagation with every slope of activation and loss replaced by a difference.

    The weights are chained exactly, so this is no finite difference of the network's loss as a whole; it is what
    backpropagation becomes when activation and loss are black boxes. Costs two values of the activation for each unit
    and of the loss for each output, on top of backpropagation. Assumes that the loss is a mean over samples. Where a
    slope jumps within a step, the result lies between the slopes of both sides.
    """
    up = step.shift * seen.onward(seen.last)[:, :, None]
    outputs = step.slope(seen.loss.difference(up, step.opposite * up))
    _chain(seen, gradient, outputs, lambda layer: activation_slopes(seen, layer, step))


def activation_slopes(seen: Pass, layer: int, step: Step) -> Array:
    """Slope of the activation at each unit's sum, (n, m), by a difference."""
    z, a = seen.sums[layer], seen.entering[layer + 1]
    activation = seen.model.activation
    if step.opposite:
        return step.slope(activation.across(z, a, step.shift.real))
    return step.slope(activation.shift(z, a, np.asarray(step.shift)))


def exact_slope(activation: Activation) -> Callable[[Array, Array], Array]:
    """Return the slope of an activation, from sums and what it makes of them.

    Raises
    ------
    TypeError
        If nobody said what it is.
    """
    if activation.slope is None:
        raise TypeError(
            f"backprop needs the slope of the activation {activation.name}, which is not given: "
            'use method="layerwise" or "node", or fl.Activation(name, value, slope=...)'
        )
    return activation.slope


def _chain(seen: Pass, gradient: Layers, slopes: Array, activation_slope: Callable[[int], Array]) -> None:
    slopes = slopes / slopes.shape[1]
    for layer in range(seen.last, -1, -1):
        collect(seen, gradient, layer, slopes)
        if layer > 0:
            slopes = backwards(seen.model.layers[layer][0], slopes)
            slopes *= activation_slope(layer - 1)


def collect(seen: Pass, gradient: Layers, layer: int, slopes: Array) -> None:
    """Write the gradient of a layer, from the slope of the mean loss at each of its sums, (k, m)."""
    weights, biases = gradient[layer]
    outer(seen.entering[layer], slopes, out=weights)
    slopes.sum(axis=1, out=biases)
