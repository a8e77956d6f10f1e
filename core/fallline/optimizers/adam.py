"""Adam, and what was changed in it since."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np

from fallline.arrays import Vector
from fallline.hyperparameters import check_settings
from fallline.optimizers.fields import beta1_field, beta2_field, epsilon_field, rate_field, weight_decay_field


class AdamState(NamedTuple):
    """Steps taken, and the decaying means of the slope and of its square, shape (n,) each."""

    steps: int
    mean: Vector
    square: Vector


def follow(slope: Vector, state: AdamState, beta1: float, beta2: float) -> AdamState:
    """Let the means follow a slope: m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g²."""
    mean = beta1 * state.mean + (1.0 - beta1) * slope
    square = beta2 * state.square + (1.0 - beta2) * slope * slope
    return AdamState(state.steps + 1, mean, square)


def nothing_seen(x: Vector) -> AdamState:
    """State before the first slope."""
    return AdamState(0, np.zeros_like(x), np.zeros_like(x))


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

    rate: float = rate_field(0.001, "Length of a step on a steady slope.")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    epsilon: float = epsilon_field()

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> AdamState:
        """Begin with no slopes seen."""
        return nothing_seen(x)

    def step(self, x: Vector, slope: Vector, state: AdamState) -> tuple[Vector, AdamState]:
        """Walk by the mean slope over the root of the mean square, each freed of its bias."""
        state = follow(slope, state, self.beta1, self.beta2)
        rate = self.rate / (1.0 - self.beta1**state.steps)
        root = np.sqrt(state.square) / sqrt(1.0 - self.beta2**state.steps)
        return x - rate * state.mean / (root + self.epsilon), state


class AMSGradState(NamedTuple):
    """Adam's state, and the largest mean square so far, shape (n,)."""

    adam: AdamState
    largest: Vector


@dataclass(frozen=True)
class AMSGrad:
    """Adam whose rates never rise again, which makes it converge where Adam may not (Reddi, Kale and Kumar, 2018).

    m ← β₁m + (1 − β₁)g
    s ← β₂s + (1 − β₂)g²
    l ← max(l, s)
    x ← x − α m̂ / (√l̂ + ε)    with m̂ = m / (1 − β₁ᵗ), l̂ = l / (1 − β₂ᵗ) at step t

    "On the convergence of Adam and beyond", ICLR 2018, algorithm 2, with Adam's corrections of the bias, as in PyTorch;
    the paper leaves them out.

    Examples
    --------
    >>> optimizer = AMSGrad(rate=0.5, epsilon=0.0)
    >>> x = np.array([2.0])
    >>> optimizer.step(x, np.array([4.0]), optimizer.init(x))[0]
    array([1.5])
    """

    rate: float = rate_field(0.001, "Length of a step on a steady slope.")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    epsilon: float = epsilon_field()

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> AMSGradState:
        """Begin with no slopes seen."""
        return AMSGradState(nothing_seen(x), np.zeros_like(x))

    def step(self, x: Vector, slope: Vector, state: AMSGradState) -> tuple[Vector, AMSGradState]:
        """Walk by the mean slope over the root of the largest mean square so far."""
        adam = follow(slope, state.adam, self.beta1, self.beta2)
        largest = np.maximum(state.largest, adam.square)
        rate = self.rate / (1.0 - self.beta1**adam.steps)
        root = np.sqrt(largest) / sqrt(1.0 - self.beta2**adam.steps)
        return x - rate * adam.mean / (root + self.epsilon), AMSGradState(adam, largest)


@dataclass(frozen=True)
class AdamW:
    """Adam with weight decay that its rates do not weaken (Loshchilov and Hutter, 2019).

    x ← x − αλx
    and then Adam's step, from the same slope

    "Decoupled weight decay regularization", ICLR 2019, algorithm 2, with λ in parts of the rate, as in PyTorch. Adding λx
    to the slope instead would divide the decay, too, by the root of the mean square.

    Examples
    --------
    >>> optimizer = AdamW(rate=0.5, epsilon=0.0, weight_decay=0.1)
    >>> x = np.array([2.0])
    >>> optimizer.step(x, np.array([4.0]), optimizer.init(x))[0]
    array([1.4])
    """

    rate: float = rate_field(0.001, "Length of a step on a steady slope.")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    epsilon: float = epsilon_field()
    weight_decay: float = weight_decay_field(0.01)

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> AdamState:
        """Begin with no slopes seen."""
        return nothing_seen(x)

    def step(self, x: Vector, slope: Vector, state: AdamState) -> tuple[Vector, AdamState]:
        """Shrink the point a little, and take Adam's step."""
        state = follow(slope, state, self.beta1, self.beta2)
        rate = self.rate / (1.0 - self.beta1**state.steps)
        root = np.sqrt(state.square) / sqrt(1.0 - self.beta2**state.steps)
        shrunk = x * (1.0 - self.rate * self.weight_decay)
        return shrunk - rate * state.mean / (root + self.epsilon), state
