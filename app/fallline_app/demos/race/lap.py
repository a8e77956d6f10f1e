"""What one racer does: its numbers, and why it ended where it ended before the others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import fallline as fl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

# A loss beyond this has left all bounds.
GROWN_TOO_FAR = 1e12


class Columns(NamedTuple):
    """The numbers of a lap by name, shape (steps + 1,) each; `height` is above the floor of the whole run."""

    step: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    loss: NDArray[np.float64]
    height: NDArray[np.float64]
    slope_x: NDArray[np.float64]
    slope_y: NDArray[np.float64]
    slope: NDArray[np.float64]
    evaluations: NDArray[np.float64]


COLUMNS = Columns._fields


@dataclass(frozen=True)
class Lap:
    """What one racer did; a note says why it ended before the others, and the heights wait for the run's floor."""

    name: str
    columns: Columns
    note: str = ""

    @property
    def last(self) -> int:
        """The last step that was taken."""
        return len(self.columns.step) - 1


@dataclass(frozen=True)
class Rate:
    """A racer's rate, and the one it is stable below on this surface, where there is one, with its formula."""

    value: float
    stable: float = np.inf
    formula: str = ""


def run_lap(
    name: str,
    objective: fl.Objective,
    start: tuple[float, float],
    optimizer: fl.Optimizer[Any],
    rate: Rate,
    steps: int,
) -> Lap:
    """Let one optimizer take `steps` steps, or as many as it can before its loss leaves all bounds."""
    descent = fl.descend(objective, start, optimizer)
    columns = _columns(list(_within_bounds(islice(descent, steps + 1))))
    last, loss = len(columns.step) - 1, float(columns.loss[-1])
    if last == steps and abs(loss) <= GROWN_TOO_FAR:
        return Lap(name, columns)
    return Lap(name, columns, explain_divergence(last, loss, objective, rate))


def _within_bounds(frames: Iterator[fl.Frame]) -> Iterator[fl.Frame]:
    """Yield frames up to and including the first whose loss is out of bounds."""
    for frame in frames:
        yield frame
        if not abs(frame.value) <= GROWN_TOO_FAR:
            return


def _columns(frames: Sequence[fl.Frame]) -> Columns:
    x, y = np.transpose([frame.x for frame in frames])
    slope_x, slope_y = np.transpose([frame.slope for frame in frames])
    with np.errstate(over="ignore"):
        # Not hypot, which C libraries round as they like: the browser's numbers equal these.
        slope = np.sqrt(slope_x * slope_x + slope_y * slope_y)
    return Columns(
        step=np.arange(len(frames), dtype=float),
        x=x,
        y=y,
        loss=np.array([frame.value for frame in frames]),
        height=np.full(len(frames), np.nan),
        slope_x=slope_x,
        slope_y=slope_y,
        slope=slope,
        evaluations=np.array([frame.evaluations for frame in frames], dtype=float),
    )


def explain_divergence(step: int, loss: float, objective: fl.Objective, rate: Rate) -> str:
    """Say in one sentence when the loss left all bounds, and what to do about it."""
    what = "fell below −1e12" if loss < 0.0 else "grew past 1e12" if loss > 0.0 else "was no longer a number"
    said = f"the loss {what} at step {step}"
    if loss < 0.0 and not objective.minima:
        return f"{said}: this surface has no bottom"
    if rate.value > rate.stable:
        return f"{said}: the rate {rate.value:g} is above {rate.formula} = {rate.stable:.3g}"
    return f"{said}: the rate {rate.value:g} is too high here; try a third of it"
