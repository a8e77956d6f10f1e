"""A network at many points θ at once, as finite differences and pictures of losses look at it.

Each layer's arrays have one more axis: weights (n, k, p) and biases (k, p) for p points, sums (k, p, m) for m samples.
NumPy is called once for all points, which is quicker where a network or its batch is small.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from fallline.networks.chained import exact_slope
from fallline.networks.forward import CACHE, Layers, Model
from fallline.networks.products import Array, backwards_each, forwards, forwards_each


def mean_losses(model: Model, x: Array, y: Array) -> NDArray[np.float64]:
    """Mean loss at each point, (p,), for samples (n, m) with targets (..., m)."""
    points = model.layers[0][1].shape[1]
    if _is_own(model):
        values = [_at(model, p).values(x, y) for p in range(points)]
        return np.array([value.sum() / value.size for value in values])
    some = max(1, CACHE // (8 * max(len(biases) for _, biases in model.layers) * x.shape[1]))
    if points <= some:
        return _mean_losses(model, x, y)
    parts = (_part(model, slice(first, first + some)) for first in range(0, points, some))
    return np.concatenate([_mean_losses(part, x, y) for part in parts])


def _mean_losses(model: Model, x: Array, y: Array) -> NDArray[np.float64]:
    values = _loss(model, _sums(model, x)[-1], y).values().reshape(-1, x.shape[1])
    losses: NDArray[np.float64] = values.sum(axis=1) / x.shape[1]
    return losses


def sample_gradients(model: Model, x: Array, y: Array, gradients: Layers) -> None:
    """Write each sample's own gradient at each point, by backpropagation: (n, k, p, m) and (k, p, m) a layer.

    Raises
    ------
    TypeError
        If the slope of the activation or of the loss is not known.
    """
    sums = _sums(model, x)
    slopes = _loss(model, sums[-1], y).slope().reshape(sums[-1].shape)
    for layer in range(len(sums) - 1, -1, -1):
        weights, biases = gradients[layer]
        entering = x[:, None, :] if layer == 0 else model.activation.value(sums[layer - 1])
        np.multiply(entering[:, None], slopes, out=weights)
        biases[:] = slopes
        if layer > 0:
            slopes = backwards_each(model.layers[layer][0], slopes)
            slopes *= exact_slope(model.activation)(sums[layer - 1], entering)


def _sums(model: Model, x: Array) -> list[Array]:
    """Return the sums of each layer, (k, p, m): the first layer takes the samples as they are to all points at once."""
    weights, biases = model.layers[0]
    flat = forwards(weights.reshape(len(weights), -1), x)
    sums = [flat.reshape(*biases.shape, -1) + biases[:, :, None]]
    for weights, biases in model.layers[1:]:
        sums.append(forwards_each(weights, model.activation.value(sums[-1])) + biases[:, :, None])
    return sums


def _loss(model: Model, z: Array, y: Array) -> Array:
    """Return the loss at outputs (k, p, m), the samples of one point after those of another."""
    return model.loss(z.reshape(len(z), -1), np.concatenate([y] * z.shape[1], axis=-1))


def _is_own(model: Model) -> bool:
    """Tell whether a function of the user's is among them: who knows whether it looks at each number by itself."""
    return model.activation.kink == "unknown" or model.loss.targets == "own"


def _part(model: Model, points: slice) -> Model:
    return replace(
        model, layers=[(weights[..., points], biases[..., points]) for weights, biases in model.layers]
    )


def _at(model: Model, point: int) -> Model:
    layers = [
        (np.ascontiguousarray(weights[..., point]), biases[..., point]) for weights, biases in model.layers
    ]
    return replace(model, layers=layers)
