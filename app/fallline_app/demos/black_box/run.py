"""What comes of a run: all descents side by side, at equal evaluations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fallline_app.demos.black_box.words import (
    describe_losses,
    describe_scene,
    describe_tracks,
    explain,
    summarize,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fallline_app.demos.black_box.descents import Descent, Terms
    from fallline_app.demos.black_box.methods import Method

# From one frame to the next so many evaluations are made: the least that a step takes.
EACH = 2
# A loss below this is drawn there: a log axis has no place for 0.
LEAST = 1e-4


class Columns(NamedTuple):
    """The numbers of one descent by name, shape (frames,) each; who is measuring stands still.

    `x` and `y` are in the units of the simulation, `missed` and `counted` the terms of its loss, `end_x` and `end_y`
    where its path ends, and `path` says which of the run's paths it is.
    """

    evals: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    loss: NDArray[np.float64]
    drawn: NDArray[np.float64]
    steps: NDArray[np.float64]
    missed: NDArray[np.float64]
    counted: NDArray[np.float64]
    end_x: NDArray[np.float64]
    end_y: NDArray[np.float64]
    path: NDArray[np.float64]


COLUMNS = Columns._fields


@dataclass(frozen=True)
class Run:
    """All descents of a run, None for a method that is switched off.

    `frames` has shape (methods, columns, frames), NaN past the last of a descent and where there is none; `paths` shape
    (paths, 2, points), NaN past the end of each. It is not `whole` while somebody has yet to descend.
    """

    terms: Terms
    methods: tuple[Method, ...]
    descents: tuple[Descent | None, ...]
    goal: float
    frames: NDArray[np.float64]
    lasts: tuple[int, ...]
    paths: NDArray[np.float64]
    whole: bool = True

    @property
    def notes(self) -> tuple[str, ...]:
        """Why a descent ended before the others, if it did."""
        return tuple("" if one is None else explain(one, self.terms) for one in self.descents)

    @property
    def summary(self) -> str:
        """Who comes low enough, and who does not, and why."""
        return summarize(self)

    @property
    def descriptions(self) -> tuple[str, str, str]:
        """A sentence for the map, one for the simulation and one for the losses."""
        return describe_tracks(self), describe_scene(self), describe_losses(self)


def compare(
    terms: Terms,
    methods: tuple[Method, ...],
    descents: tuple[Descent | None, ...],
    goal: float,
    whole: bool = True,
) -> Run:
    """Lay descents side by side, a frame for every two evaluations."""
    frames = np.full((len(descents), len(COLUMNS), terms.budget // EACH + 1), np.nan)
    paths: list[NDArray[np.float64]] = []
    lasts = []
    for rows, one in zip(frames, descents, strict=True):
        if one is None:
            lasts.append(0)
            continue
        numbers = _numbers(one, terms, paths)
        lasts.append(numbers.shape[1] - 1)
        rows[:, : numbers.shape[1]] = numbers
    return Run(terms, methods, descents, goal, frames, tuple(lasts), _together(paths), whole)


def _numbers(one: Descent, terms: Terms, paths: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return the columns of a descent, and add a path for each of its points."""
    simulation = terms.box
    low, high = np.array(simulation.make(terms.target).domain).T
    places = low + one.points * (high - low)
    first = len(paths)
    seen = [simulation.see(place, terms.target) for place in places]
    paths += [one.path for one in seen]
    told = np.array([(one.missed, one.counted, *one.path[:, -1]) for one in seen])
    end = terms.budget if one.left is None else min(one.left, terms.budget)
    evaluations = np.arange(0, end + 1, EACH)
    at = np.searchsorted(one.costs, evaluations, side="right") - 1
    columns = Columns(
        evals=evaluations.astype(float),
        x=places[at, 0],
        y=places[at, 1],
        loss=one.losses[at],
        drawn=np.maximum(one.losses[at], LEAST),
        steps=at.astype(float),
        missed=told[at, 0],
        counted=told[at, 1],
        end_x=told[at, 2],
        end_y=told[at, 3],
        path=first + at.astype(float),
    )
    return np.array(columns)


def _together(paths: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return paths of different lengths as one array, NaN past the end of each."""
    longest = max((path.shape[1] for path in paths), default=1)
    together = np.full((max(len(paths), 1), 2, longest), np.nan)
    for rows, path in zip(together, paths, strict=False):
        rows[:, : path.shape[1]] = path
    return together
