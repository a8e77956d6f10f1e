"""Hinge losses, for outputs that are to keep a margin between the true class and the others."""

from functools import cached_property
from typing import ClassVar

import numpy as np

from fallline.networks.activations import relu_change
from fallline.networks.products import Array


class BinaryHinge:
    """max(0, 1 − tz) with t = 2y − 1 for classes y ∈ {0, 1}."""

    targets: ClassVar[str] = "classes"
    exact: ClassVar[bool] = True

    def __init__(self, z: Array, y: Array) -> None:
        self.z, self.y = z, y

    @cached_property
    def lacking(self) -> Array:
        """What is missing to the margin, 1 − tz, (m,)."""
        return 1.0 - (2.0 * self.y - 1.0) * self.z[0]

    def values(self) -> Array:
        """max(0, 1 − tz)."""
        return np.maximum(self.lacking, 0.0)

    def slope(self) -> Array:
        """−t where the margin is not kept."""
        return np.where(self.lacking > 0.0, 1.0 - 2.0 * self.y, 0.0)[None]

    def difference(self, up: Array, down: Array) -> Array:
        """As that of ReLU."""
        sign, positive = 1.0 - 2.0 * self.y, self.values()
        rise = relu_change(self.lacking, positive, sign * up[0])
        return rise - relu_change(self.lacking, positive, sign * down[0])

    def room(self) -> Array:
        """Distance to the margin."""
        return np.abs(self.lacking)


class Hinge:
    """Σₖ max(0, 1 − z_y + zₖ)/K over the K − 1 wrong classes k (Weston and Watkins, 1999); PyTorch's MultiMarginLoss."""

    targets: ClassVar[str] = "classes"
    exact: ClassVar[bool] = True

    def __init__(self, z: Array, y: Array) -> None:
        self.z, self.y = z, y

    @cached_property
    def lacking(self) -> Array:
        """What is missing to each margin, 1 − z_y + zₖ, (k, m); −∞ at the true class, which has none."""
        samples = np.arange(self.z.shape[1])
        lacking = 1.0 + self.z - self.z[self.y, samples]
        lacking[self.y, samples] = -np.inf
        return lacking

    def values(self) -> Array:
        """Σₖ max(0, 1 − z_y + zₖ)/K."""
        return np.maximum(self.lacking, 0.0).sum(axis=0) / len(self.z)

    def slope(self) -> Array:
        """1/K where a margin is not kept, and as much against the true class."""
        slope = (self.lacking > 0.0) / len(self.z)
        slope[self.y, np.arange(slope.shape[1])] = -slope.sum(axis=0)
        return slope

    def difference(self, up: Array, down: Array) -> Array:
        """As that of ReLU, margin by margin."""
        lacking = self.lacking[:, None, :]
        positive = np.maximum(lacking, 0.0)
        rise = relu_change(lacking, positive, self._of_margins(up))
        return (rise - relu_change(lacking, positive, self._of_margins(down))).sum(axis=0) / len(self.z)

    def room(self) -> Array:
        """Half the distance to the closest margin, since two outputs can move towards each other."""
        return 0.5 * np.abs(self.lacking).min(axis=0)

    def _of_margins(self, shifts: Array) -> Array:
        whole = np.broadcast_to(shifts, (*shifts.shape[:2], self.z.shape[1]))
        return shifts - np.take_along_axis(whole, self.y[None, None, :], axis=0)
