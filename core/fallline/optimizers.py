"""Rules that turn a slope into a step, from plain gradient descent to Adam.

An optimizer is its settings; `init` makes the state it remembers, `step` moves on. Both are pure, so a run can be
stopped, compared and repeated. The conventions are PyTorch's, to the last digit but rounding.

In the equations x is the point, g = ∇f(x), α the rate; squares, roots and quotients are taken coordinate by coordinate.
"""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from fallline.arrays import Vector
from fallline.hyperparameters import FRACTION, NOT_NEGATIVE, POSITIVE, check_settings, setting

State = TypeVar("State")


class Optimizer(Protocol[State]):
    """What `descend` asks of an optimizer, whatever state it remembers."""

    def init(self, x: Vector) -> State:
        """State before the first step from `x`, shape (n,)."""
        ...

    def step(self, x: Vector, slope: Vector, state: State) -> tuple[Vector, State]:
        """Next point and state, from the slope at `x`; changes none of its arguments."""
        ...


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

    rate: float = setting(
        0.01, low=1e-5, high=10.0, scale="log", valid=POSITIVE, help="How far to walk for a slope of 1."
    )

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

    rate: float = setting(
        0.01, low=1e-5, high=10.0, scale="log", valid=POSITIVE, help="How far to walk for a velocity of 1."
    )
    momentum: float = setting(
        0.9,
        low=0.0,
        high=0.999,
        scale="complement",
        valid=FRACTION,
        help="How much of the velocity survives each step.",
    )

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

    rate: float = setting(
        0.01, low=1e-5, high=10.0, scale="log", valid=POSITIVE, help="How far to walk for a velocity of 1."
    )
    momentum: float = setting(
        0.9,
        low=0.0,
        high=0.999,
        scale="complement",
        valid=FRACTION,
        help="How much of the velocity survives each step.",
    )

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


@dataclass(frozen=True)
class AdaGrad:
    """Give every coordinate its own rate, smaller where slopes have been large (Duchi, Hazan and Singer, 2011).

    s ← s + g²
    x ← x − αg / (√s + ε)

    "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 12. The sum never
    shrinks, so its steps only ever get shorter.

    Examples
    --------
    >>> AdaGrad(rate=0.5, epsilon=0.0).step(np.array([2.0]), np.array([4.0]), np.array([9.0]))
    (array([1.6]), array([25.]))
    """

    rate: float = setting(
        0.01, low=1e-5, high=10.0, scale="log", valid=POSITIVE, help="Length of the first step."
    )
    epsilon: float = setting(
        1e-10,
        low=1e-12,
        high=1e-2,
        scale="log",
        valid=NOT_NEGATIVE,
        help="Keeps flat coordinates from a division by 0.",
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> Vector:
        """Begin with no slopes seen."""
        return np.zeros_like(x)

    def step(self, x: Vector, slope: Vector, total: Vector) -> tuple[Vector, Vector]:
        """Walk by the slope over the root of all squared slopes so far."""
        total = total + slope * slope
        return x - self.rate * slope / (np.sqrt(total) + self.epsilon), total


@dataclass(frozen=True)
class RMSProp:
    """AdaGrad that forgets, and so keeps walking (Tieleman and Hinton, 2012).

    s ← γs + (1 − γ)g²
    x ← x − αg / (√s + ε)

    "Lecture 6.5: rmsprop", Neural Networks for Machine Learning, Coursera. PyTorch calls γ `alpha`, and so does the field.

    Examples
    --------
    >>> RMSProp(rate=0.5, alpha=0.75, epsilon=0.0).step(np.array([2.0]), np.array([4.0]), np.array([0.0]))
    (array([1.]), array([4.]))
    """

    rate: float = setting(
        0.01, low=1e-5, high=10.0, scale="log", valid=POSITIVE, help="Length of a step on a steady slope."
    )
    alpha: float = setting(
        0.99,
        low=0.0,
        high=0.999,
        scale="complement",
        valid=FRACTION,
        help="How much of the mean squared slope survives each step.",
    )
    epsilon: float = setting(
        1e-8,
        low=1e-12,
        high=1e-2,
        scale="log",
        valid=NOT_NEGATIVE,
        help="Keeps flat coordinates from a division by 0.",
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> Vector:
        """Begin with no slopes seen."""
        return np.zeros_like(x)

    def step(self, x: Vector, slope: Vector, square: Vector) -> tuple[Vector, Vector]:
        """Walk by the slope over the root of its mean square."""
        square = self.alpha * square + (1.0 - self.alpha) * slope * slope
        return x - self.rate * slope / (np.sqrt(square) + self.epsilon), square


class AdamState(NamedTuple):
    """Steps taken, and the decaying means of the slope and of its square, shape (n,) each."""

    steps: int
    mean: Vector
    square: Vector


@dataclass(frozen=True)
class Adam:
    """Momentum with a rate for every coordinate, the usual first choice for networks (Kingma and Ba, 2015).

    m ← β₁m + (1 − β₁)g
    s ← β₂s + (1 − β₂)g²
    x ← x − α m̂ / (√ŝ + ε)    with m̂ = m / (1 − β₁ᵗ), ŝ = s / (1 − β₂ᵗ) at step t

    "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1. The division undoes the pull of the means
    towards the 0 they begin at, so the first step has the length α.

    Examples
    --------
    >>> optimizer = Adam(rate=0.5, epsilon=0.0)
    >>> x = np.array([2.0])
    >>> optimizer.step(x, np.array([4.0]), optimizer.init(x))[0]
    array([1.5])
    """

    rate: float = setting(
        0.001, low=1e-5, high=10.0, scale="log", valid=POSITIVE, help="Length of a step on a steady slope."
    )
    beta1: float = setting(
        0.9,
        low=0.0,
        high=0.999,
        scale="complement",
        valid=FRACTION,
        help="How much of the mean slope survives each step.",
    )
    beta2: float = setting(
        0.999,
        low=0.0,
        high=0.9999,
        scale="complement",
        valid=FRACTION,
        help="How much of the mean squared slope survives each step.",
    )
    epsilon: float = setting(
        1e-8,
        low=1e-12,
        high=1e-2,
        scale="log",
        valid=NOT_NEGATIVE,
        help="Keeps flat coordinates from a division by 0.",
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> AdamState:
        """Begin with no slopes seen."""
        return AdamState(0, np.zeros_like(x), np.zeros_like(x))

    def step(self, x: Vector, slope: Vector, state: AdamState) -> tuple[Vector, AdamState]:
        """Walk by the mean slope over the root of the mean square, each freed of its bias."""
        steps = state.steps + 1
        mean = self.beta1 * state.mean + (1.0 - self.beta1) * slope
        square = self.beta2 * state.square + (1.0 - self.beta2) * slope * slope
        rate = self.rate / (1.0 - self.beta1**steps)
        root = np.sqrt(square) / sqrt(1.0 - self.beta2**steps)
        return x - rate * mean / (root + self.epsilon), AdamState(steps, mean, square)
