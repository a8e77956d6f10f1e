"""What an update costs, how noisy it is, and what it took to come near: a row for each racer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import fallline as fl
from fallline_app.demos.batches.film import deviation
from fallline_app.demos.batches.law import DRAWS
from fallline_app.demos.batches.words import near
from fallline_app.words import printed

if TYPE_CHECKING:
    from fallline_app.demos.batches.lap import Lap
    from fallline_app.demos.batches.problem import Problem

HEADINGS = (
    "racer",
    "samples an update",
    "noise at the start",
    "updates",
    "samples",
    "evaluations",
    "stays above",
    "in Python",
)
NOTHING = "–"


def standing(lap: Lap, problem: Problem, target: float, code: str) -> list[str]:
    """Return a row: the price of an update, the noise of its gradient, the price of coming near, how near it stays, and its code."""
    slopes = problem.network.sample_gradients(lap.updates.x[0], problem.X, problem.y)
    noise = printed(float(deviation(fl.batch_covariance(slopes, lap.size))))
    stays = NOTHING if lap.note else printed(lap.later(problem.floor), 2)
    return [lap.name, f"{lap.size}", noise, *_price(lap, problem.floor + target), stays, code]


def _price(lap: Lap, loss: float) -> list[str]:
    came = lap.arrival(loss)
    if came is None:
        return [f"{'diverged at' if lap.note else 'not within'} {lap.last}", NOTHING, NOTHING]
    return [f"{came}", f"{lap.updates.seen[came]:.0f}", f"{lap.updates.evaluations[came]:.0f}"]


def explain(problem: Problem, start: tuple[float, float], target: float) -> str:
    """Say in a few sentences what the table counts."""
    slopes = problem.network.sample_gradients(np.array(start), problem.X, problem.y)
    sigma, n = printed(float(deviation(fl.batch_covariance(slopes, 1)))), problem.samples
    return (
        f"Noise is the standard deviation of the gradient: σ/√b · √((n − b)/(n − 1)) with b of n = {n} samples in a batch and "
        f"σ = {sigma} at the start. Updates, samples and evaluations of a batch's loss are those until {near(problem, target)}, for the "
        "first time; what it stays above is the mean height over the last third of the updates. In the plot of the noise: this formula (line), "
        f"σ/√b alone (broad line), and {DRAWS} batches of each size as they were drawn (dots)."
    )
