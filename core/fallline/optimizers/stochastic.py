"""Descent by random differences: two evaluations a step, in any number of dimensions."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from fallline.arrays import Vector
from fallline.hyperparameters import NOT_NEGATIVE, POSITIVE, check_settings, setting, whole
from fallline.optimizers.fields import rate_field
from fallline.optimizers.protocol import Slope, Value


class SPSAState(NamedTuple):
    """Steps taken, and the rate of the last one."""

    steps: int
    length: float


@dataclass(frozen=True)
class SPSA:
    """Shake all coordinates at once, and walk as the two values say (Spall, 1992).

    ĝᵢ = (f(x + cₖΔ) − f(x − cₖΔ)) / (2cₖΔᵢ)    with each Δᵢ = ±1 at random
    x ← x − aₖĝ
    aₖ = a / (k + 1 + A)^α,  cₖ = c / (k + 1)^γ    at step k = 0, 1, …

    "Multivariate stochastic approximation using a simultaneous perturbation gradient approximation", IEEE Transactions
    on Automatic Control 37; the gains are those of Spall, "Implementation of the simultaneous perturbation
    algorithm", IEEE Transactions on Aerospace and Electronic Systems 34, 1998, where α = 0.602 and γ = 0.101. ĝ is right
    on average but for terms of c². a is `rate`, A is `stability`. It asks for no slope. Its chance comes from `seed` and
    the number of the step, so that a step depends on nothing but its arguments.

    Examples
    --------
    >>> optimizer = SPSA(rate=0.5, alpha=0.0)
    >>> x = np.array([2.0])
    >>> optimizer.step(x, np.array([np.nan]), optimizer.init(x), lambda x: x[0] ** 2)[0].round(9) + 0.0
    array([0.])
    """

    rate: float = rate_field(0.1, "How far the first step walks for a slope of 1, where stability is 0.")
    c: float = setting(
        0.1, low=1e-4, high=1.0, scale="log", valid=POSITIVE, help="How far the first step shakes."
    )
    alpha: float = setting(
        0.602, low=0.0, high=1.0, valid=NOT_NEGATIVE, help="How fast the steps shrink; 1 at most is of use."
    )
    gamma: float = setting(
        0.101,
        low=0.0,
        high=0.5,
        valid=NOT_NEGATIVE,
        help="How fast the shaking shrinks; 1/6 at most is of use.",
    )
    stability: float = setting(
        0.0,
        low=0.0,
        high=100.0,
        valid=NOT_NEGATIVE,
        unit="steps",
        help="Shortens the early steps and not the late.",
    )
    seed: int = whole(0, low=0, high=999, valid=NOT_NEGATIVE, help="Which chance.")

    needs_objective: ClassVar[bool] = True
    needs_slope: ClassVar[bool] = False

    def __post_init__(self) -> None:
        check_settings(self)

    def init(self, x: Vector) -> SPSAState:
        """Begin with no steps taken."""
        return SPSAState(0, 0.0)

    def step(
        self,
        x: Vector,
        slope: Vector,
        state: SPSAState,
        objective: Value,
        gradient: Slope | None = None,
    ) -> tuple[Vector, SPSAState]:
        """Shake, and walk as the two values say."""
        k = state.steps
        length = self.rate / (k + 1.0 + self.stability) ** self.alpha
        c = self.c / (k + 1.0) ** self.gamma
        shake = np.random.default_rng((self.seed, k)).choice((-1.0, 1.0), size=x.shape)
        difference = objective(x + c * shake) - objective(x - c * shake)
        # 1/Δᵢ is Δᵢ.
        return x - length * difference / (2.0 * c) * shake, SPSAState(k + 1, length)

    def last_rate(self, state: SPSAState) -> float:
        """Rate of the last step."""
        return state.length
