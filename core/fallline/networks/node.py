"""Gradients of a network unit by unit: finite differences at a cost close to backpropagation's.

A weight acts on the loss through the sum of its unit alone, and that sum is linear in the weight: ∂z/∂W is what enters.
So it is enough to know, for each sample, how the loss responds to each *unit*. There are far fewer units than weights,
and one matrix product turns the responses into the gradient of all weights.

The response of a unit is had from two shifts of its output, by ±δ, each carried through everything that follows to a new
loss, times the slope of its own activation, a difference as well. Shifting the output rather than the sum is what makes
it quick: δ times a weight is the same for every sample, so that the addition theorems (tanh(z + s) from tanh z and
tanh s, eᶻ⁺ˢ from eᶻ and eˢ) are evaluated for a table of weights instead of all samples.
"""

import numpy as np

from fallline.networks.chained import activation_slopes, collect
from fallline.networks.forward import Layers, Pass
from fallline.networks.kinks import Kinks
from fallline.networks.products import Array
from fallline.networks.steps import Step, central_step
from fallline.networks.weight import redo, rows_within


def node(seen: Pass, gradient: Layers, step: Step, budget: int, plain: float) -> None:
    """Central difference of each sample's loss for each unit, assembled into the gradient of the weights.

    Two evaluations of what follows a unit, for each unit. Assumes that the loss is a mean over samples, and that
    activations work number by number. Activation and loss may be black boxes. Where a perturbation of a weight by `plain`
    would come across a kink, that sample and unit are redone weight by weight: the result is that of the central
    difference by `plain`. Kinks that are known, those of ReLU, leaky ReLU and the losses, are always found; those of a
    black box are found where they bend the activation or loss by more than a two-thousandth of its largest slope, and what
    enters the unit is below 8.
    """
    for layer in range(seen.last + 1):
        kinks = Kinks(seen, layer, step, plain)
        slopes = _responses(seen, layer, step, kinks, budget)
        units, samples = np.nonzero(kinks.crossed) if kinks.possible else (np.empty(0, int),) * 2
        slopes[units, samples] = 0.0
        slopes /= slopes.shape[1]
        collect(seen, gradient, layer, slopes)
        if len(units):
            redo(seen, gradient, layer, units, samples, central_step(plain), budget)


def complex_node(seen: Pass, gradient: Layers, step: Step, budget: int) -> None:
    """Complex step for each unit: one evaluation of what follows, exact to rounding.

    Assumes what "node" does, and that activation and loss are analytic and take complex numbers; where they use `abs`,
    `max` or a comparison of complex numbers, the result can be wrong without notice: compare it once with "node".
    """
    for layer in range(seen.last + 1):
        slopes = _responses(seen, layer, step, None, budget)
        collect(seen, gradient, layer, slopes / slopes.shape[1])


def _responses(seen: Pass, layer: int, step: Step, kinks: Kinks | None, budget: int) -> Array:
    # ∂loss/∂z of each unit and sample, (n, m).
    responses = np.empty(seen.sums[layer].shape)
    outward = step if kinks is None else kinks.step
    onward = seen.onward(layer)
    after = min(layer + 1, seen.last)
    # Shifts that are the same for all samples take no room before they have gone through an activation.
    wide = after if kinks is not None and kinks.unknown else min(after + 1, seen.last)
    some = rows_within(seen, wide, budget)
    for first in range(0, len(onward), some):
        part = slice(first, first + some)
        up = (outward.shift * onward[part]).T[:, :, None]
        if kinks is None or not kinks.possible:
            difference = seen.difference(after, up, outward.opposite * up if outward.opposite else None)
        else:
            difference = kinks.difference(after, up, part)
        responses[part] = outward.slope(difference)
    if layer < seen.last:
        responses *= activation_slopes(seen, layer, step)
    return responses
