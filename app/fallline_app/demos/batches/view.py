"""The batches as the page shows them: map, loss, data, order and noise, settings, and the tape that plays them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import ColumnDataSource, Line, Scatter

from fallline_app.components.equations import row
from fallline_app.components.followers import draw_batch, draw_fits, draw_spreads, stand
from fallline_app.components.landscape import LandscapeMap, survey
from fallline_app.components.models import PointTool, Table, Tape
from fallline_app.components.plots import draw, draw_moving, empty_source, fit, fit_decades, fit_log, new_plot
from fallline_app.components.settings import choice_setting, group, number_setting
from fallline_app.components.tracks import CUES, Tooltip, draw_labels, draw_tracks, new_track, read_out
from fallline_app.demos.batches.code import script
from fallline_app.demos.batches.film import COLUMNS
from fallline_app.demos.batches.model import COUNTS, LEFT_OVER, LOSSES, OPTIMIZERS, Batches
from fallline_app.demos.batches.problem import KINDS
from fallline_app.demos.batches.racers import MiniBatches
from fallline_app.demos.batches.standings import HEADINGS, explain, standing
from fallline_app.demos.batches.words import AXES, arithmetic, axis_of, describe, summarize

if TYPE_CHECKING:
    from bokeh.model import Model
    from bokeh.models.ui import UIElement
    from panel.widgets.base import Widget

    from fallline_app.demos.batches.lap import Lap
    from fallline_app.demos.batches.model import Run
    from fallline_app.demos.batches.racers import Racer

READOUT = [
    ("slope", "slope", "fixed"),
    ("intercept", "intercept", "fixed"),
    ("height", "height", "fixed"),
    ("noise", "noise", "fixed"),
    ("seen", "seen", "whole"),
]
TOOLTIPS = [
    Tooltip("update", ("update",), "%d"),
    Tooltip("samples seen", ("seen",), "%d"),
    Tooltip("slope, intercept", ("slope", "intercept"), "%.4f"),
    Tooltip("above the minimum", ("height",), "%.3e"),
]
METHODS = {"central": "central difference", "backprop": "backprop"}
# Of the map: a loss is smooth, and drawn from fewer samples than a surface with corners.
SAMPLES = 161
# Of an axis on which Bokeh's own ticks crowd.
SIZES = (1, 2, 5, 10, 20, 50, 100, 200)
MEASURED = [Tooltip("samples", ("x",), "%d"), Tooltip("measured noise", ("y",), "%.4g")]
# Places of a curve of probability, and of a straight line.
CURVED, STRAIGHT = 61, 2
# The room that the names at the lines' ends need, as a factor of the axis.
ROOM_FOR_NAMES = 8.0


class BatchesView:
    """Models that follow the settings; whatever follows from them is computed there."""

    def __init__(self, model: Batches) -> None:
        self.model = model
        self.map, self.curve = LandscapeMap(), new_plot("samples seen", "", x_scale="log", y_scale="log")
        self.data = new_plot("x", "y")
        self.order = new_plot("place in the epoch", "sample")
        self.noise = new_plot(
            "samples in a batch",
            "noise of the gradient",
            x_scale="log",
            y_scale="log",
            x_ticks=SIZES,
            round_y=True,
        )
        self.samples = empty_source("x", "y", "number")
        self.minimum, self.simple, self.exact, self.measured = (empty_source("x", "y") for _ in range(4))
        x, y = model.start
        self.start = PointTool(point=(x, y), source=ColumnDataSource({"x": [x], "y": [y]}))
        self.tracks = [new_track(racer.title, racer.series, COLUMNS) for racer in model.racers]
        self.tape = Tape(tracks=self.tracks, columns=list(COLUMNS), readout=READOUT)
        self.table = Table(headings=list(HEADINGS))
        self._draw()
        self.roots: dict[str, Model] = {
            "map": self.map.plot,
            "curve": self.curve,
            "settings": self._settings(),
            "tape": self.tape,
            "data": self.data,
            "order": self.order,
            "noise": self.noise,
            "below": self.table,
        }
        self._show_problem()
        self._laps: list[Lap | None] = [model.lap(racer) for racer in model.racers]
        run = model.compare(self._laps)
        self._show(run)
        self._stand(run)
        self._listen()

    def _draw(self) -> None:
        self.map.plot.below[0].axis_label, self.map.plot.left[0].axis_label = "slope", "intercept"
        lowest = Scatter(x="x", y="y", size=13, marker="circle_dot", line_width=1.5)
        draw(self.map.plot, self.minimum, lowest, line_color="water", fill_color="lake")
        self.paths = [
            draw_tracks(self.map.plot, self.tracks, "slope", "intercept", TOOLTIPS),
            draw_tracks(self.curve, self.tracks, "cost", "height", TOOLTIPS),
        ]
        self.spreads = draw_spreads(self.map.plot, self.tracks, "slope", "intercept")
        self.tape.labels = [
            draw_labels(self.map.plot, "slope", "intercept"),
            draw_labels(self.curve, "cost", "height"),
        ]
        self.marks = draw_batch(self.data, self.order, self.samples, self.tracks)
        self.fits = draw_fits(self.data, self.tracks)
        self.tape.followers = [self.spreads, self.fits, self.marks]
        start = Scatter(x="x", y="y", size=15, marker="circle_cross", line_width=2)
        draw_moving(self.map.plot, self.start.source, start, line_color="ink", fill_color="sheet")
        self.map.plot.add_tools(self.start)
        draw(self.noise, self.simple, Line(x="x", y="y", line_width=5, line_alpha=0.4), line_color="contour")
        draw(self.noise, self.exact, Line(x="x", y="y", line_width=2.2), line_color="ink")
        dots = Scatter(x="x", y="y", size=9, line_width=1.5)
        measured = draw(self.noise, self.measured, dots, line_color="sheet", fill_color="focus")
        read_out(self.noise, [measured], MEASURED)

    def _settings(self) -> UIElement:
        model = self.model
        watched = {racer.series: racer.name for racer in model.racers}
        data = choice_setting(model, "data", {name: kind.title for name, kind in KINDS.items()})
        self.loss = choice_setting(model, "loss", LOSSES)
        n = choice_setting(model, "n", dict(zip(COUNTS, COUNTS, strict=True)), "samples")
        together = [
            choice_setting(model, "count", AXES, "play by"),
            number_setting(model, "rate", scale="log"),
        ]
        epochs = [
            number_setting(model, "epochs"),
            choice_setting(model, "left_over", LEFT_OVER, "left-over samples"),
            number_setting(model, "seed", label="shuffle seed"),
            choice_setting(model, "watched", watched),
        ]
        numbers = [number_setting(model, "noise"), number_setting(model, "data_seed")]
        groups = [
            group("Racers", [*together, *(self._racer(racer) for racer in model.racers)], fold="narrow"),
            group("Data", [data, self.loss, n, *numbers], fold="narrow"),
            group("Epochs", epochs, fold="narrow"),
            group("Descent", self._descent(), fold="always"),
        ]
        return group("", groups).get_root()

    def _descent(self) -> list[Widget]:
        model = self.model
        self.momentum = number_setting(model, "momentum", scale="complement")
        return [
            choice_setting(model, "gradient", METHODS),
            choice_setting(model, "optimizer", dict(zip(OPTIMIZERS, OPTIMIZERS, strict=True))),
            self.momentum,
            number_setting(model, "start_slope"),
            number_setting(model, "start_intercept"),
            number_setting(model, "target", scale="log"),
        ]

    def _racer(self, racer: Racer) -> Widget:
        sized = isinstance(racer, MiniBatches)
        children = [number_setting(racer, "size", scale="log", context=racer.name)] if sized else []
        cue = CUES[racer.series]
        return group(racer.name, children, switch=(racer, "runs"), series=racer.series, dash=cue.dash)

    def _listen(self) -> None:
        watch = self.model.param.watch
        watch(lambda *_: self._change_problem(), ["data", "loss", "n", "noise", "data_seed"])
        watch(
            lambda *_: self._run_all(),
            [
                *("epochs", "rate", "optimizer", "momentum", "gradient", "left_over", "seed"),
                *("start_slope", "start_intercept"),
            ],
        )
        watch(lambda *_: self._show(self.model.compare(self._laps)), ["count", "target"])
        watch(lambda *_: self._watch(), "watched")
        self.start.on_change("point", lambda _attribute, _old, point: self._put(*point))
        for index, racer in enumerate(self.model.racers):
            names = ["runs", "size"] if isinstance(racer, MiniBatches) else ["runs"]
            racer.param.watch(lambda *_, index=index: self._run_one(index), names)

    def _put(self, slope: float, intercept: float) -> None:
        self.model.param.update(start_slope=slope, start_intercept=intercept)

    def _change_problem(self) -> None:
        self._show_problem()
        self._run_all()

    def _run_all(self) -> None:
        if self._is_changing():
            return
        self.start.point = self.model.start
        self._laps = [self.model.lap(racer) for racer in self.model.racers]
        self._show(self.model.compare(self._laps))

    def _run_one(self, index: int) -> None:
        if self._is_changing():
            return
        self._laps[index] = self.model.lap(self.model.racers[index])
        self._show(self.model.compare(self._laps))

    def _is_changing(self) -> bool:
        """Tell whether what a choice of data brings is being set; a run of all follows."""
        return self._ground != self.model.ground

    def _show_problem(self) -> None:
        """Show the data and their loss."""
        problem, kind = self.model.problem, self.model.problem.kind
        self._ground = self.model.ground
        self.loss.shown = not kind.classes
        self.map.show(survey(problem.surface, kind.domain, SAMPLES))
        lowest = [] if problem.minimum is None else [problem.minimum[0]]
        self.minimum.data = {"x": [x for x, _ in lowest], "y": [y for _, y in lowest]}
        x = problem.X[:, 0]
        number = np.arange(1, problem.samples + 1)
        self.samples.data = {"x": x, "y": problem.y.astype(float), "number": number}
        self.data.left[0].axis_label = "class, and its probability" if kind.classes else "y"
        fit(self.data.x_range, x)
        fit(self.data.y_range, [0.0, 1.0] if kind.classes else problem.y)
        ends = float(self.data.x_range.start), float(self.data.x_range.end)
        grid = np.linspace(*ends, CURVED if kind.classes else STRAIGHT)
        self.fits.update(logistic=kind.classes, grid=grid.tolist())
        for side in (self.order.x_range, self.order.y_range):
            side.update(start=0, end=problem.samples + 1)

    def _show(self, run: Run) -> None:
        """Send a run; the page places its names where the frames arrive, so the ranges go before them."""
        model, problem = self.model, self.model.problem
        self.momentum.shown = model.optimizer == "momentum"
        self._show_ranges(run)
        self._show_law()
        self._watch()
        for index, (track, racer, lap) in enumerate(zip(self.tracks, model.racers, run.laps, strict=True)):
            note = "" if lap is None else lap.note
            mark = f"{racer.title} diverged at update {lap.last}" if lap is not None and note else ""
            track.update(last=run.lasts[index], note=note, mark=mark, label=racer.title)
            size = racer.count(model.samples)
            short = size > 1 and model.samples % size > 0 and model.left_over == "use"
            track.equation = [row(part) for part in arithmetic(model.samples, size, short)]
            for paths in self.paths:
                paths[index].name = racer.title
        self.tape.update(
            code=script(model),
            summary=summarize(run.running, problem, model.target),
            descriptions=describe(run.running, model.watched_lap(run.laps), problem, model.count, self.law),
        )
        self._show_table(run)
        self.tape.frames = run.frames
        for track, racer in zip(self.tracks, model.racers, strict=True):
            track.active = racer.runs

    def _show_ranges(self, run: Run) -> None:
        above = self.model.problem.minimum is not None
        self.curve.left[0].axis_label = "loss above the minimum" if above else "loss"
        self.curve.below[0].axis_label = axis_of(run.running, self.model.count)
        low, high = run.extent("height", (1e-3, 1.0))
        fit_decades(self.curve, low / 2.0, min(high, 1e12) * 2.0)
        low, high = run.extent("cost", (1.0, 10.0))
        self.curve.x_range.update(start=low / 1.3, end=high * ROOM_FOR_NAMES)

    def _show_law(self) -> None:
        law = self.law = self.model.law()
        self.simple.data = {"x": law.sizes, "y": law.simple}
        seen = law.exact > 0.0
        self.exact.data = {"x": law.sizes[seen], "y": law.exact[seen]}
        self.measured.data = {"x": law.tried, "y": law.measured}
        most = float(law.sizes[-1])
        self.noise.x_range.update(start=0.8, end=most * 1.25)
        self.noise.below[0].ticker.ticks = [size for size in SIZES if size <= most]
        top = float(law.simple[0]) or 1.0
        low = top / most**0.5 / 3.0
        fit_log(self.noise.yaxis[0], self.noise.y_range, low, top * 1.5)

    def _watch(self) -> None:
        """Mark the batches of another racer."""
        lap, n = self.model.watched_lap(self._laps), self.model.samples
        self.marks.update(watched=self.model.watched, used=n if lap is None else self.model.used(lap))
        self.marks.order = np.zeros((0, n), dtype=np.uint16) if lap is None else lap.orders

    def _show_table(self, run: Run) -> None:
        problem, target = self.model.problem, self.model.target
        rows = [
            (track.series, track.dash, standing(lap, problem, target, racer.code(self.model.left_over)))
            for track, racer, lap in zip(self.tracks, self.model.racers, run.laps, strict=True)
            if lap is not None
        ]
        self.table.update(rows=rows, note=explain(problem, self.model.start, target))

    def _stand(self, run: Run) -> None:
        """Draw what follows the step where the run ends, for the still."""
        heads = {
            racer.series: head for racer, head in zip(self.model.racers, run.heads, strict=True) if racer.runs
        }
        for follower in (self.spreads, self.fits, self.marks):
            stand(follower, heads)


def view() -> BatchesView:
    """Build the page's view of batches."""
    return BatchesView(Batches())
