"""Rules that look at the sign of each slope and not at its size."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fallline.arrays import Vector
from fallline.hyperparameters import AT_LEAST_ONE, POSITIVE, check_settings, setting
from fallline.optimizers.fields import decay_field, rate_field, weight_decay_field


@dataclass(frozen=True)
class Lion:
    """Walk by the sign of an evolving momentum: every coordinate moves by the rate (Chen et al., 2023).

    x ← x − α(sign(β₁m + (1 − β₁)g) + λx)
    m ← β₂m + (1 − β₂)g

    "Symbolic discovery of optimization algorithms", NeurIPS 2023, algorithm 2, found by a search over programs. It never
    comes to rest but by its rate.

    Examples
    --------
    >>> optimizer = Lion(rate=0.5)
    >>> x = np.array([2.0])
    >>> optimizer.step(x, np.array([4.0]), optimizer.init(x))[0]
    array([1.5])
    """

    rate: float = rate_field(1e-4, "Length of every step along every coordinate.")
    beta1: float = decay_field(0.9, "How much of the momentum the step's sign takes.")
    beta2: float = decay_field(0.99, "How much of the momentum survives each step.")
    weight_decay: float = weight_decay_field(0.0)

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> Vector:
        """Begin at rest."""
        return np.zeros_like(x)

    def step(self, x: Vector, slope: Vector, mean: Vector) -> tuple[Vector, Vector]:
        """Walk by the sign, then let the momentum follow the slope."""
        sign = np.sign(self.beta1 * mean + (1.0 - self.beta1) * slope)
        moved = x - self.rate * (sign + self.weight_decay * x)
        return moved, self.beta2 * mean + (1.0 - self.beta2) * slope


class RpropState(NamedTuple):
    """The length of the next step, and the slope before, 0 where the last step was taken back; shape (n,) each."""

    length: Vector
    slope: Vector


@dataclass(frozen=True)
class Rprop:
    """Walk each coordinate faster while its slope keeps its sign, and slower when it changes (Riedmiller and Braun, 1993).

    Δ ← Δη⁺ where g has the sign it had, Δη⁻ where it has changed, and then g counts as 0 once
    x ← x − sign(g) Δ

    "A direct adaptive method for faster backpropagation learning: the RPROP algorithm", IEEE International Conference on
    Neural Networks 1993, equations 4 to 6, in the variant Rprop⁻ with a pause (iRprop⁻ of Igel and Hüsken, 2000), as in
    PyTorch. It is made for exact slopes; mini-batches confuse it. A schedule of the rate changes its first step alone.

    Examples
    --------
    >>> optimizer = Rprop(rate=0.5)
    >>> x = np.array([2.0])
    >>> optimizer.step(x, np.array([4.0]), optimizer.init(x))[0]
    array([1.5])
    """

    rate: float = rate_field(0.01, "Length of the first step along every coordinate.")
    eta_minus: float = setting(
        0.5, low=0.1, high=0.9, valid=POSITIVE, help="Factor of a step when its slope changed sign."
    )
    eta_plus: float = setting(
        1.2, low=1.0, high=2.0, valid=AT_LEAST_ONE, help="Factor of a step while its slope keeps its sign."
    )
    step_min: float = setting(
        1e-6, low=1e-12, high=1e-3, scale="log", valid=POSITIVE, help="The shortest step."
    )
    step_max: float = setting(
        50.0, low=0.1, high=100.0, scale="log", valid=POSITIVE, help="The longest step."
    )

    def __post_init__(self) -> None:
        """Refuse a factor that does not shorten, and bounds in the wrong order."""
        check_settings(self)
        if self.eta_minus >= 1.0:
            raise ValueError(f"eta_minus must be below 1, got {self.eta_minus}; its default is 0.5")
        if self.step_min > self.step_max:
            raise ValueError(f"step_min must not exceed step_max, got {self.step_min} and {self.step_max}")

    def init(self, x: Vector) -> RpropState:
        """Begin with steps as long as the rate."""
        return RpropState(np.full_like(x, self.rate), np.zeros_like(x))

    def step(self, x: Vector, slope: Vector, state: RpropState) -> tuple[Vector, RpropState]:
        """Adapt the lengths, and walk by the signs."""
        agreement = np.sign(slope) * np.sign(state.slope)
        factor = np.where(agreement > 0.0, self.eta_plus, np.where(agreement < 0.0, self.eta_minus, 1.0))
        length = np.clip(state.length * factor, self.step_min, self.step_max)
        kept = np.where(agreement < 0.0, 0.0, slope)
        return x - np.sign(kept) * length, RpropState(length, kept)
