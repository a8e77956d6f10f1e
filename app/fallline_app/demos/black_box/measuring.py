"""What takes many descents to know: which method survives how much noise, and what the step h does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fallline_app.demos.black_box.descents import Terms, descend
from fallline_app.demos.black_box.methods import METHODS
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fallline_app.demos.black_box.model import BlackBox

NOISES = (0.0, 0.01, 0.1, 1.0)
STEPS = tuple(10.0**power for power in np.arange(-5.0, -0.1, 0.4).round(1).tolist())
SEEDS, SEEDS_A_STEP = 5, 3
(BY_STEP,) = (method for method in METHODS if method.series == "central")
COUNT = len(METHODS) * len(NOISES) * SEEDS + len(STEPS) * SEEDS_A_STEP


class Cell(NamedTuple):
    """What came of one method at one noise: the median of the last losses, and how many seeds ended as low as the goal."""

    loss: float
    arrived: int
    seeds: int

    def __str__(self) -> str:
        return f"{printed(self.loss, 2)} ({self.arrived}/{self.seeds})"


@dataclass(frozen=True)
class Question:
    """What is asked: terms for each noise, whose seeds count from 0, and for the steps, whose noise is the run's."""

    at_noises: tuple[Terms, ...]
    at_steps: Terms
    goal: float


@dataclass(frozen=True)
class Answers:
    """What is known so far: a row for each method with a cell for each noise, and the median last loss for each step."""

    cells: tuple[tuple[Cell, ...], ...] = ()
    losses: tuple[float, ...] = ()


def question(model: BlackBox) -> Question:
    """Ask what the settings are about; noise, seed and step are gone through."""
    noises = tuple(model.terms(noise, seed=0) for noise in NOISES)
    return Question(noises, replace(model.terms(seed=0), step=0.0), float(model.goal))


def measure(asked: Question) -> Iterator[Answers]:
    """Measure; one descent is made between two yields."""
    rows: list[tuple[Cell, ...]] = []
    for method in METHODS:
        rows.append(())
        for terms in asked.at_noises:
            ends, arrived = [], 0
            for seed in range(SEEDS):
                yield Answers(tuple(rows))
                one = descend(replace(terms, seed=seed), method)
                ends.append(float(one.losses[-1]))
                arrived += one.ends_at(asked.goal)
            rows[-1] = (*rows[-1], Cell(float(np.median(ends)), arrived, SEEDS))
    losses: list[float] = []
    for step in STEPS:
        ends = []
        for seed in range(SEEDS_A_STEP):
            yield Answers(tuple(rows), tuple(losses))
            ends.append(float(descend(replace(asked.at_steps, step=step, seed=seed), BY_STEP).losses[-1]))
        losses.append(float(np.median(ends)))
    yield Answers(tuple(rows), tuple(losses))


@cache
def measured(asked: Question) -> Answers:
    """Measure to the end, once: what the page shows at first."""
    *_, last = measure(asked)
    return last
