"""Adam with another norm, with a look ahead, and with a careful beginning."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np

from fallline.arrays import Vector
from fallline.hyperparameters import NOT_NEGATIVE, check_settings, setting
from fallline.optimizers.adam import AdamState, follow, nothing_seen
from fallline.optimizers.fields import beta1_field, beta2_field, epsilon_field, rate_field


class AdamaxState(NamedTuple):
    """Steps taken, the decaying mean of the slope and its decaying largest size, shape (n,) each."""

    steps: int
    mean: Vector
    largest: Vector


@dataclass(frozen=True)
class Adamax:
    """Adam that divides by the largest recent slope, which outliers disturb less (Kingma and Ba, 2015).

    m ← β₁m + (1 − β₁)g
    u ← max(β₂u, |g| + ε)
    x ← x − α m̂ / u    with m̂ = m / (1 − β₁ᵗ) at step t

    "Adam: a method for stochastic optimization", ICLR 2015, algorithm 2, with an ε, as in PyTorch.

    Examples
    --------
    >>> optimizer = Adamax(rate=0.5, epsilon=0.0)
    >>> x = np.array([2.0])
    >>> optimizer.step(x, np.array([4.0]), optimizer.init(x))[0]
    array([1.5])
    """

    rate: float = rate_field(0.002, "Length of a step on a steady slope.")
    beta1: float = beta1_field()
    beta2: float = beta2_field("How much of the largest slope survives each step.")
    epsilon: float = epsilon_field()

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> AdamaxState:
        """Begin with no slopes seen."""
        return AdamaxState(0, np.zeros_like(x), np.zeros_like(x))

    def step(self, x: Vector, slope: Vector, state: AdamaxState) -> tuple[Vector, AdamaxState]:
        """Walk by the mean slope over the largest."""
        steps = state.steps + 1
        mean = self.beta1 * state.mean + (1.0 - self.beta1) * slope
        largest = np.maximum(self.beta2 * state.largest, np.abs(slope) + self.epsilon)
        rate = self.rate / (1.0 - self.beta1**steps)
        # Without ε a coordinate that was always flat has 0/0; it stays.
        move = np.where(largest == 0.0, 0.0, mean / np.where(largest == 0.0, 1.0, largest))
        return x - rate * move, AdamaxState(steps, mean, largest)


class NAdamState(NamedTuple):
    """Adam's state, and the product of the momenta so far."""

    adam: AdamState
    product: float


@dataclass(frozen=True)
class NAdam:
    """Adam with Nesterov's look ahead (Dozat, 2016).

    μₜ = β₁(1 − ½ 0.96^(tψ))    the momentum at step t, which warms up
    m ← β₁m + (1 − β₁)g
    s ← β₂s + (1 − β₂)g²
    x ← x − α (μₜ₊₁ m / (1 − Πⁱ⁼¹ᵗ⁺¹μᵢ) + (1 − μₜ) g / (1 − Πⁱ⁼¹ᵗμᵢ)) / (√ŝ + ε)    with ŝ = s / (1 − β₂ᵗ)

    "Incorporating Nesterov momentum into Adam", ICLR 2016 workshop, algorithm 2, as PyTorch reads it; ψ is `momentum_decay`.

    Examples
    --------
    >>> optimizer = NAdam(rate=0.5, beta1=0.0, epsilon=0.0)
    >>> x = np.array([2.0])
    >>> optimizer.step(x, np.array([4.0]), optimizer.init(x))[0]
    array([1.5])
    """

    rate: float = rate_field(0.002, "Length of a step on a steady slope.")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    epsilon: float = epsilon_field()
    momentum_decay: float = setting(
        4e-3, low=0.0, high=0.1, valid=NOT_NEGATIVE, help="How fast the momentum warms up."
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> NAdamState:
        """Begin with no slopes seen."""
        return NAdamState(nothing_seen(x), 1.0)

    def step(self, x: Vector, slope: Vector, state: NAdamState) -> tuple[Vector, NAdamState]:
        """Walk by the mean slope as it will be, over the root of the mean square."""
        adam = follow(slope, state.adam, self.beta1, self.beta2)
        now, ahead = self._momentum(adam.steps), self._momentum(adam.steps + 1)
        product = state.product * now
        mean = ahead / (1.0 - product * ahead) * adam.mean + (1.0 - now) / (1.0 - product) * slope
        root = np.sqrt(adam.square / (1.0 - self.beta2**adam.steps))
        return x - self.rate * mean / (root + self.epsilon), NAdamState(adam, product)

    def _momentum(self, step: int) -> float:
        return self.beta1 * (1.0 - 0.5 * float(0.96 ** (step * self.momentum_decay)))


@dataclass(frozen=True)
class RAdam:
    """Adam that does not divide by the mean square before it has seen enough to know it (Liu et al., 2020).

    m ← β₁m + (1 − β₁)g,  s ← β₂s + (1 − β₂)g²
    ρ∞ = 2/(1 − β₂) − 1,  ρ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ)    the number of slopes that s is worth, at step t
    x ← x − α m̂    while ρ ≤ 5, and then
    x ← x − α m̂ r / (√ŝ + ε̂)    with r² = (ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)

    "On the variance of the adaptive learning rate and beyond", ICLR 2020, algorithm 2; the threshold 5 and
    ε̂ = ε/√(1 − β₂ᵗ) are PyTorch's. Before ρ exceeds 5 its steps are as long as the mean slope says.

    Examples
    --------
    >>> optimizer = RAdam(rate=0.5)
    >>> x = np.array([2.0])
    >>> optimizer.step(x, np.array([4.0]), optimizer.init(x))[0]
    array([0.])
    """

    rate: float = rate_field(0.001, "Length of a step on a steady slope, once there are slopes enough.")
    beta1: float = beta1_field()
    beta2: float = beta2_field()
    epsilon: float = epsilon_field()

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> AdamState:
        """Begin with no slopes seen."""
        return nothing_seen(x)

    def step(self, x: Vector, slope: Vector, state: AdamState) -> tuple[Vector, AdamState]:
        """Walk by the mean slope, over the root of the mean square as far as that is known."""
        state = follow(slope, state, self.beta1, self.beta2)
        rate = self.rate / (1.0 - self.beta1**state.steps)
        known = 1.0 - self.beta2**state.steps
        most = 2.0 / (1.0 - self.beta2) - 1.0
        worth = most - 2.0 * state.steps * (1.0 - known) / known
        if worth <= 5.0:
            return x - rate * state.mean, state
        rectified = sqrt((worth - 4.0) * (worth - 2.0) * most / ((most - 4.0) * (most - 2.0) * worth))
        scale = rectified * sqrt(known) / (np.sqrt(state.square) + self.epsilon)
        return x - rate * state.mean * scale, state
