"""Gradients by the chain rule: exact slopes, or slopes that were differenced, chained through the weights."""

from collections.abc import Callable, Iterator

import numpy as np

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
    _chain(seen, gradient, seen.loss.slope(), _exact_slopes(seen))


def backprop_samples(seen: Pass, gradients: Layers) -> None:
    """Backpropagation without the mean over samples: write each sample's own gradient, (n, k, m) and (k, m) a layer.

    Raises
    ------
    TypeError
        If the slope of the activation or of the loss is not known.
    """
    for layer, slopes in _backwards(seen, seen.loss.slope(), _exact_slopes(seen)):
        weights, biases = gradients[layer]
        np.multiply(seen.entering[layer][:, None, :], slopes, out=weights)
        biases[:] = slopes


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


def _exact_slopes(seen: Pass) -> Callable[[int], Array]:
    activation = seen.model.activation
    if activation.slope is None:
        raise TypeError(
            f"backprop needs the slope of the activation {activation.name}, which is not given: "
            'use method="layerwise" or "node", or fl.Activation(name, value, slope=...)'
        )
    slope = activation.slope
    return lambda layer: slope(seen.sums[layer], seen.entering[layer + 1])


def _chain(seen: Pass, gradient: Layers, slopes: Array, activation_slope: Callable[[int], Array]) -> None:
    for layer, of_sums in _backwards(seen, slopes / slopes.shape[1], activation_slope):
        collect(seen, gradient, layer, of_sums)


def _backwards(
    seen: Pass, slopes: Array, activation_slope: Callable[[int], Array]
) -> Iterator[tuple[int, Array]]:
    """From the last layer to the first: its number, and the slope of the loss at its sums, (k, m)."""
    for layer in range(seen.last, -1, -1):
        yield layer, slopes
        if layer > 0:
            slopes = backwards(seen.model.layers[layer][0], slopes)
            slopes *= activation_slope(layer - 1)


def collect(seen: Pass, gradient: Layers, layer: int, slopes: Array) -> None:
    """Write the gradient of a layer, from the slope of the mean loss at each of its sums, (k, m)."""
    weights, biases = gradient[layer]
    outer(seen.entering[layer], slopes, out=weights)
    slopes.sum(axis=1, out=biases)
