"""Gradients of a network weight by weight, each perturbation entering where it first matters."""

from typing import Any

import numpy as np

from fallline.networks.forward import Layers, Pass, run
from fallline.networks.products import Array
from fallline.networks.steps import Step


def weight(seen: Pass, gradient: Layers, step: Step, budget: int) -> None:
    """Central difference of the loss for every single weight, without running what it does not change.

    Weight i of unit j moves that unit's sum by h times what enters through it, and nothing else in its layer or before.
    So only the change that this makes further on is computed: the same number as by perturbing the weight and running
    the whole network, at a fraction of the cost, which still is two partial runs a weight. Activation and loss may be
    black boxes and may have kinks. Assumes that the loss is a mean over samples.
    """
    for layer in range(seen.last + 1):
        entering = _with_ones(seen.entering[layer])
        onward = seen.onward(layer)
        some = rows_within(seen, layer, budget)
        for j in range(len(seen.sums[layer])):
            for first in range(0, len(entering), some):
                part = slice(first, first + some)
                slopes = _slopes(seen, layer, np.array([j]), onward, entering[part], step).mean(axis=1)
                _write(gradient[layer], part, j, slopes)


def redo(
    seen: Pass, gradient: Layers, layer: int, units: Array, samples: Array, step: Step, budget: int
) -> None:
    """Add to the gradient of a layer what some samples do through some units, weight by weight; they come in pairs."""
    weights, biases = gradient[layer]
    m = seen.sums[layer].shape[1]
    some = max(1, rows_within(seen, layer, budget) * m // (len(weights) + 1))
    for first in range(0, len(units), some):
        js, bs = units[first : first + some], samples[first : first + some]
        pairs = run(seen.model, seen.entering[0][:, bs], seen.targets[..., bs])
        slopes = _slopes(pairs, layer, js, seen.onward(layer), _with_ones(pairs.entering[layer]), step) / m
        np.add.at(weights.T, js, slopes[:-1].T)
        np.add.at(biases, js, slopes[-1])


def rows_within(seen: Pass, layer: int, budget: int) -> int:
    """How many shifts of a layer's units can be followed at once within `budget` bytes for the widest array of them."""
    widest = max(len(sums) for sums in seen.sums[layer:])
    return max(1, budget // (16 * widest * int(seen.sums[0].shape[1])))


def _slopes(seen: Pass, layer: int, js: Array, onward: Array, entering: Array, step: Step) -> Array:
    # Of each sample's loss for each weight through which `entering`, (i, m), reaches the unit js: one for all, or one each.
    columns = np.arange(len(js)) if len(js) > 1 else slice(None)
    z = seen.sums[layer][js, columns]
    a = None if layer == seen.last else seen.entering[layer + 1][js, columns]

    def shifts(h: Any) -> Array:
        s = h * entering
        if a is not None:
            s = seen.model.activation.shift(z, a, s)
        moved: Array = onward[js].T[:, None, :] * s
        return moved

    up, down = shifts(step.shift), shifts(step.opposite * step.shift)
    return step.slope(seen.difference(min(layer + 1, seen.last), up, down))


def _with_ones(entering: Array) -> Array:
    return np.vstack([entering, np.ones((1, entering.shape[1]))])


def _write(layer: Any, part: slice, j: int, slopes: Array) -> None:
    weights, biases = layer
    inside = slopes[: len(weights) - part.start]
    weights[part.start : part.start + len(inside), j] = inside
    if len(slopes) > len(inside):
        biases[j] = slopes[-1]
