"""What many descents tell, beneath the plots: who survives more noise and more parameters, and what the step h does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import Line, Scatter

from fallline_app.components.models import Table
from fallline_app.components.plots import draw, empty_source, new_plot
from fallline_app.components.settings import Group
from fallline_app.components.tracks import CUES
from fallline_app.components.work import Step, Work
from fallline_app.demos.black_box import dimensions, measuring
from fallline_app.demos.black_box.run import LEAST
from fallline_app.demos.black_box.words import describe_steps, explain_growth, explain_survival
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bokeh.models.ui import UIElement

    from fallline_app.components.models import Tape
    from fallline_app.demos.black_box.model import BlackBox

# Answers to so many questions are kept.
KEPT = 8


class Survival:
    """Two tables and a chart, and the work that fills them: what is known of the settings as they are."""

    def __init__(self, model: BlackBox, tape: Tape) -> None:
        self._model, self._tape = model, tape
        self.plot = new_plot("step h, in shares", "last loss, median", x_scale="log", y_scale="log")
        self._by_step, self._own_step = empty_source("x", "y"), empty_source("x", "y")
        self._draw()
        noises = (f"σ = {printed(noise)}" for noise in measuring.NOISES)
        self._survivors = Table(headings=["method", *noises], remarks=False)
        counts = (f"{n} parameters" for n in dimensions.PARAMETERS)
        self._growing = Table(headings=["slopes by", *counts], remarks=False)
        action = f"Measure {measuring.COUNT} descents"
        self.work = Work(self._measure, self.forget, title="Measuring", action=action)
        first = measuring.question(model)
        self._answers = {first: measuring.measured(first)}
        self._show_growing()
        self.forget()

    def tables(self) -> UIElement:
        """Return both tables, each under its title."""
        titles = {"More noise": self._survivors, "More parameters": self._growing}
        children = [
            Group(label=title, children=[table], across=True).get_root() for title, table in titles.items()
        ]
        return Group(label="", children=children, across=True, least=600).get_root()

    def forget(self) -> None:
        """Show what is known of the settings as they are now."""
        self._show(self._answers.get(measuring.question(self._model)))

    def describe(self) -> None:
        """Say what the chart shows, beside what is said already."""
        data = self._by_step.data
        told = dict(self._tape.descriptions)
        self._tape.descriptions = [*(told | {"steps": describe_steps(data["x"], data["y"])}).items()]

    def _draw(self) -> None:
        own = Line(x="x", y="y", line_width=5, line_alpha=0.4)
        draw(self.plot, self._own_step, own, line_color="contour")
        draw(self.plot, self._by_step, Line(x="x", y="y", line_width=2.2), line_color="central")
        dots = Scatter(x="x", y="y", size=7, marker="diamond")
        draw(self.plot, self._by_step, dots, line_color="sheet", fill_color="central")

    def _measure(self) -> Iterator[Step]:
        """Make many descents, as the settings are now; each shows what is known so far."""
        asked = measuring.question(self._model)
        known = measuring.Answers()
        for done, answers in enumerate(measuring.measure(asked)):
            if answers != known:
                self._show(answers)
            known = answers
            yield Step(done / measuring.COUNT, f"descent {done} of {measuring.COUNT}")
        self._answers = {asked: known, **dict(list(self._answers.items())[:KEPT])}
        self._show(known)

    def _show(self, answers: measuring.Answers | None) -> None:
        cells, losses = (answers.cells, answers.losses) if answers is not None else ((), ())
        rows = []
        for index, track in enumerate(self._tape.tracks):
            told = [str(cell) for cell in cells[index]] if index < len(cells) else []
            told += ["–"] * (len(measuring.NOISES) - len(told))
            rows.append((track.series, track.dash, [track.label, *told]))
        self._survivors.update(rows=rows, note=explain_survival(self._model.chosen, answers is not None))
        self._by_step.data = {"x": list(measuring.STEPS[: len(losses)]), "y": list(losses)}
        h, (low, high) = self._model.terms().step, decades(losses)
        self._own_step.data = {"x": [h, h], "y": [low, high]}
        self.plot.x_range.update(start=measuring.STEPS[0] / 2.0, end=measuring.STEPS[-1] * 2.0)
        self.plot.y_range.update(start=low, end=high)
        self.describe()

    def _show_growing(self) -> None:
        rows = [
            (series, CUES[series].dash, [title, *map(str, bests)])
            for (title, series, _), bests in zip(dimensions.ROWS, dimensions.grown(), strict=True)
        ]
        self._growing.update(rows=rows, note=explain_growth())


def decades(values: Iterable[float]) -> tuple[float, float]:
    """Return the powers of ten around values, so that an axis by ratio has numbers at both ends; what is lower is drawn at `LEAST`."""
    seen = [max(float(value), LEAST) for value in values if np.isfinite(value)] or [1.0]
    low, high = np.floor(np.log10(min(seen))), np.ceil(np.log10(max(seen)))
    return float(10.0**low), float(10.0 ** max(high, low + 1.0))
