"""What one racer does: its numbers, and why it ended where it ended before the others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import fallline as fl
from fallline_app.demos.race.watching import Watched
from fallline_app.heights import GROWN_TOO_FAR
from fallline_app.surfaces import is_unknown
from fallline_app.taken import taken
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray


class Columns(NamedTuple):
    """The numbers of a lap by name, shape (steps + 1,) each.

    `height` is above the floor of the whole run; a move is the one that leads on from here, with its rate, NaN where none
    does; `memory` is the mean of past slopes that the optimizer has before it, NaN where it has none.
    """

    step: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    loss: NDArray[np.float64]
    height: NDArray[np.float64]
    slope_x: NDArray[np.float64]
    slope_y: NDArray[np.float64]
    slope: NDArray[np.float64]
    evaluations: NDArray[np.float64]
    move_x: NDArray[np.float64]
    move_y: NDArray[np.float64]
    memory_x: NDArray[np.float64]
    memory_y: NDArray[np.float64]
    rate: NDArray[np.float64]


COLUMNS = Columns._fields


class Arrival(NamedTuple):
    """When somebody came low enough, and what it had cost by then."""

    step: int
    evaluations: int


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

    @property
    def is_out_of_bounds(self) -> bool:
        """Whether it ended because its loss grew too far, or was no number."""
        return not abs(float(self.columns.loss[-1])) <= GROWN_TOO_FAR

    def cut(self, steps: int) -> Lap:
        """Return its first steps, at most so many; who goes on after them has not ended before the others."""
        if self.last <= steps:
            return self
        return Lap(self.name, Columns(*(column[: steps + 1] for column in self.columns)))

    def arrival(self, height: float) -> Arrival | None:
        """Return when the loss was at this height or below for the first time."""
        low = np.flatnonzero(self.columns.loss <= height)
        if not low.size:
            return None
        step = int(low[0])
        # The slope at the place of arrival is measured, but nobody needed it to come there.
        return Arrival(step, int(self.columns.evaluations[step - 1]) if step else 0)


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
    optimizer: Any,
    rate: Rate,
    steps: int,
    find: Callable[..., Any] = fl.central,
    rng: np.random.Generator | None = None,
    memory: str = "",
) -> Lap:
    """Let one optimizer take `steps` steps, or as many as it can before its loss leaves all bounds."""
    # One more than is shown, for the move that leads on from the last.
    watched = Watched(optimizer)
    frames, trouble = taken(islice(fl.descend(objective, start, watched, find, rng), steps + 2), _is_beyond)
    if not frames:
        frames, watched.states = [_nowhere(objective, start)], [optimizer.init(np.array(start))]
    shown = min(len(frames), steps + 1)
    columns = _columns(frames, watched.remembered(memory, shown))
    last, loss = len(columns.step) - 1, float(columns.loss[-1])
    if trouble and last < steps:
        return Lap(name, columns, f"stopped at step {last}: {trouble}")
    if last == steps and abs(loss) <= GROWN_TOO_FAR:
        return Lap(name, columns)
    return Lap(name, columns, explain_divergence(last, loss, objective, rate))


def _is_beyond(frame: fl.Frame) -> bool:
    return not abs(frame.value) <= GROWN_TOO_FAR


def _nowhere(objective: fl.Objective, start: tuple[float, float]) -> fl.Frame:
    """Return the start for who cannot even look at it."""
    x = np.array(start)
    return fl.Frame(0, x, float(objective(x)), np.full(2, np.nan), 0)


def _columns(frames: Sequence[fl.Frame], memory: NDArray[np.float64]) -> Columns:
    shown = memory.shape[1]
    move_x, move_y = _moves([frame.x for frame in frames])[:, :shown]
    rates = [*(frame.rate for frame in frames[1:]), np.nan][:shown]
    frames = frames[:shown]
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
        move_x=move_x,
        move_y=move_y,
        memory_x=memory[0],
        memory_y=memory[1],
        rate=np.array(rates),
    )


def _moves(points: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return the move from each point to the next, shape (2, points), NaN from the last."""
    with np.errstate(all="ignore"):
        return np.diff(np.transpose([*points, np.full(2, np.nan)]), axis=1)


def explain_divergence(step: int, loss: float, objective: fl.Objective, rate: Rate) -> str:
    """Say in one sentence when the loss left all bounds, and what to do about it."""
    what = "fell below −1e12" if loss < 0.0 else "grew past 1e12" if loss > 0.0 else "was no longer a number"
    said = f"the loss {what} at step {step}"
    if loss < 0.0 and not objective.minima:
        return f"{said}: this surface has no bottom" + (" there" if is_unknown(objective) else "")
    if step == 0:
        return f"{said}: start elsewhere"
    if rate.value > rate.stable:
        return f"{said}: the rate {printed(rate.value, 6)} is above {rate.formula} = {printed(rate.stable)}"
    return f"{said}: the rate {printed(rate.value, 6)} is too high here; try a third of it"
