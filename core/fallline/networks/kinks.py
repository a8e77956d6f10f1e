"""Where a network is not smooth: which units and samples a finite difference would take across a kink."""

from dataclasses import dataclass

import numpy as np

from fallline.networks.forward import Pass
from fallline.networks.products import Array, forwards
from fallline.networks.steps import Step, central_step

# A slope that changes by this part of the largest within a step is taken for a kink, where nobody said that there is none.
_BEND = 5e-4
# No activation of ours is steeper than this; GELU comes closest.
_STEEPEST = 1.2
# What enters a unit decides how far a weight moves it; steps that follow farther than this would be too long.
_FARTHEST = 8.0


@dataclass(eq=False, repr=False)
class Kinks:
    """Watches where shifts of a layer's units come across a kink.

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
        seen, hidden = self.seen, self.seen.last > 0
        kink = seen.model.activation.kink
        self.at_zero = hidden and kink == "zero"
        self.unknown_activation = hidden and kink == "unknown"
        self.unknown = self.unknown_activation or seen.model.loss.targets == "own"
        self.room = seen.loss.room()
        self.possible = self.at_zero or self.unknown or self.room is not None
        if self.possible:
            self._look()

    def _look(self) -> None:
        seen, layer = self.seen, self.layer
        entering = np.abs(seen.entering[layer]).max(axis=0, initial=1.0)
        self.reach = self.plain * entering
        self.crossed = np.zeros(seen.sums[layer].shape, bool)
        steepest = 1.0
        if layer < seen.last and self.at_zero:
            self.crossed |= np.abs(seen.sums[layer]) <= self.reach
        if layer < seen.last and self.unknown_activation:
            z, a, shift = seen.sums[layer], seen.entering[layer + 1], seen.model.activation.shift
            rise, fall = shift(z, a, self.reach), -shift(z, a, -self.reach)
            self.crossed |= _bent(rise, fall, self.reach)
            steepest = max(1.0, _steepest(rise, self.reach))
        if self.unknown:
            # A kink that nobody knows of is found by stepping over it.
            farthest = min(entering.max() * steepest, _FARTHEST)
            self.step = central_step(self.step.shift * farthest)

    def difference(self, after: int, up: Array, part: slice) -> Array:
        """As that of the forward pass, and note which units and samples come across a kink."""
        crossed = self.crossed[part]
        down = self.step.opposite * up
        if self.unknown_activation:
            up, down = self._follow(after, up, down, crossed)
            self._watch(self.seen.last, up, crossed)
        else:
            down = self.seen.follow(after, down)
            up = self.seen.follow(after, up, lambda layer, shifts: self._watch(layer, shifts, crossed))
        if not self.unknown:
            return self.seen.loss.difference(up, down)
        rise = self.seen.loss.difference(up, self.seen.unmoved())
        fall = self.seen.loss.difference(self.seen.unmoved(), down)
        np.logical_or(crossed, _bent(rise, fall, np.ones(1)), out=crossed)
        return rise + fall

    def _follow(self, layer: int, up: Array, down: Array, crossed: Array) -> tuple[Array, Array]:
        # As the forward pass does, and compare both sides of each unit on the way.
        model = self.seen.model
        for after in range(layer, self.seen.last):
            z, a = self.seen.sums[after][:, None, :], self.seen.entering[after + 1][:, None, :]
            rise, fall = model.activation.shift(z, a, up), -model.activation.shift(z, a, down)
            np.logical_or(crossed, _bent(rise, fall, up).any(axis=0), out=crossed)
            weights = model.layers[after + 1][0]
            up, down = forwards(weights, rise), -forwards(weights, fall)
        return up, down

    def _watch(self, layer: int, shifts: Array, crossed: Array) -> None:
        room = self._room(layer)
        if room is not None:
            np.logical_or(crossed, (np.abs(shifts) >= room[:, None, :]).any(axis=0), out=crossed)

    def _room(self, layer: int) -> Array | None:
        # How far the sums of a layer can be shifted, on the scale of the shifts that are made here.
        if layer == self.seen.last:
            room = None if self.room is None else self.room[None]
        else:
            room = np.abs(self.seen.sums[layer]) if self.at_zero else None
        return None if room is None else room * (abs(self.step.shift) / (_STEEPEST * self.reach))


def _steepest(rise: Array, shifts: Array) -> float:
    return float(np.abs(rise).max() / max(np.abs(shifts).max(), 1e-300))


def _bent(rise: Array, fall: Array, shifts: Array) -> Array:
    return np.abs(rise - fall) > _BEND * _steepest(rise, shifts) * np.abs(shifts)
