"""Objectives that are measured, each time with another error."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np

from fallline.arrays import Function, Points
from fallline.descent.problem import Draw


@dataclass(frozen=True, eq=False)
class Measured:
    """An objective whose every value has an error for who descends, though not for who looks on.

    f(x) + ε, ε normal with standard deviation σ, another at each evaluation

    A frame's value is f(x) itself, so that one sees how low a descent is and not how lucky. Errors come from the generator
    that `descend` is given, from which random directions are drawn too.

    Parameters
    ----------
    objective
        The function without errors.
    noise
        σ ≥ 0, in the units of f.

    Raises
    ------
    ValueError
        If `noise` is negative or not finite.

    Examples
    --------
    >>> from itertools import islice
    >>> from fallline import GradientDescent, bowl, descend
    >>> optimizer, rng = GradientDescent(rate=0.1), np.random.default_rng(1)
    >>> frames = islice(descend(Measured(bowl(), 0.1), [1.0, 1.0], optimizer, rng=rng), 2)
    >>> [frame.value for frame in frames][0]
    5.5
    """

    objective: Function
    noise: float = 0.1

    def __post_init__(self) -> None:
        """Refuse what is no deviation."""
        if not 0.0 <= self.noise < np.inf:
            raise ValueError(f"noise must be at least 0 and finite, got {self.noise}")

    def __call__(self, x: Points) -> Any:
        """Value without error."""
        return self.objective(x)

    def draws(self, rng: "np.random.Generator | None") -> Iterator[Draw]:
        """Draw what each step sees: the objective, each value with an error from `rng`.

        Raises
        ------
        ValueError
            If there is no `rng`.
        """
        if rng is None:
            raise ValueError("measured values need rng, a NumPy generator: rng=np.random.default_rng(seed)")
        return repeat(Draw(_Erring(self.objective, self.noise, rng), self.objective))


@dataclass(frozen=True, eq=False)
class _Erring:
    objective: Function
    noise: float
    rng: "np.random.Generator"

    @property
    def vectorized(self) -> bool:
        return bool(getattr(self.objective, "vectorized", False))

    def __call__(self, x: Points) -> Any:
        count = x.shape[1:] if self.vectorized else ()
        return self.objective(x) + self.noise * self.rng.standard_normal(count)
