"""Looks over an optimizer's shoulder: what its state remembers of past slopes before each step."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import numpy as np

from fallline.optimizers.protocol import last_rate, needs_objective, needs_slope


class Watched:
    """An optimizer that keeps every state it comes to."""

    def __init__(self, optimizer: Any) -> None:
        self.optimizer = optimizer
        self.states: list[Any] = []
        self.needs_objective = needs_objective(optimizer)
        self.needs_slope = needs_slope(optimizer)

    def init(self, x: Any) -> Any:
        """Begin as the optimizer does."""
        self.states = [self.optimizer.init(x)]
        return self.states[0]

    def step(self, x: Any, slope: Any, state: Any, *looks: Any) -> tuple[Any, Any]:
        """Take the optimizer's step."""
        x, state = self.optimizer.step(x, slope, state, *looks)
        self.states.append(state)
        return x, state

    def last_rate(self, state: Any) -> float:
        """Rate of the step that led to `state`."""
        return last_rate(self.optimizer, state)

    def remembered(self, memory: str, count: int) -> Any:
        """Return what the first states remember of slopes, shape (2, count), NaN where it is nothing."""
        if not memory:
            return np.full((2, count), np.nan)
        states = [getattr(state, "inner", state) for state in self.states[:count]]
        return np.transpose(states if memory == "state" else [attrgetter(memory)(state) for state in states])
