"""A black box as the page shows it: the loss, the simulation itself, and what many descents tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import ColumnDataSource, Scatter

from fallline_app.components.colour_scale import ColourScale
from fallline_app.components.equations import row
from fallline_app.components.field import FieldMap
from fallline_app.components.level import Level
from fallline_app.components.models import PointTool, Tape
from fallline_app.components.parts import Parts
from fallline_app.components.paths import draw_paths, encoded
from fallline_app.components.plots import draw_moving, new_plot
from fallline_app.components.scene import Scene, Sight
from fallline_app.components.settings import (
    ChoiceSetting,
    Group,
    bound,
    code_setting,
    group,
    number_setting,
)
from fallline_app.components.tracks import CUES, Tooltip, draw_labels, draw_tracks, new_track
from fallline_app.demos.black_box.code import script
from fallline_app.demos.black_box.descents import OPTIMIZERS
from fallline_app.demos.black_box.model import BY_HAND, BY_NOISE, BlackBox
from fallline_app.demos.black_box.own import OWN, own_simulation
from fallline_app.demos.black_box.run import COLUMNS
from fallline_app.demos.black_box.simulations import BALL, SIMULATIONS, Axis
from fallline_app.demos.black_box.view_survival import Survival, decades

if TYPE_CHECKING:
    from bokeh.model import Model

    from fallline_app.demos.black_box.run import Run

# A loss below this is as dark as that.
DARKEST = 0.01
# Losses that differ by so much, as a ratio, are coloured by ratio.
MUCH = 100.0
# The lines of the visitor's own simulation that are seen at once.
OWN_ROWS = 11
TOOLTIPS = [
    Tooltip("evaluations", ("evals",), "%d"),
    Tooltip("at", ("x", "y"), "%.3g"),
    Tooltip("loss", ("loss",), "%.3g"),
]
RUN = (
    *("simulation", "own", "target", "noisy", "noise", "seed", "start_x", "start_y"),
    *("step_by", "step", "optimizer", "rate", "budget", "goal"),
)
# After so many seconds of computing, what there is goes to the page before the other methods descend.
FIRST_LOOK = 0.01
# The room that the names at the lines' ends need, as a share of the budget.
ROOM_FOR_NAMES = 0.35


class BlackBoxView:
    """Models that follow the settings of a black box; whatever follows from them is computed there."""

    def __init__(self, model: BlackBox) -> None:
        self.model, self.parts = model, Parts()
        self.map = FieldMap("", "", "loss", palette="height")
        self.scene = Scene()
        self.losses = new_plot("evaluations", "loss without errors", y_scale="log")
        self.start = PointTool(point=model.start, source=ColumnDataSource({"x": [0.0], "y": [0.0]}))
        self.tracks = [new_track(taker.method.title, taker.method.series, COLUMNS) for taker in model.takers]
        self.tape = Tape(tracks=self.tracks, columns=list(COLUMNS), dial="evals")
        self.survival = Survival(model, self.tape)
        self.work = self.survival.work
        self.settings = self._settings()
        self._draw()
        self._show_simulation()
        self._descend()
        self.roots: dict[str, Model] = {
            "map": self.map.plot,
            "curve": self.scene.plot,
            "losses": self.losses,
            "steps": self.survival.plot,
            "settings": self.settings.get_root(),
            "tape": self.tape,
            "below": self.survival.tables(),
            "work": self.work.model,
        }
        self._listen()

    def _settings(self) -> Group:
        model = self.model
        boxes = [*((name, one.title) for name, one in SIMULATIONS.items()), (OWN, "your own …")]
        simulation = bound(ChoiceSetting, model, "simulation", options=boxes)
        self.own = code_setting(
            model, "own", check=own_simulation, label="loss of a and b", rows=OWN_ROWS, shown=False
        )
        self.target = number_setting(model, "target", label="bucket, m")
        self.at = [number_setting(model, name) for name in ("start_x", "start_y")]
        noise = group(
            "noise",
            [number_setting(model, "noise", label="deviation", scale="log"), number_setting(model, "seed")],
            switch=(model, "noisy"),
        )
        by = [(BY_NOISE, "by the noise"), (BY_HAND, "by hand")]
        self.step = number_setting(model, "step", label="h", scale="log", shown=model.step_by == BY_HAND)
        walk = [
            bound(ChoiceSetting, model, "step_by", label="step h", options=by),
            self.step,
            bound(ChoiceSetting, model, "optimizer", options=[(name, name) for name in OPTIMIZERS]),
            number_setting(model, "rate", scale="log"),
            number_setting(model, "budget"),
            number_setting(model, "goal", scale="log"),
        ]
        methods = [
            group(taker.method.title, [], switch=(taker, "runs"), series=taker.method.series,
                  dash=CUES[taker.method.series].dash, help_text=taker.method.help)
            for taker in model.takers
        ]  # fmt: skip
        return group(
            "",
            [
                group("Simulation", [simulation, self.own, self.target, *self.at, noise], fold="narrow"),
                group("Methods", methods, fold="narrow"),
                group("Descent", walk, fold="narrow"),
            ],
        )

    def _draw(self) -> None:
        draw_tracks(self.map.plot, self.tracks, "x", "y", TOOLTIPS)
        self.paths = draw_paths(self.scene.plot, self.tracks, "path")
        self.goal = Level(self.losses, "contour", "contour-label", above=False, line_width=5, line_alpha=0.4)
        draw_tracks(self.losses, self.tracks, "evals", "drawn", TOOLTIPS)
        self.tape.labels = [
            draw_labels(self.map.plot, "x", "y"),
            draw_labels(self.losses, "evals", "drawn"),
        ]
        self.tape.followers = [self.paths]
        start = Scatter(x="x", y="y", size=15, marker="circle_cross", line_width=2)
        draw_moving(self.map.plot, self.start.source, start, line_color="ink", fill_color="sheet")
        self.map.plot.add_tools(self.start)

    def _listen(self) -> None:
        model = self.model
        model.param.watch(lambda *_: self._show_simulation(), ["simulation", "own", "target"])
        model.param.watch(lambda *_: self._answer(), list(RUN))
        for taker in model.takers:
            taker.param.watch(lambda *_: self._descend(), "runs")
        self.start.on_change("point", lambda _attribute, _old, point: self._put(*point))

    def _put(self, x: float, y: float) -> None:
        self.model.param.update(start_x=x, start_y=y)

    def _answer(self) -> None:
        self.step.shown = self.model.step_by == BY_HAND
        self._descend()
        self.parts.then(self.work.cancel)

    def _descend(self) -> None:
        """Let everyone descend for whom there is time before the page is told, and then the others."""
        self._run = self.model.run(FIRST_LOOK if self.parts.is_open else np.inf)
        self._show(self._run)
        self.parts.then(self._finish)

    def _finish(self) -> None:
        if not self._run.whole:
            self._run = self.model.run()
            self._show(self._run)
        self._tell(self._run)

    def _show_simulation(self) -> None:
        """Show the loss over the two parameters, and what the simulation's plot always shows."""
        model, chosen = self.model, self.model.chosen
        x_axis, y_axis = chosen.axes
        losses = chosen.survey(float(model.target))
        x, y = (np.linspace(low, high, len(losses)) for low, high in model.objective().domain)
        finite = losses[np.isfinite(losses)]
        low, high = max(float(finite.min()), DARKEST), max(float(finite.max()), 2.0 * DARKEST)
        self.map.show(x, y, losses, ColourScale(low, high, by_ratio=high > MUCH * low))
        self.map.plot.xaxis[0].axis_label, self.map.plot.yaxis[0].axis_label = x_axis.label, y_axis.label
        self.scene.show(Sight(*chosen.sight(float(model.target))))
        self.paths.update(x=chosen.stage.kept[0], y=chosen.stage.kept[1])
        self.target.shown, self.own.shown = chosen.name == BALL, chosen.name == OWN
        for setting, axis in zip(self.at, chosen.axes, strict=True):
            setting.param.update(label=f"start: {axis.label}")
        self.tape.readout = [
            ("x", x_axis.label, "fixed"),
            ("y", y_axis.label, "fixed"),
            ("loss", Axis("loss", chosen.unit).label, "fixed"),
            ("steps", "steps", "whole"),
        ]

    def _show(self, run: Run) -> None:
        """Send a run; the page places names and paths where the frames arrive, so all else goes before them."""
        model, budget = self.model, run.terms.budget
        self.start.point = model.start
        self.losses.x_range.update(start=0, end=budget * (1.0 + ROOM_FOR_NAMES))
        seen = run.frames[:, COLUMNS.index("drawn")]
        low, high = decades([*seen.ravel(), model.goal])
        self.losses.y_range.update(start=low, end=high)
        self.goal.show((0.0, 2.0 * budget), float(model.goal), "goal")
        for track, last, note in zip(self.tracks, run.lasts, run.notes, strict=True):
            track.update(last=last, note=note, mark=f"{track.label} ended" if note else "")
            track.equation = [row(model.chosen.arithmetic)]
        self.paths.paths = encoded(run.paths, self.paths.x, self.paths.y)
        self.tape.frames = run.frames
        for track, taker in zip(self.tracks, model.takers, strict=True):
            track.active = taker.runs

    def _tell(self, run: Run) -> None:
        """Say what came of a run, and write it as Python."""
        told = zip(("map", "curve", "losses"), run.descriptions, strict=True)
        self.tape.update(code=script(self.model), summary=run.summary, descriptions=list(told))
        self.survival.describe()


def view() -> BlackBoxView:
    """Build the page's view of a black box."""
    return BlackBoxView(BlackBox())
