"""What comes of a race: all racers' laps side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from fallline_app.demos.race.lap import COLUMNS, Columns, Lap
from fallline_app.demos.race.words import Terms, describe_losses, describe_tracks, summarize
from fallline_app.heights import floor_of, lowest_shown, shown_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    import fallline as fl


@dataclass(frozen=True)
class Run:
    """A whole race on an objective, and the terms that it is judged by.

    `frames` has shape (racers, columns, steps + 1), NaN past a racer's last step and where it does not take part;
    `lasts` and `notes` go with the racers; heights are counted from `floor`, and `curve` is the range worth showing.
    `laps` are those that were compared, their columns views into the frames.
    """

    frames: NDArray[np.float64]
    laps: list[Lap | None]
    lasts: tuple[int, ...]
    notes: tuple[str, ...]
    floor: float
    curve: tuple[float, float]
    objective: fl.Objective
    terms: Terms

    @property
    def summary(self) -> str:
        """Who did best, in a sentence."""
        return summarize(self._running, self.objective, self.terms)

    @property
    def map_description(self) -> str:
        """What the map shows, in a sentence."""
        return describe_tracks(self._running, self.objective)

    @property
    def curve_description(self) -> str:
        """What the curve shows, in a sentence."""
        return describe_losses(self._running)

    @property
    def _running(self) -> list[Lap]:
        return [lap for lap in self.laps if lap is not None]


def compare(laps: Sequence[Lap | None], objective: fl.Objective, terms: Terms) -> Run:
    """Lay laps side by side, None for a racer that is switched off, with the heights that follow from all of them."""
    running = [lap for lap in laps if lap is not None]
    floor = floor_of((lap.columns.loss for lap in running), objective)
    frames = np.full((len(laps), len(COLUMNS), terms.steps + 1), np.nan)
    for rows, lap in zip(frames, laps, strict=True):
        if lap is not None:
            rows[:, : lap.last + 1] = lap.columns._replace(height=lap.columns.loss - floor)
    heights = frames[:, COLUMNS.index("height")]
    np.maximum(heights, lowest_shown(heights, objective), out=heights)
    return Run(
        frames=frames,
        laps=[
            lap and replace(lap, columns=Columns(*rows[:, : lap.last + 1]))
            for lap, rows in zip(laps, frames, strict=True)
        ],
        lasts=tuple(0 if lap is None else lap.last for lap in laps),
        notes=tuple("" if lap is None else lap.note for lap in laps),
        floor=floor,
        curve=shown_range(heights),
        objective=objective,
        terms=terms,
    )
