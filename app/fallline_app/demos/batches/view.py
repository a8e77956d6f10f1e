"""The batches as the page shows them: map, loss, data, order and noise, settings, and the tape that plays them."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import ColumnDataSource, Scatter

from fallline_app.components.equations import row
from fallline_app.components.followers import draw_batch, draw_fits, draw_spreads, stand
from fallline_app.components.landscape import LandscapeMap, survey
from fallline_app.components.models import PointTool, Table, Tape
from fallline_app.components.parts import Parts
from fallline_app.components.plots import draw, draw_moving, empty_source, fit, fit_decades, new_plot
from fallline_app.components.tracks import Tooltip, draw_labels, draw_tracks, new_track
from fallline_app.components.work import Step, Work
from fallline_app.demos.batches.code import script
from fallline_app.demos.batches.film import COLUMNS
from fallline_app.demos.batches.model import Batches
from fallline_app.demos.batches.racers import MiniBatches
from fallline_app.demos.batches.standings import HEADINGS, explain, standing
from fallline_app.demos.batches.view_controls import Controls
from fallline_app.demos.batches.view_noise import NoiseChart
from fallline_app.demos.batches.words import arithmetic, axis_of, describe, summarize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bokeh.model import Model

    from fallline_app.demos.batches.model import Run

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
# Of the map: a loss is smooth, and drawn from fewer samples than a surface with corners.
SAMPLES = 161
# Places of a curve of probability, and of a straight line.
CURVED, STRAIGHT = 61, 2
# The room that the names at the lines' ends need, as a factor of the axis.
ROOM_FOR_NAMES = 8.0
# Seconds of descending in an answer, and in a step of the work that does the rest; and from one picture of it to the next.
AT_FIRST, AT_ONCE, BETWEEN = 0.05, 0.04, 0.25


class BatchesView:
    """Models that follow the settings; whatever follows from them is computed there."""

    def __init__(self, model: Batches) -> None:
        self.model, self.parts = model, Parts()
        self.map, self.curve = LandscapeMap(), new_plot("samples seen", "", x_scale="log", y_scale="log")
        self.data = new_plot("x", "y")
        self.order = new_plot("place in the epoch", "sample")
        self.noise = NoiseChart()
        self.samples = empty_source("x", "y", "number")
        self.minimum = empty_source("x", "y")
        x, y = model.start
        self.start = PointTool(point=(x, y), source=ColumnDataSource({"x": [x], "y": [y]}))
        self.tracks = [new_track(racer.title, racer.series, COLUMNS) for racer in model.racers]
        self.tape = Tape(tracks=self.tracks, columns=list(COLUMNS), readout=READOUT)
        self.table = Table(headings=list(HEADINGS))
        self.controls = Controls(model)
        self.work = Work(self._steps, self._run_all, title="Descending", action="Descend")
        self._draw()
        self.roots: dict[str, Model] = {
            "map": self.map.plot,
            "curve": self.curve,
            "settings": self.controls.root,
            "tape": self.tape,
            "data": self.data,
            "order": self.order,
            "noise": self.noise.plot,
            "below": self.table,
            "work": self.work.model,
        }
        self._show_problem()
        self._together = model.begin_all()
        self._together.go()
        self._show_all()
        self._stand(self._run)
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
        watch(lambda *_: self._show_all(), ["count", "target"])
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
        self.controls.suit()
        self._together = self.model.begin_all()
        self._descend()

    def _run_one(self, index: int) -> None:
        if self._is_changing():
            return
        self._together.replace(index, self.model.begin(self.model.racers[index]))
        self._descend()

    def _descend(self) -> None:
        """Go as far as an answer may take; the rest is work."""
        done = self._together.go(AT_FIRST)
        self._show(done)
        if done:
            self.parts.then(self._tell)
        elif not self.work.runs:
            self.work.begin()

    def _steps(self) -> Iterator[Step]:
        """Go on to the end; or anew, where that is reached."""
        if self._together.has_ended:
            self._together = self.model.begin_all()
        shown = perf_counter()
        try:
            while not self._together.go(AT_ONCE):
                if perf_counter() - shown > BETWEEN:
                    self._show(whole=False)
                    shown = perf_counter()
                yield self._step(self._together.share)
            yield self._step(1.0)
        finally:
            # Be it at the end, or because it is stopped on the way.
            self._show_all()

    def _step(self, share: float) -> Step:
        budget = self.model.budget
        return Step(share, f"{share * budget:.0f} of {budget} samples each")

    def _is_changing(self) -> bool:
        """Tell whether what a choice of data brings is being set; a run of all follows."""
        return self._ground != self.model.ground

    def _show_problem(self) -> None:
        """Show the data and their loss."""
        problem, kind = self.model.problem, self.model.problem.kind
        self._ground = self.model.ground
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

    def _show_all(self) -> None:
        """Show what everyone has done, with all that is said of it."""
        self._show()
        self._tell()

    def _show(self, whole: bool = True) -> None:
        """Send what everyone has done, or so far; the page places its names where the frames arrive, so the ranges go before."""
        model, self._laps = self.model, self._together.laps()
        self._run = run = model.compare(self._laps, whole)
        self._show_ranges(run, whole)
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
        self.tape.frames = run.frames
        for track, racer in zip(self.tracks, model.racers, strict=True):
            track.active = racer.runs

    def _tell(self) -> None:
        """Say what came of the run, and write it as Python."""
        model, run, problem, law = self.model, self._run, self.model.problem, self.model.law()
        self.noise.show(law)
        self.tape.update(
            code=script(model),
            summary=summarize(run.running, problem, model.target),
            descriptions=describe(run.running, model.watched_lap(run.laps), problem, model.count, law),
        )
        self._show_table(run)

    def _show_ranges(self, run: Run, whole: bool) -> None:
        """Let the curve's axes show a run; while it comes they only grow."""
        above = self.model.problem.minimum is not None
        self.curve.left[0].axis_label = "loss above the minimum" if above else "loss"
        self.curve.below[0].axis_label = axis_of(run.running, self.model.count)
        low, high = run.extent("height", (1e-3, 1.0))
        left, right = run.extent("cost", (1.0, 10.0))
        bottom, top, left, right = low / 2.0, min(high, 1e12) * 2.0, left / 1.3, right * ROOM_FOR_NAMES
        if not whole:
            x, y = self.curve.x_range, self.curve.y_range
            bottom, top = min(bottom, y.start), max(top, y.end)
            left, right = min(left, x.start), max(right, x.end)
        fit_decades(self.curve, bottom, top)
        self.curve.x_range.update(start=left, end=right)

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
