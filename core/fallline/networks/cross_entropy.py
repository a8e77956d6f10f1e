"""Cross-entropy: the loss of a network whose outputs are the logarithms of odds."""

from functools import cached_property
from math import isfinite
from typing import Any, ClassVar

import numpy as np

from fallline.networks.products import Array, forwards

# 1 + p(eᵈ − 1) has cancelled too many digits below this, where the shift d is as long as −14.
_SOUND = 1e-6


def _is_sound(change: Array, base: Array) -> bool:
    # One infinite or undefined number makes their sum so; that is quicker than to look at each.
    return bool(base.real.min() > _SOUND and isfinite(change.sum().real))


def _subtracted(loss: Any, up: Array, down: Array) -> Array:
    """Loss at z + up less loss at z + down, where shifts are so long that nothing cancels."""
    # One of the two may be no shift, which stands for many.
    shifted = [loss.z[:, None, :] + shifts for shifts in np.broadcast_arrays(up, down)]
    targets = np.tile(loss.y, shifted[0].shape[1])
    high, low = (type(loss)(z.reshape(len(z), -1), targets).values() for z in shifted)
    difference: Array = (high - low).reshape(shifted[0].shape[1:])
    return difference


class BinaryCrossEntropy:
    """−log of the probability of class y ∈ {0, 1}, where class 1 has σ(z) = 1/(1 + e⁻ᶻ)."""

    targets: ClassVar[str] = "classes"
    exact: ClassVar[bool] = True

    def __init__(self, z: Array, y: Array) -> None:
        self.z, self.y = z, y

    @cached_property
    def probabilities(self) -> Array:
        """σ(z), (1, m), without overflow."""
        return 1.0 / (1.0 + np.exp(np.minimum(-self.z, 700.0)))

    def values(self) -> Array:
        """log(1 + eᶻ) − yz."""
        z = self.z[0]
        return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))) - self.y * z

    def slope(self) -> Array:
        """σ(z) − y."""
        return self.probabilities - self.y

    def difference(self, up: Array, down: Array) -> Array:
        """Use (1 + eᶻ⁺ᵘ)/(1 + eᶻ⁺ᵈ) = 1 + p(eᵘ − eᵈ)/(1 + p(eᵈ − 1)), p = σ(z)."""
        p, high, low = self.probabilities, up[0], down[0]
        with np.errstate(all="ignore"):
            less = np.expm1(low)
            base = 1.0 + p * less
            change = np.log1p(p * (np.expm1(high) - less) / base) - self.y * (high - low)
        return change if _is_sound(change, base) else _subtracted(self, up, down)

    def room(self) -> None:
        """No kinks."""


class CrossEntropy:
    """−log of the probability of class y, where class k has the softmax pₖ = eᶻᵏ/Σᵢ eᶻⁱ."""

    targets: ClassVar[str] = "classes"
    exact: ClassVar[bool] = True

    def __init__(self, z: Array, y: Array) -> None:
        self.z, self.y = z, y

    @cached_property
    def probabilities(self) -> Array:
        """Softmax, (k, m)."""
        p = self.z - self.z.max(axis=0)
        np.exp(p, out=p)
        p /= p.sum(axis=0)
        return p

    def values(self) -> Array:
        """Log Σᵢ eᶻⁱ − z_y."""
        below = self.z - self.z.max(axis=0)
        own = below[self.y, np.arange(below.shape[1])]
        return np.log(np.exp(below).sum(axis=0)) - own

    def slope(self) -> Array:
        """Softmax, less 1 at the true class."""
        slope = self.probabilities.copy()
        slope[self.y, np.arange(slope.shape[1])] -= 1.0
        return slope

    def difference(self, up: Array, down: Array) -> Array:
        """Use Σeᶻ⁺ᵘ/Σeᶻ⁺ᵈ = 1 + Σp(eᵘ − eᵈ)/(1 + Σp(eᵈ − 1)), p the softmax of z.

        Shifts that are the same for every sample leave p outside the exponentials: a matrix product then.
        """
        with np.errstate(all="ignore"):
            less = np.expm1(down)
            change = self._expect(np.expm1(up) - less)
            base = self._expect(less)
            base += 1.0
            change /= base
            np.log1p(change, out=change)
            change -= self._of_true_class(up - down)
        return change if _is_sound(change, base) else _subtracted(self, up, down)

    def room(self) -> None:
        """No kinks."""

    def _expect(self, shifts: Array) -> Array:
        if shifts.shape[2] == 1:
            return forwards(shifts[:, :, 0], self.probabilities)
        shifts *= self.probabilities[:, None, :]
        return shifts.sum(axis=0)

    def _of_true_class(self, shifts: Array) -> Array:
        if shifts.shape[2] == 1:
            return np.ascontiguousarray(shifts[:, :, 0].T).take(self.y, axis=1)
        return np.take_along_axis(shifts, self.y[None, None, :], axis=0)[0]
