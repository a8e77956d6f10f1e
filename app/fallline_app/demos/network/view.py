"""The training as the page shows it: the map of the points, the curves, the settings, and the tape that plays it."""

from __future__ import annotations

from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from fallline_app.components.classes import ClassPoints, NumberBar, draw_tints
from fallline_app.components.models import Tape
from fallline_app.components.parts import Parts
from fallline_app.components.plots import fit_log, new_plot
from fallline_app.components.settings import Group
from fallline_app.components.tracks import Tooltip, draw_labels, draw_tracks, new_track
from fallline_app.components.work import Step, Work
from fallline_app.demos.network.code import script
from fallline_app.demos.network.model import Training
from fallline_app.demos.network.run import COLUMNS, LEAST, Run, train
from fallline_app.demos.network.view_answers import Answers
from fallline_app.demos.network.view_around import Surroundings
from fallline_app.demos.network.view_controls import LOOKS, Controls
from fallline_app.demos.network.view_inside import Inside
from fallline_app.demos.network.words import describe_curve, describe_map, note, summarize
from fallline_app.heights import GROWN_TOO_FAR
from fallline_app.tints import SHADES
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bokeh.model import Model

    from fallline_app.demos.network.setup import Setup

RIGHT = [("loss", "loss", "fixed"), ("right", "% right", "fixed")]
OFF = [("loss", "loss", "fixed"), ("off", "off by", "fixed")]
TOOLTIPS = [
    Tooltip("step", ("step",), "%d"),
    Tooltip("epoch", ("epoch",), "%.1f"),
    Tooltip("loss", ("loss",), "%.4g"),
    Tooltip("right", ("right",), "%.1f %%"),
    Tooltip("off by", ("off",), "%.4g"),
]
# The room that the names at the lines' ends need, as a share of the steps; and of a curve above and below, as a factor.
ROOM_FOR_NAMES, MARGIN = 0.35, 2.0
# So long, in seconds, a training goes on before its first frames are shown, and then before the rest of it becomes work.
FIRST_LOOK, BUDGET = 0.04, 0.3


