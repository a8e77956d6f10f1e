"""How well the network answers what it never saw, as a table that follows the player."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from fallline_app.components.models import Table, TableFilm
from fallline_app.demos.network.answers import Residuals, confusion, residuals
from fallline_app.words import printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.demos.network.run import Run
    from fallline_app.demos.network.setup import Setup

    Row = tuple[str, str, list[str]]

NUMBERS = ["numbers", "root mean square", "mean", "at most", "explained"]
NOTHING = "–"


class Answers:
    """A table of classes and what they are taken for, or of how far numbers are off."""

    def __init__(self) -> None:
        self.table = Table()
        self.film = TableFilm(table=self.table)

    def show(self, run: Run, over: bool) -> None:
        """Show the answers at each step of a run, or at the newest until it has ended."""
        newest = max(run.last, 0)
        moments = list(range(newest + 1)) if over else [newest]
        classed = run.setup.data.is_classed
        rows = [(_confused if classed else _off)(run.setup, run.thetas[moment]) for moment in moments]
        notes = [_note(run, moment, found) for moment, found in zip(moments, rows, strict=True)]
        kinds = run.setup.data.kinds
        headings = ["held back", *(f"said {kind}" for kind in kinds), "right"] if classed else NUMBERS
        self.table.update(headings=headings, rows=rows[-1], note=notes[-1])
        self.film.update(at=moments, rows=rows, notes=notes)


def _confused(setup: Setup, theta: NDArray[np.float64]) -> list[Row]:
    counts = confusion(setup, theta)
    return [
        (f"class-{i}", "solid", [f"class {kind}", *map(str, row.tolist()), _share(row, i)])
        for i, (kind, row) in enumerate(zip(setup.data.kinds, counts, strict=True))
    ]


def _off(setup: Setup, theta: NDArray[np.float64]) -> list[Row]:
    learnt = residuals(setup, theta, setup.X, setup.y)
    tested = residuals(setup, theta, setup.X_test, setup.y_test)
    return [
        ("train", "solid", ["learnt from", *_cells(learnt)]),
        ("test", "2 3", ["held back", *_cells(tested)]),
    ]


def _cells(found: Residuals) -> list[str]:
    *off, explained = found
    share = NOTHING if isnan(explained) else f"{100.0 * explained:.1f} %"
    return [*(NOTHING if isnan(one) else printed(one) for one in off), share]


def _note(run: Run, moment: int, rows: list[Row]) -> str:
    data, step = run.setup.data, f"{run.column('step')[0, moment]:.0f}" if run.last >= 0 else "0"
    if not data.is_classed:
        return f"At step {step}: how far {data.target} is off, and the share of its variance that the network explains."
    counts = np.array([[int(cell) for cell in cells[1:-1]] for _, _, cells in rows])
    wrong = int(counts.sum() - np.trace(counts))
    return f"At step {step} wrong: {wrong} of the {counts.sum()} points that it never saw."


def _share(row: NDArray[np.int64], kind: int) -> str:
    return f"{100.0 * row[kind] / row.sum():.0f} %" if row.sum() else NOTHING
