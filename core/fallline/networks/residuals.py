"""Losses of the residual r = z − y, for outputs that are to hit a number."""

from typing import ClassVar

import numpy as np

from fallline.networks.activations import relu_change
from fallline.networks.products import Array


class MeanSquared:
    """Mean over the outputs of (z − y)², as PyTorch's MSELoss."""

    targets: ClassVar[str] = "reals"
    exact: ClassVar[bool] = True

    def __init__(self, z: Array, y: Array) -> None:
        self.z, self.y = z, y

    def values(self) -> Array:
        """Mean of (z − y)²."""
        squares = np.square(self.z - self.y)
        return squares[0] if len(squares) == 1 else squares.mean(axis=0)

    def slope(self) -> Array:
        """2(z − y)/k."""
        return (2.0 / len(self.z)) * (self.z - self.y)

    def difference(self, up: Array, down: Array) -> Array:
        """Use (r + u)² − (r + d)² = (u − d)(2r + u + d)."""
        twice = 2.0 * (self.z - self.y)[:, None, :]
        return ((up - down) * (twice + (up + down))).mean(axis=0)

    def room(self) -> None:
        """No kinks."""


class MeanAbsolute:
    """Mean over the outputs of |z − y|, as PyTorch's L1Loss."""

    targets: ClassVar[str] = "reals"
    exact: ClassVar[bool] = True

    def __init__(self, z: Array, y: Array) -> None:
        self.z, self.y = z, y

    def values(self) -> Array:
        """Mean of |z − y|."""
        return np.abs(self.z - self.y).mean(axis=0)

    def slope(self) -> Array:
        """Sign of z − y, over k."""
        return np.sign(self.z - self.y) / len(self.z)

    def difference(self, up: Array, down: Array) -> Array:
        """Use |r| = 2 max(r, 0) − r."""
        r = (self.z - self.y)[:, None, :]
        positive = np.maximum(r, 0.0)
        bends = relu_change(r, positive, up) - relu_change(r, positive, down)
        return (2.0 * bends - (up - down)).mean(axis=0)

    def room(self) -> Array:
        """Find the smallest residual."""
        return np.abs(self.z - self.y).min(axis=0)


class Huber:
    """Mean over the outputs of ½r² where |r| ≤ 1 and |r| − ½ elsewhere, r = z − y (Huber, 1964); PyTorch's HuberLoss."""

    targets: ClassVar[str] = "reals"
    exact: ClassVar[bool] = True

    def __init__(self, z: Array, y: Array) -> None:
        self.z, self.y = z, y

    def values(self) -> Array:
        """½r² or |r| − ½, in one: c(r − ½c), c being r held between −1 and 1."""
        r = self.z - self.y
        held = np.clip(r, -1.0, 1.0)
        return (held * (r - 0.5 * held)).mean(axis=0)

    def slope(self) -> Array:
        """Hold the residual between −1 and 1."""
        return np.clip(self.z - self.y, -1.0, 1.0) / len(self.z)

    def difference(self, up: Array, down: Array) -> Array:
        """Use ½r² − ½max(r − 1, 0)² − ½max(−r − 1, 0)², and a² − b² = (a − b)(a + b)."""
        r = (self.z - self.y)[:, None, :]
        twice = (up - down) * (2.0 * r + (up + down))
        for excess, sign in ((r - 1.0, 1.0), (-r - 1.0, -1.0)):
            positive = np.maximum(excess, 0.0)
            high = relu_change(excess, positive, sign * up)
            low = relu_change(excess, positive, sign * down)
            twice = twice - (high - low) * (2.0 * positive + (high + low))
        return 0.5 * twice.mean(axis=0)

    def room(self) -> Array:
        """How close the closest residual is to ±1, where the curvature jumps."""
        return np.abs(np.abs(self.z - self.y) - 1.0).min(axis=0)
