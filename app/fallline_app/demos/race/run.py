"""What comes of a race: all racers' laps side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from fallline_app.demos.race.lap import COLUMNS, GROWN_TOO_FAR, Columns, Lap
from fallline_app.demos.race.words import Terms, describe_losses, describe_tracks, summarize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    import fallline as fl

# A height below this is lost in rounding, and 0 has no place on a log axis.
LOWEST_HEIGHT = 1e-16
# How far a curve's range reaches beyond its heights, and what it is where there are none.
MARGIN = 4.0
NO_HEIGHTS = (1e-6, 1.0)


@dataclass(frozen=True)
class Run:
    """A whole race.

    `frames` has shape (racers, columns, steps + 1), NaN past a racer's last step and where it does not take part;
    `lasts` and `notes` go with the racers; heights are counted from `floor`, and `curve` is the range worth showing.
    `laps` are those that were compared, their columns views into the frames. The summary and the descriptions of the map and of the curve are a sentence each.
    """

    frames: NDArray[np.float64]
    laps: list[Lap | None]
    lasts: tuple[int, ...]
    notes: tuple[str, ...]
    floor: float
    curve: tuple[float, float]
    summary: str
    map_description: str
    curve_description: str


def compare(laps: Sequence[Lap | None], objective: fl.Objective, terms: Terms) -> Run:
    """Lay laps side by side, None for a racer that is switched off, with the heights that follow from all of them."""
    running = [lap for lap in laps if lap is not None]
    floor = _floor(running, objective)
    frames = np.full((len(laps), len(COLUMNS), terms.steps + 1), np.nan)
    for rows, lap in zip(frames, laps, strict=True):
        if lap is not None:
            rows[:, : lap.last + 1] = lap.columns._replace(height=lap.columns.loss - floor)
    heights = frames[:, COLUMNS.index("height")]
    np.maximum(heights, _lowest_shown(heights, objective), out=heights)
    return Run(
        frames=frames,
        laps=[
            lap and replace(lap, columns=Columns(*rows[:, : lap.last + 1]))
            for lap, rows in zip(laps, frames, strict=True)
        ],
        lasts=tuple(0 if lap is None else lap.last for lap in laps),
        notes=tuple("" if lap is None else lap.note for lap in laps),
        floor=floor,
        curve=_range(heights[np.isfinite(heights)]),
        summary=summarize(running, objective, terms),
        map_description=describe_tracks(running, objective),
        curve_description=describe_losses(running),
    )


def _floor(laps: Sequence[Lap], objective: fl.Objective) -> float:
    """Return the minimum, or where there is none the lowest loss within bounds that anyone has seen."""
    if objective.minima:
        return objective.minimum
    seen = [loss for lap in laps for loss in lap.columns.loss if abs(loss) <= GROWN_TOO_FAR]
    return float(min(seen, default=0.0))


def _lowest_shown(heights: NDArray[np.float64], objective: fl.Objective) -> float:
    """Return the height that whatever is lower is shown at: without a bottom, someone stands on the floor itself."""
    if objective.minima:
        return LOWEST_HEIGHT
    above = heights[heights > LOWEST_HEIGHT]
    return float(above.min()) if above.size else LOWEST_HEIGHT


def _range(heights: NDArray[np.float64]) -> tuple[float, float]:
    """Return a range for these heights on a log axis; who grows too far leaves it at the top."""
    if not heights.size:
        return NO_HEIGHTS
    return float(heights.min()) / MARGIN, min(float(heights.max()), GROWN_TOO_FAR) * MARGIN