class NetworkView:
    """Models that follow the settings of a training; whatever follows from them is computed there."""

    def __init__(self, model: Training) -> None:
        self.model, self.parts = model, Parts()
        self.map = new_plot("x", "y")
        self.curve = new_plot("step", "loss", y_scale="log", round_y=True)
        self.tracks = [new_track("learnt from", "train", COLUMNS), new_track("tested on", "test", COLUMNS)]
        self.film = draw_tints(self.map)
        self.points, self.bar = ClassPoints(self.map), NumberBar(self.map)
        draw_tracks(self.curve, self.tracks, "step", "drawn", TOOLTIPS)
        (self._hover,) = self.curve.tools
        self._tooltips = list(self._hover.tooltips)
        labels = [draw_labels(self.curve, "step", "drawn")]
        self.answers = Answers()
        self.tape = Tape(
            tracks=self.tracks,
            columns=list(COLUMNS),
            dial="step",
            readout=RIGHT,
            labels=labels,
            followers=[self.film, self.answers.film],
        )
        self.controls = Controls(model, self._renew)
        self.points.add_brush(self.map, self.controls.painting_model)
        self.inside = Inside(model, self.tape, self.film, self.points)
        self.around = Surroundings(self.tape)
        self.work = Work(self._go_on, self._forget, title="Training", action="Train again")
        self.roots = self._roots()
        self._training: Iterator[Run] | None = None
        self._renewing = False
        self._begin()
        self._train(inf)
        model.param.watch(lambda *_: self._renew(), list(self.controls.names))
        model.param.watch(lambda *_: self._look(), list(LOOKS))
        self.around.asked.on_change("value", lambda _attribute, _old, new: self._look_around(new))

    def _roots(self) -> dict[str, Model]:
        """Return what stands in each place of the page."""
        tables = Group(label="", children=[self.answers.table, self.around.slopes], across=True).get_root()
        return {
            "map": self.map,
            "curve": self.curve,
            "settings": self.controls.root,
            "tape": self.tape,
            "landscape": self.around.landscape.plot,
            "asked": self.around.asked,
            "aside": self.inside.picture,
            "below": tables,
            "work": self.work.model,
        }

    def _renew(self) -> None:
        """Train as the settings say now; the first frames need not wait for the others."""
        self._begin()
        if self.parts.is_open and not self._train(FIRST_LOOK):
            self.parts.then(self._settle)
        else:
            self._settle()

    def _settle(self) -> None:
        """Train on as far as an answer may take; the rest is work."""
        self._renewing = True
        try:
            if self._training is not None and not self._train(BUDGET):
                self.work.begin()
            elif self.work.model.state != "idle":
                self.work.cancel()
        finally:
            self._renewing = False

    def _forget(self) -> None:
        if not self._renewing:
            self._renew()

    def _begin(self) -> None:
        setup = self.model.setup()
        self._show_data(setup)
        self._training = train(setup)

    def _train(self, seconds: float) -> bool:
        """Train on for so long, show how far that came, and say whether it was all."""
        end = perf_counter() + seconds
        for run in self._training or ():
            if perf_counter() > end and not run.is_over:
                self._show(run)
                return False
        self._training = None
        self._show(run)
        return True

    def _go_on(self) -> Iterator[Step]:
        """Train step by step: on from where the answer left it, or from the start."""
        training, self._training = self._training or train(self.model.setup()), None
        shown, run = -1, None
        try:
            for run in training:
                if run.last != shown:
                    self._show(run)
                    shown = run.last
                yield Step(run.done, f"step {run.taken} of {run.setup.steps}")
        finally:
            # The visitor has stopped it: what there is, is what there will be.
            if run is not None and not run.is_over and not self._renewing:
                self._show(run, over=True)

    def _show_data(self, setup: Setup) -> None:
        data = setup.data
        shown = slice(None) if self.model.hollow else slice(0)
        test, test_targets = data.test[shown], data.test_targets[shown]
        if data.is_classed:
            self.points.show(data.points, data.targets, data.kinds, tested=False)
            self.points.show(test, test_targets, data.kinds, tested=True)
            self.bar.hide()
        else:
            self.points.show_numbers(
                (data.points, data.targets),
                (test, test_targets),
                data.reach,
                lambda number: f"{data.target} = {printed(data.middle + data.spread * number)}",
            )
            self.bar.show(data.target, data.middle, data.reach * data.spread)
        (left, right), (bottom, top) = data.region
        self.map.x_range.update(start=left, end=right)
        self.map.y_range.update(start=bottom, end=top)
        self.map.xaxis[0].axis_label, self.map.yaxis[0].axis_label = data.names[:2]

    def _show_tint(self, run: Run) -> None:
        """Show which class the network takes each place for; and how sure it is, if that is asked for."""
        (left, right), (bottom, top) = run.setup.data.region
        place = {"x": [left], "y": [bottom], "dw": [right - left], "dh": [top - bottom]}
        said = run.film.said.copy() if self.model.shades else run.film.said // SHADES * SHADES + SHADES - 1
        self.film.update(frames=said, at=run.film.at)
        self.film.data = {"image": [said[len(run.film.at) - 1]], **place}

    def _look(self) -> None:
        """Show the same run otherwise."""
        self._show_tint(self._run)
        self._show_data(self._run.setup)

    def _look_around(self, moment: int) -> None:
        """Show the loss around another step; −1 is what a new run begins with."""
        if moment < 0 or self._training is not None or self.work.is_under_way:
            return
        frames = self.around.look(self._run)
        self.tape.descriptions = self._descriptions(self._run)
        self.tape.frames = frames

    def _show(self, run: Run, over: bool = False) -> None:
        """Send a run; the page places its names where the frames arrive, so the ranges go before them."""
        over = over or run.is_over
        if over:
            frames = self.around.show(run)
        else:
            frames = run.frames.copy()
            self.around.clear()
        self._run = run
        self.answers.show(run, over)
        self._suit_tooltips("off by" if run.setup.data.is_classed else "right")
        self.inside.show(run)
        self._show_tint(run)
        self.curve.x_range.update(start=0.0, end=run.setup.steps * (1.0 + ROOM_FOR_NAMES))
        drawn = run.column("drawn")
        drawn = drawn[np.isfinite(drawn) & (drawn <= GROWN_TOO_FAR)]
        low, high = (float(drawn.min()), float(drawn.max())) if drawn.size else (LEAST, 1.0)
        fit_log(self.curve.yaxis[0], self.curve.y_range, low / MARGIN, high * MARGIN)
        said = note(run)
        for track in self.tracks:
            track.update(last=max(run.last, 0), note=said, mark=f"stopped at step {run.step}" if said else "")
        self.tape.update(
            code=script(self.model, run, GROWN_TOO_FAR),
            link_note=self.controls.file.link_note,
            summary=summarize(run),
            descriptions=self._descriptions(run),
            readout=RIGHT if run.setup.data.is_classed else OFF,
        )
        self.tape.frames = frames

    def _suit_tooltips(self, absent: str) -> None:
        """Read out what there is: classes are right, and numbers are off."""
        self._hover.tooltips = [tip for tip in self._tooltips if tip[0] != absent]

    def _descriptions(self, run: Run) -> list[tuple[str, str]]:
        return [
            ("map", describe_map(run)),
            ("curve", describe_curve(run)),
            ("landscape", self.around.description),
        ]


def view() -> NetworkView:
    """Build the page's view of a training."""
    return NetworkView(Training())
