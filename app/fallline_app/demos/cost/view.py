"""What gradients cost as the page shows it: counts at first, and times once they are measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import Segment

from fallline_app.components.equations import row as equation_row
from fallline_app.components.level import Level
from fallline_app.components.models import Table, Tape
from fallline_app.components.plots import draw, empty_source, new_plot
from fallline_app.components.settings import group, number_setting
from fallline_app.components.tracks import CUES, Tooltip, draw_labels, draw_tracks, new_track
from fallline_app.components.work import Step, Work
from fallline_app.demos.cost import words
from fallline_app.demos.cost.code import script
from fallline_app.demos.cost.measuring import Measurement
from fallline_app.demos.cost.model import COLUMNS, MEGABYTE, Cost, Survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bokeh.model import Model
    from bokeh.models import Plot
    from bokeh.models.ui import UIElement

READOUT = [
    ("operations", "multiply-adds", "fixed"),
    ("milliseconds", "ms", "fixed"),
    ("memory", "bytes", "fixed"),
]
TOOLTIPS = [
    Tooltip("parameters", ("P",), "%d"),
    Tooltip("multiply-adds", ("operations",), "%.3g"),
    Tooltip("time, ms", ("milliseconds",), "%.3g"),
    Tooltip("memory, bytes", ("memory",), "%.3g"),
]
# Beside the largest size, for the names at the lines' ends; a factor, since the axis is logarithmic.
ROOM_FOR_NAMES = 5.0
# From the smallest size to the budget's name, a factor: methods that end early are named left of it, and the others right.
BETWEEN_NAMES = 6.0
# Times of any machine lie here, so that the axis keeps still while they come in.
SECONDS = (3e-5, 3e3)


class CostView:
    """Models that follow the settings of a count, and a measurement."""

    def __init__(self, model: Cost) -> None:
        self.model = model
        self.costs = new_plot("parameters P", words.COUNTED, x_scale="log", y_scale="log")
        self.memory = new_plot("parameters P", words.MEMORY_COUNTED, x_scale="log", y_scale="log")
        self.fits = empty_source("x0", "y0", "x1", "y1")
        self.tracks = [new_track(taker.method.name, taker.method.name, COLUMNS) for taker in model.takers]
        self.tape = Tape(tracks=self.tracks, columns=list(COLUMNS), dial="P", readout=READOUT)
        self.table = Table(headings=list(words.HEADINGS))
        self.work = Work(self._measure, self._count, title="Measuring", action="Measure here")
        self.roots: dict[str, Model] = {
            "map": self.costs,
            "curve": self.memory,
            "settings": self._settings(),
            "tape": self.tape,
            "work": self.work.model,
            "below": self.table,
        }
        self._draw()
        self._count()
        self._listen()

    def _settings(self) -> UIElement:
        model = self.model
        network = [
            number_setting(model, "depth", label="hidden layers"),
            number_setting(model, "widest", label="widest layer", scale="log"),
            number_setting(model, "batch", scale="log"),
            number_setting(model, "budget", label="budget, MB", scale="log"),
        ]
        methods = [
            group(
                taker.method.name,
                [],
                switch=(taker, "runs"),
                series=taker.method.name,
                dash=CUES[taker.method.name].dash,
                help_text=taker.method.doc,
            )
            for taker in model.takers
        ]
        measuring = [number_setting(model, "rounds"), number_setting(model, "seed")]
        return group(
            "",
            [
                group("Network", network, fold="narrow"),
                group("Methods", methods, fold="narrow"),
                group("Measurement", measuring, fold="always"),
            ],
        ).get_root()

    def _draw(self) -> None:
        fits = Segment(x0="x0", y0="y0", x1="x1", y1="y1", line_width=6, line_alpha=0.35)
        draw(self.costs, self.fits, fits, line_color="contour")
        self.budget = Level(self.memory, "alarm", "alarm", line_width=2, line_dash="8 4")
        draw_tracks(self.costs, self.tracks, "P", "drawn", TOOLTIPS)
        draw_tracks(self.memory, self.tracks, "P", "memory", TOOLTIPS)
        self.tape.labels = [
            draw_labels(self.costs, "P", "drawn"),
            draw_labels(self.memory, "P", "memory"),
        ]

    def _listen(self) -> None:
        self.model.param.watch(lambda *_: self._replace(), ["depth", "widest", "batch", "rounds", "seed"])
        self.model.param.watch(lambda *_: self._show(self.survey), "budget")
        for taker in self.model.takers:
            taker.param.watch(lambda *_: self._show(self.survey), "runs")

    def _replace(self) -> None:
        """Count what the settings ask for, and measure that instead of what is being measured."""
        was_measuring = self.work.runs
        self.work.cancel()
        if was_measuring:
            self.work.begin()

    def _count(self) -> None:
        self._show(self.model.count())

    def _measure(self) -> Iterator[Step]:
        measurement = Measurement(self.model)
        for fraction, phrase, survey in measurement.steps():
            if survey is not None:
                self._show(survey)
            yield Step(fraction, phrase)

    def _show(self, survey: Survey) -> None:
        self.survey = survey
        running = [index for index, taker in enumerate(self.model.takers) if taker.runs]
        budget = self.model.budget * MEGABYTE
        self._scale(survey, budget)
        self._show_fits(survey, running)
        self._show_budget(survey, budget)
        self.table.update(
            rows=[
                (track.series, track.dash, words.row(survey, index, budget))
                for index, track in enumerate(self.tracks)
                if index in running
            ],
            note=words.note(survey),
        )
        for index, track in enumerate(self.tracks):
            note, last = survey.notes[index], survey.last(index)
            mark = f"{track.label} ends at P = {words.count(survey.parameters[last])}" if note else ""
            track.update(last=last, note=note, mark=mark, equation=EQUATION)
        self.tape.update(
            code=script(self.model),
            summary=words.summarize(survey, running),
            descriptions=[
                ("map", words.describe_costs(survey, running)),
                ("curve", words.describe_memory(survey, running, budget)),
            ],
        )
        self.tape.frames = survey.frames()
        for track, taker in zip(self.tracks, self.model.takers, strict=True):
            track.active = taker.runs

    def _scale(self, survey: Survey, budget: float) -> None:
        _label(self.costs, words.MEASURED if survey.is_measured else words.COUNTED)
        _label(self.memory, words.MEMORY_MEASURED if survey.is_measured else words.MEMORY_COUNTED)
        for plot in (self.costs, self.memory):
            low, high = survey.parameters[[0, -1]]
            plot.x_range.update(start=low / 1.3, end=high * ROOM_FOR_NAMES)
        fixed = SECONDS if survey.is_measured else ()
        _fit_decades(self.costs, np.append(survey.drawn, fixed))
        _fit_decades(self.memory, np.append(survey.memory, budget))

    def _show_fits(self, survey: Survey, running: list[int]) -> None:
        lines = [line for line in map(survey.growth, running) if np.isfinite(line.exponent)]
        self.fits.data = {
            "x0": [line.start for line in lines],
            "y0": [line.value(line.start) for line in lines],
            "x1": [line.end for line in lines],
            "y1": [line.value(line.end) for line in lines],
        }

    def _show_budget(self, survey: Survey, budget: float) -> None:
        left, right = survey.parameters[0] / 1.3, survey.parameters[-1] * ROOM_FOR_NAMES
        self.budget.show((left, right), budget, f"budget {words.amount(budget)}", at=BETWEEN_NAMES * left)


EQUATION = [equation_row("operations / P"), equation_row("= {operations} / {P}"), equation_row("= {each}")]


def _label(plot: Plot, label: str) -> None:
    plot.left[0].axis_label = label


def _fit_decades(plot: Plot, values: np.ndarray) -> None:
    """Let a logarithmic axis show whole decades, so that it keeps still while values come in."""
    finite = values[np.isfinite(values) & (values > 0.0)]
    plot.y_range.update(
        start=10.0 ** np.floor(np.log10(finite.min())), end=10.0 ** np.ceil(np.log10(finite.max()))
    )


def view() -> CostView:
    """Build the page's view of what gradients cost."""
    return CostView(Cost())
