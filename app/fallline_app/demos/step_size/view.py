"""The error against the step as the page shows it, beside the curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.core.properties import field
from bokeh.models import Line, Scatter, Segment, Text

from fallline_app.components.curve_point import CurvePlot, curve_settings
from fallline_app.components.equations import row
from fallline_app.components.models import Tape
from fallline_app.components.parts import Parts
from fallline_app.components.plots import draw, draw_moving, empty_source, new_plot
from fallline_app.components.settings import ChoiceSetting, bound, group, number_setting
from fallline_app.components.tracks import CUES, Tooltip, draw_labels, draw_tracks, new_track
from fallline_app.demos.step_size.code import script
from fallline_app.demos.step_size.model import (
    COLUMNS,
    LEAST,
    PER_DECADE,
    PRECISIONS,
    STEPS,
    Comparison,
    StepSize,
)
from fallline_app.words import printed

if TYPE_CHECKING:
    from bokeh.model import Model
    from bokeh.models.ui import UIElement

READOUT = [("slope", "slope", "fixed"), ("error", "off by", "fixed")]
TOOLTIPS = [
    Tooltip("h", ("h",), "%.2e"),
    Tooltip("slope", ("slope",), "%.12g"),
    Tooltip("off by", ("error",), "%.2e"),
]
# Names stand so many pixels right of their places, those among the errors below; those of lines where these are so large.
ASIDE, BELOW, FARTHER, NAMED = 9.0, 22.0, 40.0, (1e-16, 1e-6)
TICKS = (1.0, 1e-4, 1e-8, 1e-12, 1e-16)


class StepSizeView:
    """Models that follow the settings of a step size; whatever follows from them is computed there."""

    def __init__(self, model: StepSize) -> None:
        self.model = model
        self.parts = Parts()
        self.errors = new_plot(
            "step h, smaller to the right", "error of the slope", x_scale="log", y_scale="log", x_ticks=TICKS
        )
        self.graph = CurvePlot(model)
        self.point = self.graph.point
        self.truncation, self.roundoff = (empty_source("x", "y") for _ in range(2))
        self.best = empty_source("x", "y")
        self.automatic = empty_source("x", "y", "claim")
        self.names = empty_source("x", "y", "text", "shift")
        self.tracks = [new_track(taker.entry.title, taker.entry.series, COLUMNS) for taker in model.takers]
        self.tape = Tape(tracks=self.tracks, columns=list(COLUMNS), dial="h", readout=READOUT)
        self.roots: dict[str, Model] = {
            "map": self.errors,
            "curve": self.graph.plot,
            "settings": self._settings(),
            "tape": self.tape,
        }
        self._draw()
        self.graph.show()
        self._compare()
        self._listen()

    def _settings(self) -> UIElement:
        model = self.model
        precision = bound(ChoiceSetting, model, "precision", options=[(name, name) for name in PRECISIONS])
        noise = group(
            "noise",
            [number_setting(model, "noise", label="deviation", scale="log"), number_setting(model, "seed")],
            switch=(model, "noisy"),
        )
        takers = [
            group(
                taker.entry.title,
                [],
                switch=(taker, "runs"),
                series=taker.entry.series,
                dash=CUES[taker.entry.series].dash,
            )
            for taker in model.takers
        ]
        function = group("Function", [*curve_settings(model), precision, noise], fold="narrow")
        return group("", [function, group("Schemes", takers, fold="narrow")]).get_root()

    def _draw(self) -> None:
        for source, token in ((self.truncation, "contour"), (self.roundoff, "contour")):
            draw(self.errors, source, Line(x="x", y="y", line_width=5, line_alpha=0.4), line_color=token)
        draw_tracks(self.errors, self.tracks, "h", "drawn", TOOLTIPS)
        best = Scatter(x="x", y="y", size=15, marker="circle_dot", line_width=1.5)
        draw(self.errors, self.best, best, line_color="ink", fill_color="none")
        self._draw_names()
        # It moves with no step, and lies among lines that do.
        claim = Segment(x0="x", y0="y", x1="x", y1="claim", line_width=3)
        draw_moving(self.errors, self.automatic, claim, line_color="water")
        found = Scatter(x="x", y="y", size=15, marker="star", line_width=1.5)
        draw_moving(self.errors, self.automatic, found, line_color="water", fill_color="lake")
        self.tape.labels = [draw_labels(self.errors, "h", "drawn")]
        point = Scatter(x="x", y="y", size=15, marker="circle_cross", line_width=2)
        draw(self.graph.plot, self.point.source, point, line_color="ink", fill_color="sheet")

    def _draw_names(self) -> None:
        """Name what no track is: the lines that errors follow, and the step that is chosen by itself."""
        name = Text(
            x="x", y="y", text=field("text"), anchor="center_left", x_offset=ASIDE, y_offset=field("shift"),
            text_font_size="12px", padding=2,
        )  # fmt: skip
        draw(self.errors, self.names, name, text_color="contour-label", background_fill_color="label-halo")

    def _listen(self) -> None:
        self.model.param.watch(lambda *_: self.graph.show(), ["curve", "own"])
        self.model.param.watch(
            lambda *_: self._compare(),
            ["curve", "own", "x", "precision", "noisy", "noise", "seed"],
        )
        for taker in self.model.takers:
            taker.param.watch(lambda *_: self._compare(), "runs")

    def _compare(self) -> None:
        self._comparison = self.model.compare()
        self._show(self._comparison)
        self.parts.then(self._tell)

    def _show(self, comparison: Comparison) -> None:
        self.point.point = (comparison.x, float(comparison.curve.values(np.array(comparison.x))))
        self.truncation.data = {"x": STEPS, "y": comparison.law.truncation}
        self.roundoff.data = {"x": STEPS, "y": comparison.law.roundoff}
        self._show_best(comparison)
        self._show_automatic(comparison)
        self._show_names(comparison)
        self.errors.x_range.update(start=STEPS[0] * 2.0, end=STEPS[-1] / 1e4)
        self.errors.y_range.update(start=LEAST / 4.0, end=100.0)
        for track, errors in zip(self.tracks, comparison.errors, strict=True):
            last, note = (0, "") if errors is None else (errors.last, errors.note)
            track.update(last=last, note=note, mark=f"{track.label}: no slope" if note else "")
        self.tape.frames = comparison.frames()
        for track, taker in zip(self.tracks, self.model.takers, strict=True):
            track.active = taker.runs

    def _tell(self) -> None:
        comparison = self._comparison
        for track in self.tracks:
            track.equation = equation(comparison)
        self.tape.update(
            code=script(self.model, STEPS.size, PER_DECADE),
            summary=comparison.summary,
            descriptions=list(zip(("map", "curve"), comparison.descriptions, strict=True)),
        )

    def _show_best(self, comparison: Comparison) -> None:
        taking = [errors for errors in comparison.errors if errors is not None]
        found = [(errors.columns, errors.best) for errors in taking if errors.best is not None]
        self.best.data = {
            "x": [columns.h[best] for columns, best in found],
            "y": [columns.drawn[best] for columns, best in found],
        }

    def _show_automatic(self, comparison: Comparison) -> None:
        automatic = comparison.automatic
        off = abs(float(automatic.value[0]) - comparison.derivative)
        self.automatic.data = {
            "x": [float(automatic.steps[0])],
            "y": [max(off, LEAST)],
            "claim": [max(float(automatic.error[0]), LEAST)],
        }

    def _show_names(self, comparison: Comparison) -> None:
        law, (x,), (y,) = comparison.law, self.automatic.data["x"], self.automatic.data["y"]
        # Each where it has come far from the other line, and room beside it.
        found = [
            (STEPS[seen[-1]], values[seen[-1]], text, shift)
            for text, shift, values, seen in (
                ("truncation", 0.0, law.truncation, np.flatnonzero(law.truncation > NAMED[0])),
                ("roundoff", FARTHER, law.roundoff, np.flatnonzero(law.roundoff < NAMED[1])),
            )
            if seen.size
        ]
        if np.isfinite([x, y]).all():
            found.append((x, y, "automatic step", BELOW))
        columns = zip(*found, strict=True) if found else ([] for _ in range(4))
        self.names.data = dict(zip(("x", "y", "text", "shift"), map(list, columns), strict=True))


def equation(comparison: Comparison) -> list[str]:
    """Return how far a slope is off the true one, with all digits of both; nothing where there is no slope."""
    if not np.isfinite(comparison.derivative):
        return []
    difference = row(f"= |{{slope:17}} − {printed(comparison.derivative, 16)}|")
    return [row("|slope − f′(x)|"), difference, row("= {error}")]


def view() -> StepSizeView:
    """Build the page's view of a step size."""
    return StepSizeView(StepSize())
