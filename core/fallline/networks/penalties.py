"""Penalties on weights: l1·Σ|W| + ½·l2·ΣW²."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from fallline.networks.forward import Layers


@dataclass(frozen=True)
class Penalty:
    """What large weights cost.

    Parameters
    ----------
    l1
        Weight of the sum of their sizes.
    l2
        Weight of half the sum of their squares.

    Raises
    ------
    ValueError
        If one is negative or not finite.

    Examples
    --------
    >>> float(Penalty(l1=0.0, l2=1.0).value([(np.array([[1.0, 2.0]]), np.zeros(2))]))
    2.5
    """

    l1: float
    l2: float

    def __post_init__(self) -> None:
        """Refuse what would reward large weights."""
        for name, weight in (("l1", self.l1), ("l2", self.l2)):
            if not 0.0 <= weight < np.inf:
                raise ValueError(f"{name} must be at least 0 and finite, got {weight!r}")

    @property
    def is_given(self) -> bool:
        """Whether large weights cost anything."""
        return bool(self.l1 or self.l2)

    def value(self, layers: Layers) -> Any:
        """Penalty of weights, of those of each point where they are (n, k, p); biases cost nothing."""
        if not self.is_given:
            return 0.0
        return sum(self._of(weights).sum(axis=(0, 1)) for weights, _ in layers)

    def add_slope(self, layers: Layers, gradient: Layers, h: float | None) -> None:
        """Add the penalty's slope to a gradient: exact without h, else the central difference by h."""
        for (weights, _), (slopes, _) in zip(layers, gradient, strict=True):
            if h is None:
                slopes += self.l1 * np.sign(weights) + self.l2 * weights
            else:
                slopes += (self._of(weights + h) - self._of(weights - h)) / (2.0 * h)

    def _of(self, weights: Any) -> Any:
        return self.l1 * np.abs(weights) + 0.5 * self.l2 * np.square(weights)
