"""Which method survives how much noise: every method at every noise, with several seeds each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fallline_app.demos.black_box.descents import descend
from fallline_app.demos.black_box.methods import METHODS
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fallline_app.demos.black_box.descents import Terms
    from fallline_app.demos.black_box.model import BlackBox

NOISES = (0.0, 0.01, 0.1, 1.0)
SEEDS = 5


class Cell(NamedTuple):
    """What came of one method at one noise: the median of the last losses, and how many seeds came to the goal."""

    loss: float
    arrived: int
    seeds: int

    def __str__(self) -> str:
        return f"{printed(self.loss, 2)} ({self.arrived}/{self.seeds})"


Cells = tuple[tuple[Cell, ...], ...]
"""A row for each method, a cell for each noise; rows that are not done yet are missing, or shorter."""


class Question(NamedTuple):
    """What is asked: terms for each noise, whose seed counts from 0, and the goal."""

    terms: tuple[Terms, ...]
    goal: float


def question(model: BlackBox) -> Question:
    """Ask what the settings are about; noise and seed are gone through."""
    return Question(tuple(model.terms(noise, seed=0) for noise in NOISES), float(model.goal))


def survive(asked: Question) -> Iterator[Cells]:
    """Measure cell by cell; one descent is made between two yields."""
    rows: list[tuple[Cell, ...]] = []
    for method in METHODS:
        rows.append(())
        for terms in asked.terms:
            ends, arrived = [], 0
            for seed in range(SEEDS):
                one = descend(replace(terms, seed=seed), method)
                ends.append(float(one.losses[-1]))
                arrived += one.arrival(asked.goal) is not None and one.left is None
                if seed + 1 < SEEDS:
                    yield tuple(rows)
            rows[-1] = (*rows[-1], Cell(float(np.median(ends)), arrived, SEEDS))
            yield tuple(rows)
