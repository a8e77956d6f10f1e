"""One descent through a simulation: from values with errors alone, until its evaluations are used up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import fallline as fl
from fallline_app.demos.black_box.simulations import SIMULATIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from fallline_app.demos.black_box.methods import Method

OPTIMIZERS: dict[str, Callable[[float], Any]] = {
    "Adam": lambda rate: fl.Adam(rate=rate),
    "gradient descent": lambda rate: fl.GradientDescent(rate=rate),
}
CODES = {"Adam": "fl.Adam(rate={rate!r})", "gradient descent": "fl.GradientDescent(rate={rate!r})"}
# Who is farther than this from the middle of the map, in shares of its sides, has left it.
FAR = 0.75


@dataclass(frozen=True)
class Terms:
    """What all descents of a run have in common; the start is in shares of the map's sides."""

    simulation: str
    target: float
    noise: float
    seed: int
    step: float
    optimizer: str
    rate: float
    start: tuple[float, float]
    budget: int

    def objective(self) -> fl.Objective:
        """Return the simulation, its parameters in shares of their ranges."""
        return fl.objectives.unit_box(SIMULATIONS[self.simulation].make(self.target))


@dataclass(frozen=True)
class Descent:
    """Where a descent went: points of shape (m, 2) in shares, their losses without errors, and what each had cost.

    `left` is what had been spent when it left the map, None where it did not.
    """

    points: NDArray[np.float64]
    losses: NDArray[np.float64]
    costs: NDArray[np.int64]
    left: int | None = None

    def ends_at(self, goal: float) -> bool:
        """Tell whether it ends with a loss as low as the goal."""
        return self.left is None and float(self.losses[-1]) <= goal

    def arrival(self, goal: float) -> int | None:
        """Return what had been spent when the loss was as low as the goal for the first time."""
        low = np.flatnonzero(self.losses <= goal)
        return int(self.costs[low[0]]) if low.size else None


def descend(terms: Terms, method: Method) -> Descent:
    """Descend by a method until the next step would cost more than there is to spend."""
    objective = terms.objective()
    return walk(
        objective, terms.start, OPTIMIZERS[terms.optimizer](terms.rate), method.make(terms.step), terms
    )


def walk(
    objective: fl.Objective,
    start: tuple[float, ...],
    optimizer: Any,
    find: Callable[..., Any],
    terms: Terms,
    far: float = FAR,
) -> Descent:
    """Let an optimizer walk through an objective that is measured with the errors of the terms."""
    measured, rng = fl.Measured(objective, terms.noise), np.random.default_rng(terms.seed)
    taken: list[fl.Frame] = []
    costs, spent, left = [], 0, None
    for frame in fl.descend(measured, start, optimizer, find, rng):
        if spent > terms.budget:
            break
        if not (np.abs(frame.x - 0.5) <= far).all():
            left = spent
            break
        taken.append(frame)
        costs.append(spent)
        spent = frame.evaluations
    points, losses = np.array([frame.x for frame in taken]), np.array([frame.value for frame in taken])
    return Descent(points, losses, np.array(costs), left)
