"""Gradient descent, and the two ways to give it momentum."""

from dataclasses import dataclass

import numpy as np

from fallline.arrays import Vector
from fallline.hyperparameters import check_settings
from fallline.optimizers.fields import decay_field, rate_field


@dataclass(frozen=True)
class GradientDescent:
    """Walk straight downhill: the rule that all others improve on (Cauchy, 1847).

    x ← x − αg

    Examples
    --------
    >>> optimizer = GradientDescent(rate=0.1)
    >>> optimizer.step(np.array([2.0]), np.array([4.0]), None)
    (array([1.6]), None)
    """

    rate: float = rate_field(0.01, "How far to walk for a slope of 1.")

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> None:
        """Remember nothing."""

    def step(self, x: Vector, slope: Vector, state: None) -> tuple[Vector, None]:
        """Walk against the slope."""
        return x - self.rate * slope, None

    def stable_rate(self, curvature: float) -> float:
        """Rate below which it converges on a bowl whose largest curvature L is `curvature`: 2/L.

        Each step multiplies the distance along a curvature λ by 1 − αλ, which shrinks it for 0 < αλ < 2.
        """
        return 2.0 / curvature


@dataclass(frozen=True)
class Momentum:
    """Keep going where the last moves went: fast along ravines (Polyak, 1964, "heavy ball").

    v ← μv + g
    x ← x − αv

    Polyak, "Some methods of speeding up the convergence of iteration methods", USSR Computational Mathematics and
    Mathematical Physics 4(5). Steady slopes are walked 1/(1 − μ) times faster.

    Examples
    --------
    >>> Momentum(rate=0.1, momentum=0.5).step(np.array([2.0]), np.array([4.0]), np.array([2.0]))
    (array([1.5]), array([5.]))
    """

    rate: float = rate_field(0.01, "How far to walk for a velocity of 1.")
    momentum: float = decay_field(0.9, "How much of the velocity survives each step.")

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> Vector:
        """Begin at rest."""
        return np.zeros_like(x)

    def step(self, x: Vector, slope: Vector, velocity: Vector) -> tuple[Vector, Vector]:
        """Let the slope bend the velocity, and walk by it."""
        velocity = self.momentum * velocity + slope
        return x - self.rate * velocity, velocity

    def stable_rate(self, curvature: float) -> float:
        """Rate below which it converges on a bowl whose largest curvature L is `curvature`: 2(1 + μ)/L.

        Along a curvature λ the distances follow z² − (1 + μ − αλ)z + μ, whose roots lie inside the unit circle for
        0 < αλ < 2(1 + μ): Polyak, "Introduction to Optimization", 1987, section 3.2.1.
        """
        return 2.0 * (1.0 + self.momentum) / curvature


@dataclass(frozen=True)
class Nesterov:
    """Momentum that looks ahead, and so brakes before it overshoots (Nesterov, 1983).

    v ← μv + g
    x ← x − α(g + μv)

    Nesterov, "A method of solving a convex programming problem with convergence rate O(1/k²)", Soviet Mathematics Doklady
    27, in the form of Sutskever et al., "On the importance of initialization and momentum in deep learning",
    ICML 2013, whose x is the point that looks ahead.

    Examples
    --------
    >>> Nesterov(rate=0.1, momentum=0.5).step(np.array([2.0]), np.array([4.0]), np.array([2.0]))
    (array([1.35]), array([5.]))
    """

    rate: float = rate_field(0.01, "How far to walk for a velocity of 1.")
    momentum: float = decay_field(0.9, "How much of the velocity survives each step.")

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> Vector:
        """Begin at rest."""
        return np.zeros_like(x)

    def step(self, x: Vector, slope: Vector, velocity: Vector) -> tuple[Vector, Vector]:
        """Bend the velocity, and walk by where it will have led."""
        velocity = self.momentum * velocity + slope
        return x - self.rate * (slope + self.momentum * velocity), velocity

    def stable_rate(self, curvature: float) -> float:
        """Rate below which it converges on a bowl whose largest curvature L is `curvature`: 2(1 + μ)/((1 + 2μ)L).

        Along a curvature λ the distances follow z² − (1 + μ)(1 − αλ)z + μ(1 − αλ). By Jury's criterion its roots lie
        inside the unit circle where its value at z = −1 is positive: (1 + 2μ)(1 − αλ) > −1. To look ahead costs
        stability: the limit is at most that of `Momentum`.
        """
        return 2.0 * (1.0 + self.momentum) / ((1.0 + 2.0 * self.momentum) * curvature)
