"""What one racer does with its batches: where each update leads, what it cost, and how noisy its gradients are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import fallline as fl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline.batches import Batch
    from fallline.descent.until import Rule
    from fallline_app.demos.batches.problem import Problem


# A loss beyond these has left all bounds.
BOUNDS: tuple[Rule, ...] = (fl.stopping.Divergence(), fl.stopping.NotANumber())


class Updates(NamedTuple):
    """Numbers of a lap for each update, shape (updates + 1,) each; those of a batch are of the one that is looked at next.

    `seen` and `evaluations` are what it took to come here; `begin` is the batch's place in its epoch's order, `size` how
    many samples it has and `weight` what their mean weighs; `slope` is what the batch says, `value` the loss over all data.
    """

    x: NDArray[np.float64]
    value: NDArray[np.float64]
    slope: NDArray[np.float64]
    seen: NDArray[np.float64]
    evaluations: NDArray[np.float64]
    epoch: NDArray[np.float64]
    begin: NDArray[np.float64]
    size: NDArray[np.float64]
    weight: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Lap:
    """What one racer did; `note` says why it ended before its samples were used up, `orders` how each epoch was shuffled.

    `ahead` is the point after the last, NaN where the loss has left all bounds. `goes_on` tells that it has not ended yet.
    """

    name: str
    size: int
    updates: Updates
    ahead: NDArray[np.float64]
    orders: NDArray[np.uint16]
    note: str = ""
    goes_on: bool = False

    @property
    def last(self) -> int:
        """The number of updates."""
        return len(self.updates.value) - 1

    def arrival(self, loss: float) -> int | None:
        """Return after how many updates the loss was this low for the first time, None for never."""
        low = np.flatnonzero(self.updates.value <= loss)
        return int(low[0]) if low.size else None

    def later(self, floor: float) -> float:
        """Return how high above the floor the last third of the updates is on average."""
        third = max(1, len(self.updates.value) // 3)
        return float(np.mean(self.updates.value[-third:] - floor))


class Way(NamedTuple):
    """How everyone goes down: from where, by what rule, with which slopes, for how many samples, in which order."""

    start: tuple[float, float]
    optimizer: Any
    find: Any
    budget: int
    seed: int


class Going:
    """One racer under way, until its samples are used up or its loss has left all bounds."""

    def __init__(self, name: str, problem: Problem, batches: Any, size: int, way: Way) -> None:
        self._name, self._problem, self._batches, self._size, self._way = name, problem, batches, size, way
        rng = np.random.default_rng(way.seed)
        loss = problem.loss(batches)
        self._descent = fl.descend(loss, way.start, way.optimizer, way.find, rng, stop=BOUNDS)
        self._frames: list[fl.Frame] = [next(self._descent)]
        self.has_ended = self._frames[0].stopped is not None

    @property
    def seen(self) -> int:
        """How many samples it has looked at."""
        return self._frames[-1].samples

    def go(self, samples: int) -> None:
        """Go on for about so many samples, an update at least."""
        frames, budget = self._frames, self._way.budget
        end = self.seen + samples
        while not self.has_ended:
            frames.append(next(self._descent))
            # One more than the samples pay for: where the last move would lead.
            self.has_ended = frames[-1].stopped is not None or frames[-2].samples > budget
            if frames[-1].samples >= end:
                break

    def lap(self) -> Lap:
        """Return what it has done so far; where there is only its start, it goes on first."""
        if len(self._frames) < 2:
            self.go(1)
        frames, problem, way = self._frames, self._problem, self._way
        stopped = frames[-1].stopped is not None
        ahead = np.full(2, np.nan) if stopped else frames[-1].x
        frames = frames if stopped else frames[:-1]
        note = explain_divergence(frames[-1], problem, way) if stopped else ""
        given = _given(self._batches, problem.samples, frames[-1].epoch, way.seed)
        updates, orders = _updates(frames, given), _orders(given, problem.samples)
        return Lap(self._name, self._size, updates, ahead, orders, note, not self.has_ended)


def _given(batches: Any, samples: int, epochs: int, seed: int) -> list[Batch]:
    """Cut the data once more, by the same chance, up to the end of an epoch: the same batches."""
    cut = batches.cut(samples, np.random.default_rng(seed))
    return list(takewhile(lambda batch: batch.epoch <= epochs, cut))


def _updates(frames: list[fl.Frame], given: list[Batch]) -> Updates:
    run, size = fl.record(frames), np.diff([frame.samples for frame in frames], prepend=0)
    begin = np.cumsum(size) - size
    return Updates(
        x=run.x,
        value=run.value,
        slope=run.slope,
        seen=np.append(0, run.samples[:-1]).astype(float),
        evaluations=np.append(0, run.evaluations[:-1]).astype(float),
        epoch=run.epoch.astype(float),
        begin=(begin - begin[np.searchsorted(run.epoch, run.epoch)]).astype(float),
        size=size.astype(float),
        weight=np.array([batch.weight for batch in given[: len(run)]]),
    )


def _orders(given: list[Batch], samples: int) -> NDArray[np.uint16]:
    orders = []
    for epoch in range(given[-1].epoch + 1):
        cut = [batch.indices for batch in given if batch.epoch == epoch and batch.indices is not None]
        first = np.concatenate(cut) if cut else np.arange(samples)
        orders.append(np.append(first, np.setdiff1d(np.arange(samples), first)))
    return np.array(orders, dtype=np.uint16)


def explain_divergence(frame: fl.Frame, problem: Problem, way: Way) -> str:
    """Say in one sentence when the loss left all bounds, and what to do about it."""
    rate, stable = way.optimizer.rate, way.optimizer.stable_rate
    grew = "was no longer a number" if np.isnan(frame.value) else "grew past 1e12"
    said = f"the loss {grew} at update {frame.step}: the rate {rate:g}"
    whole, one = stable(problem.curvature), stable(problem.curvature_of_one)
    if rate > whole:
        return f"{said} is above {whole:.3g}, what the curvature of all samples bears"
    if rate > one:
        return f"{said} suits all samples together, up to {whole:.3g}, but is above {one:.3g}, what the steepest one bears"
    return f"{said} is too high here; try a third of it"
