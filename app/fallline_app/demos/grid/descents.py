"""Two descents from one start: one has np.gradient of the samples alone, the other the function's own slope."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import fallline as fl
from fallline_app.heights import GROWN_TOO_FAR, floor_of, lowest_shown, shown_range
from fallline_app.surfaces import slope_of
from fallline_app.taken import taken
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from fallline_app.demos.grid.looking import Look

    Numbers = NDArray[np.float64]

# Whose slope it is.
SAMPLES, FUNCTION = "samples", "function"


class Columns(NamedTuple):
    """The numbers of a descent by name, shape (steps + 1,) each.

    `off` is how far its slope is off the function's own there, `apart` how far it is from the other.
    """

    step: Numbers
    x: Numbers
    y: Numbers
    loss: Numbers
    height: Numbers
    slope_x: Numbers
    slope_y: Numbers
    off: Numbers
    apart: Numbers


COLUMNS = Columns._fields


@dataclass(frozen=True)
class Path:
    """One descent; a note says why it ended before the last step."""

    title: str
    columns: Columns
    note: str = ""

    @property
    def last(self) -> int:
        """The last step that was taken."""
        return len(self.columns.step) - 1

    @property
    def end(self) -> tuple[float, float]:
        """Where it ended."""
        return float(self.columns.x[-1]), float(self.columns.y[-1])


@dataclass(frozen=True)
class Run:
    """Both descents: the one on the samples first. `frames` has shape (2, columns, steps + 1), `curve` is the range to show."""

    paths: tuple[Path, Path]
    frames: Numbers
    curve: tuple[float, float]
    rate: float
    steps: int


def descend(look: Look, start: tuple[float, float], rate: float, steps: int) -> Run:
    """Descend with both slopes."""
    own = fl.central if look.function.gradient is fl.objectives.no_formula else fl.exact
    ways = ((SAMPLES, look.samples.slope), (FUNCTION, own))
    paths = [_path(title, look, start, rate, steps, slope) for title, slope in ways]
    floor = floor_of((path.columns.loss for path in paths), look.function)
    frames = np.full((2, len(COLUMNS), steps + 1), np.nan)
    for rows, path in zip(frames, paths, strict=True):
        rows[:, : path.last + 1] = path.columns._replace(height=path.columns.loss - floor)
    heights = frames[:, COLUMNS.index("height")]
    np.maximum(heights, lowest_shown(heights, look.function), out=heights)
    frames[:, COLUMNS.index("apart")] = _apart(frames)
    done = [
        Path(path.title, Columns(*rows[:, : path.last + 1]), path.note)
        for path, rows in zip(paths, frames, strict=True)
    ]
    return Run((done[0], done[1]), frames, shown_range(heights), rate, steps)


def _apart(frames: Numbers) -> Numbers:
    (ax, ay), (bx, by) = (rows[[COLUMNS.index("x"), COLUMNS.index("y")]] for rows in frames)
    with np.errstate(all="ignore"):
        return np.asarray(np.sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by)))


def _path(
    title: str,
    look: Look,
    start: tuple[float, float],
    rate: float,
    steps: int,
    slope: Callable[..., Any],
) -> Path:
    descent = fl.descend(look.function, start, fl.GradientDescent(rate), slope)
    frames, trouble = taken(islice(descent, steps + 1), _is_last)
    if not frames:
        raise ValueError(f"nothing is known at the start: {trouble}")
    note = f"stopped at step {frames[-1].step}: {trouble}" if trouble else ""
    if _is_last(frames[-1]):
        note = explain_end(frames[-1], look, rate)
    return Path(title, _columns(frames, look), note)


def _is_last(frame: fl.Frame) -> bool:
    return not (np.isfinite(frame.slope).all() and abs(frame.value) <= GROWN_TOO_FAR)


def _columns(frames: Sequence[fl.Frame], look: Look) -> Columns:
    points = np.transpose([frame.x for frame in frames])
    slopes = np.transpose([frame.slope for frame in frames])
    unknown = np.full(len(frames), np.nan)
    with np.errstate(all="ignore"):
        off = slopes - slope_of(look.function)(points)
        return Columns(
            step=np.arange(len(frames), dtype=float),
            x=points[0],
            y=points[1],
            loss=np.array([frame.value for frame in frames]),
            height=unknown,
            slope_x=slopes[0],
            slope_y=slopes[1],
            off=np.sqrt(off[0] * off[0] + off[1] * off[1]),
            apart=unknown,
        )


def explain_end(frame: fl.Frame, look: Look, rate: float) -> str:
    """Say in one sentence why a descent cannot go on from a frame, and what to do about it."""
    at = f"at step {frame.step}"
    if not abs(frame.value) <= GROWN_TOO_FAR:
        what = "is no longer a number" if np.isnan(frame.value) else "left all bounds"
        return f"the loss {what} {at}: the rate {printed(rate)} is too high here, or there is no bottom"
    axes = zip(frame.x, look.grid.axes, strict=True)
    if any(not axis[0] <= place <= axis[-1] for place, axis in axes):
        return f"it left the grid {at}: where there are no samples, there is no slope; take a lower rate or another start"
    return f"there is no slope {at}: a sample nearby is no number"
