"""Two evaluations a step against two for each parameter, at equal evaluations, as the parameters grow."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import fallline as fl
from fallline_app.demos.black_box.descents import OPTIMIZERS, Terms, walk
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

# Set points a day, what all may spend, and the rates of which each gets its best: nobody loses by another's.
PARAMETERS, BUDGET, RATES, SEEDS = (2, 8, 36), 400, (0.01, 0.03, 0.1, 0.3), 3
# In shares of the set points' range: it is 0.5 K.
STEP, NOISE, START = 0.05, 1.0, 0.2
ROWS: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("coordinates, 2n a step", "central", partial(fl.gradient, method=fl.central, step=STEP)),
    ("SPSA, 2 a step", "spsa", fl.RandomDirections(step=STEP)),
)
RUNS = len(ROWS) * len(PARAMETERS) * len(RATES) * SEEDS


class Best(NamedTuple):
    """The median of the last losses at the best rate, that rate, and the steps that were taken."""

    loss: float
    rate: float
    steps: int

    def __str__(self) -> str:
        return f"{printed(self.loss)} in {self.steps} steps"


Bests = tuple[tuple[Best, ...], ...]
"""A row for each of the two, a number for each count of parameters; what is not done yet is missing."""


def grow() -> Iterator[Bests]:
    """Measure; one descent is made between two yields."""
    rows: list[tuple[Best, ...]] = []
    for _, _, find in ROWS:
        rows.append(())
        for parameters in PARAMETERS:
            tried: list[Best] = []
            for rate in RATES:
                ends = []
                for seed in range(SEEDS):
                    ends.append(_end(parameters, find, rate, seed))
                    yield tuple(rows)
                tried.append(Best(float(np.median([loss for loss, _ in ends])), rate, ends[0][1]))
            rows[-1] = (*rows[-1], min(tried))
    yield tuple(rows)


def _end(parameters: int, find: Callable[..., Any], rate: float, seed: int) -> tuple[float, int]:
    start = (START,) * parameters
    terms = Terms("", 0.0, NOISE, seed, STEP, "Adam", rate, (START, START), BUDGET)
    plan = fl.objectives.unit_box(fl.objectives.heating_plan(parameters))
    one = walk(plan, start, OPTIMIZERS["Adam"](rate), find, terms, far=np.inf)
    return float(one.losses[-1]), len(one.points) - 1


@cache
def grown() -> Bests:
    """Measure to the end, once: it follows from no setting."""
    *_, last = grow()
    return last
