"""One descent through a simulation: from values with errors alone, until its evaluations are used up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import fallline as fl
from fallline_app.demos.black_box.own import OWN, own_simulation
from fallline_app.demos.black_box.simulations import SIMULATIONS, Simulation

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
NO_NUMBER = "the loss nearby is no number"


@dataclass(frozen=True)
class Terms:
    """What all descents of a run have in common; the start is in shares of the map's sides, `own` the visitor's simulation."""

    simulation: str
    target: float
    noise: float
    seed: int
    step: float
    optimizer: str
    rate: float
    start: tuple[float, float]
    budget: int
    own: str = ""

    @property
    def box(self) -> Simulation:
        """The simulation itself."""
        return find(self.simulation, self.own)

    def objective(self) -> fl.Objective:
        """Return the simulation, its parameters in shares of their ranges."""
        return fl.objectives.unit_box(self.box.make(self.target))


def find(name: str, own: str) -> Simulation:
    """Return the simulation of a name, the visitor's own where it is that."""
    return own_simulation(own) if name == OWN else SIMULATIONS[name]


@dataclass(frozen=True)
class Descent:
    """Where a descent went: points of shape (m, 2) in shares, their losses without errors, and what each had cost.

    `left` is what had been spent when it could not go on, None where it did not end before the others; `trouble` says why,
    if it did not leave the map.
    """

    points: NDArray[np.float64]
    losses: NDArray[np.float64]
    costs: NDArray[np.int64]
    left: int | None = None
    trouble: str = ""

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
    costs, spent, left, trouble = [], 0, None, ""
    try:
        for frame in fl.descend(measured, start, optimizer, find, rng):
            if spent > terms.budget:
                break
            if not (np.abs(frame.x - 0.5) <= far).all():
                left, trouble = spent, "" if np.isfinite(frame.x).all() else NO_NUMBER
                break
            taken.append(frame)
            costs.append(spent)
            spent = frame.evaluations
    # The simulation may be the visitor's own, and raise where it was not looked at before.
    except Exception as error:
        if not taken:
            raise
        left, trouble = spent, str(error)
    points, losses = np.array([frame.x for frame in taken]), np.array([frame.value for frame in taken])
    return Descent(points, losses, np.array(costs), left, trouble)
