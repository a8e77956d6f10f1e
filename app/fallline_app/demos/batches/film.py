"""What the player shows: all laps, step by step of one clock, with the noise of the gradient at each place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import fallline as fl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.demos.batches.lap import Lap
    from fallline_app.demos.batches.problem import Problem

# So many steps can be told from each other; longer runs show every second, third ... of them.
MOST_STEPS = 500
# A height below this is lost in rounding, and 0 has no place on a log axis.
LOWEST = 1e-16


class Columns(NamedTuple):
    """The numbers of a lap by name, shape (steps + 1,) each.

    `cost` is what is drawn along the curve's axis; `spread` is the standard deviation of the samples' own gradients here,
    and `noise` that of the mean over the batch; `mid` is where the next move leads on average, and `cov` how it scatters.
    """

    slope: NDArray[np.float64]
    intercept: NDArray[np.float64]
    loss: NDArray[np.float64]
    height: NDArray[np.float64]
    update: NDArray[np.float64]
    seen: NDArray[np.float64]
    evaluations: NDArray[np.float64]
    cost: NDArray[np.float64]
    epoch: NDArray[np.float64]
    begin: NDArray[np.float64]
    size: NDArray[np.float64]
    spread: NDArray[np.float64]
    noise: NDArray[np.float64]
    mid_x: NDArray[np.float64]
    mid_y: NDArray[np.float64]
    cov_xx: NDArray[np.float64]
    cov_xy: NDArray[np.float64]
    cov_yy: NDArray[np.float64]


COLUMNS = Columns._fields


class Clock(NamedTuple):
    """What a step of the player is: so many samples for everyone (`by` is "seen"), or so many updates of everyone."""

    by: str
    stride: int
    steps: int

    def updates(self, lap: Lap) -> NDArray[np.intp]:
        """Return how many updates a lap has made at each step, shape (steps + 1,)."""
        at = np.arange(self.steps + 1) * self.stride
        if self.by == "updates":
            return np.minimum(at, lap.last)
        return np.searchsorted(lap.updates.seen, at, side="right") - 1

    def last(self, lap: Lap) -> int:
        """Return the first step at which a lap has ended; of one that goes on, the last that it has come to."""
        if lap.goes_on:
            return int(lap.updates.seen[-1] if self.by == "seen" else lap.last) // self.stride
        return int(np.searchsorted(self.updates(lap), lap.last))


def wind(by: str, budget: int, updates: int) -> Clock:
    """Return a clock that shows so many samples, or updates, in no more steps than can be told from each other."""
    total = budget if by == "seen" else updates
    stride = max(1, -(-total // MOST_STEPS))
    return Clock("seen" if by == "seen" else "updates", stride, max(1, -(-total // stride)))


def frames_of(lap: Lap, clock: Clock, problem: Problem, rate: float, axis: str) -> NDArray[np.float64]:
    """Return the numbers of a lap at each step of the clock, shape (columns, steps + 1), NaN after it has ended."""
    place = clock.updates(lap)
    shown, again = np.unique(place, return_inverse=True)
    updates = lap.updates
    costs = {"seen": updates.seen, "updates": np.arange(lap.last + 1.0), "evaluations": updates.evaluations}
    if axis == "evaluations" and not updates.evaluations.any():
        costs["evaluations"] = costs["updates"]
    cost = np.where(costs[axis] > 0.0, costs[axis], np.nan)
    numbers = Columns(
        slope=updates.x[shown, 0],
        intercept=updates.x[shown, 1],
        loss=updates.value[shown],
        height=np.maximum(updates.value[shown] - problem.floor, LOWEST),
        update=shown.astype(float),
        seen=updates.seen[shown],
        evaluations=updates.evaluations[shown],
        cost=cost[shown],
        epoch=updates.epoch[shown],
        begin=updates.begin[shown],
        size=updates.size[shown],
        **_noise(lap, shown, problem, rate),
    )
    frames = np.array(numbers)[:, again]
    frames[:, clock.last(lap) + 1 :] = np.nan
    return frames


def extent(values: NDArray[np.float64], otherwise: tuple[float, float]) -> tuple[float, float]:
    """Return the least and the greatest finite value, `otherwise` where there is none."""
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else otherwise


def _noise(
    lap: Lap, shown: NDArray[np.intp], problem: Problem, rate: float
) -> dict[str, NDArray[np.float64]]:
    """Return how the gradient scatters after each of these updates, and with it the next move."""
    updates, following = lap.updates, np.vstack([lap.updates.x[1:], lap.ahead])
    weight, size = updates.weight[shown], updates.size[shown]
    with np.errstate(all="ignore"):
        slopes = problem.network.sample_gradients(updates.x[shown].T, problem.X, problem.y)
        covariance = (weight**2)[:, None, None] * fl.batch_covariance(slopes, size)
        spread, noise = deviation(fl.batch_covariance(slopes, 1)), deviation(covariance)
        off = updates.slope[shown] - weight[:, None] * slopes.mean(axis=1)
        mid, cov = following[shown] + rate * off, rate**2 * covariance
    return {
        "spread": spread,
        "noise": noise,
        "mid_x": mid[:, 0],
        "mid_y": mid[:, 1],
        "cov_xx": cov[:, 0, 0],
        "cov_xy": cov[:, 0, 1],
        "cov_yy": cov[:, 1, 1],
    }


def deviation(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far off a vector is, as the root of its mean square, for a covariance of shape (..., n, n)."""
    return np.asarray(np.sqrt(np.trace(covariance, axis1=-2, axis2=-1)))
