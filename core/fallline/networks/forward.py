"""One pass through a network, kept: what every kind of gradient starts from.

Layer l takes what enters it, (n, m) for n units and m samples, to the sums of its own units, (k, m). The sums of the last
layer are the outputs; those of any other go through the activation and enter the next.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fallline.networks.activations import Activation
from fallline.networks.losses import Loss, LossAt
from fallline.networks.products import Array, forwards

# Bytes of shifts that go through an activation at once: more fall out of the cache, less cost more in calls.
CACHE = 2**20

Layers = Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]]
"""Weights, (n, k), and biases, (k,), of each layer."""


@dataclass(frozen=True, eq=False, repr=False)
class Model:
    """A network with its parameters.

    Parameters
    ----------
    layers
        Weights and biases of each layer.
    activation
        What hidden units make of their sums.
    loss
        What is made of the outputs.
    """

    layers: Layers
    activation: Activation
    loss: Loss

    def outputs(self, x: Array) -> Array:
        """Take samples, (n, m), to the sums of the last layer, (k, m)."""
        for layer in range(len(self.layers) - 1):
            x = self.activate(self.sums(layer, x))
        return self.sums(len(self.layers) - 1, x)

    def responses(self, x: Array) -> list[Array]:
        """Take samples, (n, m), to what comes out of each layer, (k, m) each: of the last, its sums."""
        out = []
        for layer in range(len(self.layers) - 1):
            x = self.activate(self.sums(layer, x))
            out.append(x)
        return [*out, self.sums(len(self.layers) - 1, x)]

    def sums(self, layer: int, x: Array) -> Array:
        """Take what enters a layer to the sums of its units."""
        weights, biases = self.layers[layer]
        z = forwards(weights, x)
        z += biases[:, None]
        return z

    def activate(self, z: Array) -> Array:
        """Activation of sums, (n, m)."""
        # A function of the user's that is not elementwise sees samples as rows, as it would in any other library.
        return np.asarray(self.activation.value(z.T)).T

    def values(self, x: Array, y: Array) -> Array:
        """Loss of each sample, (m,), without keeping what lies between."""
        return self.loss(self.outputs(x), y).values()


@dataclass(frozen=True, eq=False, repr=False)
class Pass:
    """What a forward pass has seen.

    Parameters
    ----------
    model
        The network.
    entering
        What enters each layer, (n, m).
    sums
        The sums of each layer, (k, m).
    targets
        The targets that `loss` was made with, (..., m).
    loss
        The loss at the outputs.
    """

    model: Model
    entering: list[Array]
    sums: list[Array]
    targets: Array
    loss: LossAt

    @property
    def last(self) -> int:
        """Number of the output layer."""
        return len(self.sums) - 1

    def onward(self, layer: int) -> Array:
        """By how much the sums after a unit's output move when it does, (n, k): for outputs, those are themselves."""
        if layer == self.last:
            return np.eye(len(self.sums[layer]))
        return self.model.layers[layer + 1][0]

    def difference(self, layer: int, up: Array, down: Array | None) -> Array:
        """Loss when the sums of a layer are shifted by `up`, less loss when they are shifted by `down`, (j, m).

        Shifts are (k, j, m) for j of them, or (k, j, 1) where all samples are shifted alike; None stands for no shift.
        """
        if down is None:
            return self.loss.difference(self.follow(layer, up), self.unmoved())
        if layer == self.last:
            return self.loss.difference(up, down)
        both = self.follow(layer, np.concatenate([up, down], axis=1))
        return self.loss.difference(both[:, : up.shape[1]], both[:, up.shape[1] :])

    def unmoved(self) -> Array:
        """No shift of the outputs, (k, 1, 1)."""
        return np.zeros((len(self.sums[-1]), 1, 1))

    def follow(self, layer: int, shifts: Array, watch: Callable[[int, Array], None] | None = None) -> Array:
        """Take shifts of a layer's sums to shifts of the outputs; `watch` is shown those of each layer on the way."""
        while True:
            if watch is not None:
                watch(layer, shifts)
            if layer == self.last:
                return shifts
            shifts = self.carry(layer, shifts)
            layer += 1

    def carry(self, layer: int, shifts: Array) -> Array:
        """Take shifts of a layer's sums to shifts of the next layer's."""
        z, a = self.sums[layer][:, None, :], self.entering[layer + 1][:, None, :]
        weights, shift = self.model.layers[layer + 1][0], self.model.activation.shift
        some = max(1, CACHE // (8 * z.size))
        parts = (slice(first, first + some) for first in range(0, shifts.shape[1], some))
        carried = [forwards(weights, shift(z, a, shifts[:, part])) for part in parts]
        return carried[0] if len(carried) == 1 else np.concatenate(carried, axis=1)


def run(model: Model, x: Array, y: Array) -> Pass:
    """Take samples (n, m) with targets through a network."""
    entering, sums = [x], [model.sums(0, x)]
    for layer in range(1, len(model.layers)):
        entering.append(model.activate(sums[-1]))
        sums.append(model.sums(layer, entering[-1]))
    return Pass(model, entering, sums, y, model.loss(sums[-1], y))
