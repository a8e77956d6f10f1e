"""Gradients of a network unit by unit: finite differences at a cost close to backpropagation's.

A weight acts on the loss through the sum of its unit alone, and that sum is linear in the weight: ∂z/∂W is what enters.
So it is enough to know, for each sample, how the loss responds to each *unit*. There are far fewer units than weights,
and one matrix product turns the responses into the gradient of all weights.

The response of a unit is had from two shifts of its output, by ±δ, each carried through everything that follows to a new
loss, times the slope of its own activation, a difference as well. Shifting the output rather than the sum is what makes
it quick: δ times a weight is the same for every sample, so that the addition theorems (tanh(z + s) from tanh z and
tanh s, eᶻ⁺ˢ from eᶻ and eˢ) are evaluated for a table of weights instead of all samples.
"""

from dataclasses import dataclass

import numpy as np

from fallline.networks.chained import activation_slopes, collect
from fallline.networks.forward import Layers, Pass
from fallline.networks.products import Array
from fallline.networks.steps import Step, central_step
from fallline.networks.weight import redo, rows_within

# Second differences above this part of the largest first one are taken for a kink where nobody said that there is none.
_BEND = 1e-3
# No activation here is steeper than this; GELU comes closest.
_STEEPEST = 1.2
# What enters a unit decides how far a weight moves it; steps that follow farther than this would be too long.
_FARTHEST = 8.0


def node(seen: Pass, gradient: Layers, step: Step, budget: int, plain: float) -> None:
    """Central difference of each sample's loss for each unit, assembled into the gradient of the weights.

    Two evaluations of what follows a unit, for each unit. Assumes that the loss is a mean over samples, and that
    activations work number by number. Activation and loss may be black boxes. Where a perturbation of a weight by `plain`
    would come across a kink, that sample and unit are redone weight by weight: the result is that of the central
    difference by `plain`. Kinks that are known, those of ReLU, leaky ReLU and the losses, are always found; those of a
    black box are found where the slopes on both sides of a sample differ by a thousandth of the largest slope, and what
    enters its unit is below 8.
    """
    for layer in range(seen.last + 1):
        kinks = Kinks(seen, layer, step, plain)
        slopes = _responses(seen, layer, kinks.step, kinks, budget)
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


def _responses(seen: Pass, layer: int, step: Step, kinks: "Kinks | None", budget: int) -> Array:
    # ∂loss/∂z of each unit and sample, (n, m).
    responses = np.empty(seen.sums[layer].shape)
    onward = seen.onward(layer)
    after = min(layer + 1, seen.last)
    # Shifts that are the same for all samples take no room before they have gone through an activation.
    some = rows_within(seen, min(after + 1, seen.last), budget)
    for first in range(0, len(onward), some):
        part = slice(first, first + some)
        up = (step.shift * onward[part]).T[:, :, None]
        if kinks is None or not kinks.possible:
            difference = seen.difference(after, up, step.opposite * up if step.opposite else None)
        else:
            difference = kinks.difference(after, up, part)
        responses[part] = step.slope(difference)
    if layer < seen.last:
        responses *= activation_slopes(seen, layer, step)
    return responses


@dataclass(eq=False, repr=False)
class Kinks:
    """Watches where a layer's shifts come across a kink.

    Parameters
    ----------
    seen
        The forward pass.
    layer
        The layer whose units are shifted.
    step
        By how much their outputs are to be shifted; more where only that finds the kinks.
    plain
        By how much a weight would be: every kink that this comes across counts.
    """

    seen: Pass
    layer: int
    step: Step
    plain: float

    def __post_init__(self) -> None:
        """Look at the units themselves."""
        activation, own_loss = self.seen.model.activation, self.seen.model.loss.targets == "own"
        hidden = self.layer < self.seen.last
        self.at_zero = activation.kink == "zero" and self.seen.last > 0
        self.unknown = own_loss or (activation.kink == "unknown" and self.seen.last > 0)
        self.room = self.seen.loss.room()
        self.possible = self.at_zero or self.unknown or self.room is not None
        if not self.possible:
            return
        entering = np.abs(self.seen.entering[self.layer]).max(axis=0, initial=1.0)
        self.reach = self.plain * entering
        if self.unknown:
            # A kink that nobody knows of is found by stepping over it.
            farthest = min(entering.max(), _FARTHEST)
            self.step = central_step(self.step.shift * farthest)
        self.crossed = np.zeros(self.seen.sums[self.layer].shape, bool)
        if hidden and self.at_zero:
            self.crossed |= np.abs(self.seen.sums[self.layer]) <= self.reach
        if hidden and activation.kink == "unknown":
            self.crossed |= self._bends()

    def difference(self, after: int, up: Array, part: slice) -> Array:
        """As that of the forward pass, and note which units and samples come across a kink."""
        crossed = self.crossed[part]

        def watch(layer: int, shifts: Array) -> None:
            room = self._room(layer)
            if room is not None:
                np.logical_or(crossed, (np.abs(shifts) >= room[:, None, :]).any(axis=0), out=crossed)

        down = self.seen.follow(after, self.step.opposite * up)
        up = self.seen.follow(after, up, watch)
        if not self.unknown:
            return self.seen.loss.difference(up, down)
        rise = self.seen.loss.difference(up, self.seen.unmoved())
        fall = self.seen.loss.difference(self.seen.unmoved(), down)
        np.logical_or(crossed, _bent(rise, fall), out=crossed)
        return rise + fall

    def _room(self, layer: int) -> Array | None:
        # How far the sums of a layer can be shifted, on the scale of the shifts that are made here.
        if layer == self.seen.last:
            room = None if self.room is None else self.room[None]
        else:
            room = np.abs(self.seen.sums[layer]) if self.at_zero else None
        return None if room is None else room * (abs(self.step.shift) / (_STEEPEST * self.reach))

    def _bends(self) -> Array:
        z, a = self.seen.sums[self.layer], self.seen.entering[self.layer + 1]
        shift = self.seen.model.activation.shift
        return _bent(shift(z, a, self.reach), -shift(z, a, -self.reach))


def _bent(rise: Array, fall: Array) -> Array:
    return np.abs(rise - fall) > _BEND * np.abs(rise + fall).max(initial=0.0)
