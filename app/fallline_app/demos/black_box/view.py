"""A black box as the page shows it: the loss, the simulation itself, and what many descents tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import ColumnDataSource, Line, Scatter

from fallline_app.components.colour_scale import ColourScale
from fallline_app.components.equations import row
from fallline_app.components.field import FieldMap
from fallline_app.components.models import PointTool, Table, Tape
from fallline_app.components.paths import draw_paths, encoded
from fallline_app.components.plots import draw, draw_moving, empty_source, new_plot
from fallline_app.components.scene import Scene, Sight
from fallline_app.components.settings import ChoiceSetting, Group, bound, group, number_setting
from fallline_app.components.tracks import CUES, Tooltip, draw_labels, draw_tracks, new_track
from fallline_app.components.work import Step, Work
from fallline_app.demos.black_box import dimensions, measuring
from fallline_app.demos.black_box.code import script
from fallline_app.demos.black_box.descents import OPTIMIZERS
from fallline_app.demos.black_box.model import BY_HAND, BY_NOISE, BlackBox
from fallline_app.demos.black_box.run import COLUMNS
from fallline_app.demos.black_box.simulations import BALL, SIMULATIONS
from fallline_app.demos.black_box.words import describe_steps, explain_growth, explain_survival
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bokeh.model import Model

    from fallline_app.demos.black_box.run import Run

# Cells of the map each way; a loss below the least is as dark as that.
CELLS, DARKEST = 97, 0.01
# Losses that differ by so much, as a ratio, are coloured by ratio.
MUCH = 100.0
# Answers to so many questions are kept.
KEPT = 8
TOOLTIPS = [
    Tooltip("evaluations", ("evals",), "%d"),
    Tooltip("at", ("x", "y"), "%.3g"),
    Tooltip("loss", ("loss",), "%.3g"),
]
RUN = (
    *("simulation", "target", "noisy", "noise", "seed", "start_x", "start_y"),
    *("step_by", "step", "optimizer", "rate", "budget", "goal"),
)
# The room that the names at the lines' ends need, as a share of the budget.
ROOM_FOR_NAMES = 0.35


class BlackBoxView:
    """Models that follow the settings of a black box; whatever follows from them is computed there."""

    def __init__(self, model: BlackBox) -> None:
        self.model = model
        self.map = FieldMap("", "", "loss", palette="height")
        self.scene = Scene()
        self.losses = new_plot("evaluations", "loss without errors", y_scale="log")
        self.steps = new_plot("step h, in shares", "last loss, median", x_scale="log", y_scale="log")
        self.goal, self.by_step, self.own_step = (empty_source("x", "y") for _ in range(3))
        self.start = PointTool(point=model.start, source=ColumnDataSource({"x": [0.0], "y": [0.0]}))
        self.tracks = [new_track(taker.method.title, taker.method.series, COLUMNS) for taker in model.takers]
        self.tape = Tape(tracks=self.tracks, columns=list(COLUMNS), dial="evals")
        self.survivors = Table(
            headings=["method", *(f"σ = {printed(noise)}" for noise in measuring.NOISES)], remarks=False
        )
        self.growing = Table(
            headings=["slopes by", *(f"{n} parameters" for n in dimensions.PARAMETERS)], remarks=False
        )
        self.work = Work(
            self._measure, self._forget, title="Measuring", action=f"Measure {measuring.COUNT} descents"
        )
        self.settings = self._settings()
        self._draw()
        self._answers = {measuring.question(model): measuring.measured(measuring.question(model))}
        self._show_simulation()
        self._show(model.run())
        self._show_growing()
        self._forget()
        titles = {"More noise": self.survivors, "More parameters": self.growing}
        tables = [
            Group(label=title, children=[table], across=True).get_root() for title, table in titles.items()
        ]
        self.roots: dict[str, Model] = {
            "map": self.map.plot,
            "curve": self.scene.plot,
            "losses": self.losses,
            "steps": self.steps,
            "settings": self.settings.get_root(),
            "tape": self.tape,
            "below": Group(label="", children=tables).get_root(),
            "work": self.work.model,
        }
        self._listen()

    def _settings(self) -> Group:
        model = self.model
        simulation = bound(
            ChoiceSetting,
            model,
            "simulation",
            options=[(name, one.title) for name, one in SIMULATIONS.items()],
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
                group("Simulation", [simulation, self.target, *self.at, noise], fold="narrow"),
                group("Methods", methods, fold="narrow"),
                group("Descent", walk, fold="narrow"),
            ],
        )

    def _draw(self) -> None:
        draw_tracks(self.map.plot, self.tracks, "x", "y", TOOLTIPS)
        self.paths = draw_paths(self.scene.plot, self.tracks, "path")
        draw(self.losses, self.goal, Line(x="x", y="y", line_width=5, line_alpha=0.4), line_color="contour")
        draw_tracks(self.losses, self.tracks, "evals", "drawn", TOOLTIPS)
        self.tape.labels = [
            draw_labels(self.map.plot, "x", "y"),
            draw_labels(self.losses, "evals", "drawn"),
        ]
        self.tape.followers = [self.paths]
        draw(
            self.steps, self.own_step, Line(x="x", y="y", line_width=5, line_alpha=0.4), line_color="contour"
        )
        draw(self.steps, self.by_step, Line(x="x", y="y", line_width=2.2), line_color="central")
        draw(
            self.steps,
            self.by_step,
            Scatter(x="x", y="y", size=7, marker="diamond"),
            line_color="sheet",
            fill_color="central",
        )
        start = Scatter(x="x", y="y", size=15, marker="circle_cross", line_width=2)
        draw_moving(self.map.plot, self.start.source, start, line_color="ink", fill_color="sheet")
        self.map.plot.add_tools(self.start)

    def _listen(self) -> None:
        model = self.model
        model.param.watch(lambda *_: self._show_simulation(), ["simulation", "target"])
        model.param.watch(lambda *_: self._answer(), list(RUN))
        for taker in model.takers:
            taker.param.watch(lambda *_: self._show(model.run()), "runs")
        self.start.on_change("point", lambda _attribute, _old, point: self._put(*point))

    def _put(self, x: float, y: float) -> None:
        self.model.param.update(start_x=x, start_y=y)

    def _answer(self) -> None:
        self.step.shown = self.model.step_by == BY_HAND
        self._show(self.model.run())
        self.work.cancel()

    def _show_simulation(self) -> None:
        """Show the loss over the two parameters, and what the simulation's plot always shows."""
        model, chosen = self.model, self.model.chosen
        objective, (x_axis, y_axis) = model.objective(), chosen.axes
        x, y = (np.linspace(low, high, CELLS) for low, high in objective.domain)
        losses = objective(np.stack(np.meshgrid(x, y)).reshape(2, -1)).reshape(CELLS, CELLS)
        low, high = max(float(losses.min()), DARKEST), float(losses.max())
        self.map.show(x, y, losses, ColourScale(low, high, by_ratio=high > MUCH * low))
        self.map.plot.xaxis[0].axis_label, self.map.plot.yaxis[0].axis_label = x_axis.label, y_axis.label
        self.scene.show(Sight(*chosen.sight(float(model.target))))
        self.paths.update(x=chosen.stage.kept[0], y=chosen.stage.kept[1])
        self.target.shown = chosen.name == BALL
        for setting, axis in zip(self.at, chosen.axes, strict=True):
            setting.param.update(label=f"start: {axis.label}")
        self.tape.readout = [
            ("x", x_axis.label, "fixed"),
            ("y", y_axis.label, "fixed"),
            ("loss", f"loss, {chosen.unit}", "fixed"),
            ("steps", "steps", "whole"),
        ]

    def _show(self, run: Run) -> None:
        """Send a run; the page places names and paths where the frames arrive, so all else goes before them."""
        model, budget = self.model, run.terms.budget
        self.start.point = model.start
        self.losses.x_range.update(start=0, end=budget * (1.0 + ROOM_FOR_NAMES))
        seen = run.frames[:, COLUMNS.index("drawn")]
        low, high = decades([*seen[np.isfinite(seen)], model.goal])
        self.losses.y_range.update(start=low, end=high)
        self.goal.data = {"x": [0.0, 2.0 * budget], "y": [model.goal] * 2}
        for track, last, note in zip(self.tracks, run.lasts, run.notes, strict=True):
            track.update(last=last, note=note, mark=f"{track.label} left the map" if note else "")
            track.equation = [row(model.chosen.arithmetic)]
        told = zip(("map", "curve", "losses"), run.descriptions, strict=True)
        self.tape.update(code=script(model), summary=run.summary, descriptions=list(told))
        self._describe()
        self.paths.paths = encoded(run.paths, self.paths.x, self.paths.y)
        self.tape.frames = run.frames
        for track, taker in zip(self.tracks, model.takers, strict=True):
            track.active = taker.runs

    def _measure(self) -> Iterator[Step]:
        """Make many descents, as the settings are now; each shows what is known so far."""
        asked = measuring.question(self.model)
        known = measuring.Answers()
        for done, answers in enumerate(measuring.measure(asked)):
            if answers != known:
                self._show_answers(answers)
            known = answers
            yield Step(done / measuring.COUNT, f"descent {done} of {measuring.COUNT}")
        self._answers = {asked: known, **dict(list(self._answers.items())[:KEPT])}
        self._show_answers(known)

    def _forget(self) -> None:
        """Show what is known of the settings as they are now."""
        self._show_answers(self._answers.get(measuring.question(self.model)))

    def _show_answers(self, answers: measuring.Answers | None) -> None:
        cells, losses = (answers.cells, answers.losses) if answers is not None else ((), ())
        rows = []
        for index, track in enumerate(self.tracks):
            told = [str(cell) for cell in cells[index]] if index < len(cells) else []
            told += ["–"] * (len(measuring.NOISES) - len(told))
            rows.append((track.series, track.dash, [track.label, *told]))
        self.survivors.update(rows=rows, note=explain_survival(self.model.chosen, answers is not None))
        self.by_step.data = {"x": list(measuring.STEPS[: len(losses)]), "y": list(losses)}
        h, (low, high) = self.model.terms().step, decades(losses or (1.0,))
        self.own_step.data = {"x": [h, h], "y": [low, high]}
        self.steps.x_range.update(start=measuring.STEPS[0] / 2.0, end=measuring.STEPS[-1] * 2.0)
        self.steps.y_range.update(start=low, end=high)
        self._describe()

    def _describe(self) -> None:
        told = dict(self.tape.descriptions)
        data = self.by_step.data
        self.tape.descriptions = [*(told | {"steps": describe_steps(data["x"], data["y"])}).items()]

    def _show_growing(self) -> None:
        rows = [
            (series, CUES[series].dash, [title, *map(str, bests)])
            for (title, series, _), bests in zip(dimensions.ROWS, dimensions.grown(), strict=True)
        ]
        self.growing.update(rows=rows, note=explain_growth())


def decades(values: Sequence[float]) -> tuple[float, float]:
    """Return the powers of ten around values, so that an axis by ratio has numbers at both ends."""
    low, high = np.floor(np.log10(min(values))), np.ceil(np.log10(max(values)))
    return float(10.0**low), float(10.0 ** max(high, low + 1.0))


def view() -> BlackBoxView:
    """Build the page's view of a black box."""
    return BlackBoxView(BlackBox())
