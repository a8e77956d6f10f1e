"""A rate for every coordinate, from the squares of its slopes: AdaGrad and the ways to let it forget."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fallline.arrays import Vector
from fallline.hyperparameters import check_settings, switch
from fallline.optimizers.fields import decay_field, epsilon_field, rate_field


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

    rate: float = rate_field(0.01, "Length of the first step.")
    epsilon: float = epsilon_field(1e-10)

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> Vector:
        """Begin with no slopes seen."""
        return np.zeros_like(x)

    def step(self, x: Vector, slope: Vector, total: Vector) -> tuple[Vector, Vector]:
        """Walk by the slope over the root of all squared slopes so far."""
        total = total + slope * slope
        return x - self.rate * slope / (np.sqrt(total) + self.epsilon), total


class AdaDeltaState(NamedTuple):
    """Decaying means of the squared slope and of the squared move, shape (n,) each."""

    square: Vector
    moved: Vector


@dataclass(frozen=True)
class AdaDelta:
    """AdaGrad that forgets, and whose steps have the units of x, so that no rate need be chosen (Zeiler, 2012).

    s ← ρs + (1 − ρ)g²
    δ = g √(d + ε) / √(s + ε)
    d ← ρd + (1 − ρ)δ²
    x ← x − αδ

    "ADADELTA: an adaptive learning rate method", arXiv:1212.5701, algorithm 1, where α is 1. Here ε is more than a guard
    against a division by 0: the first steps have the length √(ε/(1 − ρ)).

    Examples
    --------
    >>> optimizer = AdaDelta(rho=0.75, epsilon=1e-2)
    >>> x = np.array([2.0])
    >>> optimizer.step(x, np.array([0.3]), optimizer.init(x))[0].round(4)
    array([1.8336])
    """

    rate: float = rate_field(1.0, "Factor of every step; 1 in the paper.")
    rho: float = decay_field(0.9, "How much of the mean squares survives each step.")
    epsilon: float = epsilon_field(1e-6)

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> AdaDeltaState:
        """Begin with no slopes and no moves seen."""
        return AdaDeltaState(np.zeros_like(x), np.zeros_like(x))

    def step(self, x: Vector, slope: Vector, state: AdaDeltaState) -> tuple[Vector, AdaDeltaState]:
        """Walk by the slope times the usual move over the usual slope."""
        square = self.rho * state.square + (1.0 - self.rho) * slope * slope
        move = np.sqrt(state.moved + self.epsilon) / np.sqrt(square + self.epsilon) * slope
        moved = self.rho * state.moved + (1.0 - self.rho) * move * move
        return x - self.rate * move, AdaDeltaState(square, moved)


class RMSPropState(NamedTuple):
    """Decaying means of the squared slope and of the slope, shape (n,) each; the latter stays 0 where not centred."""

    square: Vector
    mean: Vector


@dataclass(frozen=True)
class RMSProp:
    """AdaGrad that forgets, and so keeps walking (Tieleman and Hinton, 2012).

    s ← γs + (1 − γ)g²
    x ← x − αg / (√s + ε)

    "Lecture 6.5: rmsprop", Neural Networks for Machine Learning, Coursera. PyTorch calls γ `alpha`, and so does the field.
    Centred, it divides by the slope's deviation from its mean, √(s − m²) with m ← γm + (1 − γ)g, and so walks faster
    where slopes are steady: Graves, "Generating sequences with recurrent neural networks", arXiv:1308.0850, equations
    38 to 41, which have ε under the root.

    Examples
    --------
    >>> optimizer = RMSProp(rate=0.5, alpha=0.75, epsilon=0.0)
    >>> x = np.array([2.0])
    >>> optimizer.step(x, np.array([4.0]), optimizer.init(x))[0]
    array([1.])
    """

    rate: float = rate_field(0.01, "Length of a step on a steady slope.")
    alpha: float = decay_field(0.99, "How much of the mean squared slope survives each step.")
    epsilon: float = epsilon_field()
    centered: bool = switch(False, help="Divide by the slope's deviation from its mean.")

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> RMSPropState:
        """Begin with no slopes seen."""
        return RMSPropState(np.zeros_like(x), np.zeros_like(x))

    def step(self, x: Vector, slope: Vector, state: RMSPropState) -> tuple[Vector, RMSPropState]:
        """Walk by the slope over the root of its mean square, or of its variance."""
        mean = state.mean
        spread = square = self.alpha * state.square + (1.0 - self.alpha) * slope * slope
        if self.centered:
            mean = self.alpha * mean + (1.0 - self.alpha) * slope
            # Where slopes are steady, rounding can leave a little less than 0.
            spread = np.maximum(square - mean * mean, 0.0)
        return x - self.rate * slope / (np.sqrt(spread) + self.epsilon), RMSPropState(square, mean)
