"""Race: optimizers start from one point and each takes its own way down."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import param
from bokeh.models import Scatter

import fallline as fl
from fallline_app.components.landscape import LandscapeMap, survey
from fallline_app.components.models import PointTool, Tape
from fallline_app.components.plots import draw, empty_source, new_plot
from fallline_app.components.settings import ChoiceSetting, Group, bound, group, number_setting
from fallline_app.components.tracks import draw_labels, draw_track, new_track

if TYPE_CHECKING:
    from bokeh.model import Model
    from bokeh.models.ui import UIElement
    from numpy.typing import NDArray

COLUMNS = ("step", "x", "y", "loss", "height", "slope_x", "slope_y", "slope", "evaluations")
SURFACES = {objective.name: objective for objective in fl.objectives.OBJECTIVES}
GROWN_TOO_FAR = 1e12
LOWEST_HEIGHT = 1e-16
NEAR = 1e-6


@dataclass(frozen=True)
class Entry:
    """An optimizer that takes part, under the name of its line, at a rate that suits the first surface."""

    title: str
    series: str
    optimizer: type[Any]
    rate: float


ENTRIES = (
    Entry("Gradient descent", "gradient-descent", fl.GradientDescent, 0.01),
    Entry("Momentum", "momentum", fl.Momentum, 0.01),
    Entry("Nesterov", "nesterov", fl.Nesterov, 0.01),
    Entry("AdaGrad", "adagrad", fl.AdaGrad, 0.5),
    Entry("RMSProp", "rmsprop", fl.RMSProp, 0.05),
    Entry("Adam", "adam", fl.Adam, 0.2),
)


class Racer(param.Parameterized):
    """One optimizer in the race; `racer` gives it its settings as parameters of the same names."""

    runs = param.Boolean(default=True, doc="Whether it takes part.")

    entry: Entry
    settings: tuple[fl.Setting, ...]

    def optimizer(self) -> fl.Optimizer[Any]:
        """Return the library's optimizer, set as the racer is."""
        made: fl.Optimizer[Any] = self.entry.optimizer(
            **{setting.name: getattr(self, setting.name) for setting in self.settings}
        )
        return made


def racer(entry: Entry) -> Racer:
    """Make the racer of an entry, from what the library says of its optimizer's settings."""
    settings = fl.settings(entry.optimizer)
    body: dict[str, Any] = {"entry": entry, "settings": settings}
    for setting in settings:
        start = entry.rate if setting.name == "rate" else setting.default
        body[setting.name] = param.Number(start, bounds=(setting.low, setting.high), doc=setting.help)
    made: Racer = type(entry.optimizer.__name__, (Racer,), body)(name=entry.title)
    return made


@dataclass(frozen=True)
class Lap:
    """What one racer did: frames of shape (columns, steps + 1), NaN past the last, and what is to be said of them."""

    frames: NDArray[np.float64]
    last: int
    note: str = ""


class Race(param.Parameterized):
    """The settings of a race, and the laps that follow from them."""

    surface = param.Selector(default="Himmelblau", objects=list(SURFACES), doc="What they descend.")
    condition = param.Number(
        default=25.0, bounds=(1.0, 1000.0), doc="How much steeper the bowl is across than along."
    )
    start = param.NumericTuple(default=SURFACES["Himmelblau"].start, length=2, doc="Where they all start.")
    steps = param.Integer(default=200, bounds=(10, 500), doc="How many steps each takes.")

    def __init__(self) -> None:
        super().__init__()
        self.racers = tuple(racer(entry) for entry in ENTRIES)

    def objective(self) -> fl.Objective:
        """Return the surface, with the condition number where it is a bowl."""
        return fl.bowl(self.condition) if self.surface == "Bowl" else SURFACES[self.surface]

    def lap(self, racer: Racer, floor: float) -> Lap:
        """Run one racer; heights are counted from `floor`."""
        objective, optimizer = self.objective(), racer.optimizer()
        rows = []
        for frame in islice(fl.descend(objective, self.start, optimizer), self.steps + 1):
            x, slope = frame.x, frame.slope
            rows.append(
                (
                    frame.step,
                    *x,
                    frame.value,
                    frame.value - floor,
                    *slope,
                    np.hypot(*slope),
                    frame.evaluations,
                )
            )
            if not abs(frame.value) <= GROWN_TOO_FAR:
                break
        frames = np.full((len(COLUMNS), self.steps + 1), np.nan)
        frames[:, : len(rows)] = np.transpose(rows)
        height = frames[COLUMNS.index("height")]
        np.maximum(height, LOWEST_HEIGHT, out=height)
        diverged = len(rows) <= self.steps or not abs(rows[-1][3]) <= GROWN_TOO_FAR
        note = explain_divergence(len(rows) - 1, rows[-1][3], racer.rate, objective) if diverged else ""
        return Lap(frames, len(rows) - 1, note)


def explain_divergence(step: int, loss: float, rate: float, objective: fl.Objective) -> str:
    """Say in one sentence when the loss left all bounds, and what to do about it."""
    what = "fell below −1e12" if loss < 0.0 else "grew past 1e12" if loss > 0.0 else "was no longer a number"
    said = f"the loss {what} at step {step}"
    if loss < 0.0 and objective.minimum == -np.inf:
        return f"{said}: this surface has no bottom"
    if objective.curvature is not None and rate > 2.0 / objective.curvature:
        return f"{said}: the rate {rate:g} is above 2/L = {2.0 / objective.curvature:g}"
    return f"{said}: the rate {rate:g} is too high here; try a third of it"


READOUT = [("x", "x"), ("y", "y"), ("loss", "f(x, y)"), ("slope", "|∇f|"), ("evaluations", "evals")]
TOOLTIPS = [("step", "@step"), ("x, y", "@x{0.0000}, @y{0.0000}"), ("f", "@loss{0.000e+0}")]


class RaceView:
    """The race as the page shows it: map, loss curve, settings, and the tape that plays it."""

    def __init__(self, race: Race) -> None:
        self.race = race
        self.map = LandscapeMap()
        self.curve = new_plot("step", "height above the minimum", y_scale="log")
        self.minima = empty_source("x", "y")
        self.start = PointTool(point=race.start, source=empty_source("x", "y"))
        self.tracks = [new_track(racer.name, racer.entry.series, COLUMNS) for racer in race.racers]
        self.tape = Tape(tracks=self.tracks, columns=list(COLUMNS), readout=READOUT)
        self._draw()
        self.roots: dict[str, Model] = {
            "map": self.map.plot,
            "curve": self.curve,
            "settings": self._settings(),
            "tape": self.tape,
        }
        self._show_surface()
        self._listen()

    def _draw(self) -> None:
        minimum = Scatter(x="x", y="y", size=13, marker="circle_dot", line_width=1.5)
        draw(self.map.plot, self.minima, minimum, line_color="water", fill_color="lake")
        for track in self.tracks:
            draw_track(self.map.plot, track, "x", "y", TOOLTIPS)
            draw_track(self.curve, track, "step", "height", TOOLTIPS)
        self.tape.labels = [draw_labels(self.map.plot, "x", "y"), draw_labels(self.curve, "step", "height")]
        start = Scatter(x="x", y="y", size=15, marker="circle_cross", line_width=2)
        draw(self.map.plot, self.start.source, start, line_color="ink", fill_color="sheet")
        self.map.plot.add_tools(self.start)

    def _settings(self) -> UIElement:
        surface = bound(ChoiceSetting, self.race, "surface", options=[(name, name) for name in SURFACES])
        self._condition = number_setting(
            self.race, "condition", scale="log", shown=self.race.surface == "Bowl"
        )
        steps = number_setting(self.race, "steps")
        landscape = group("Surface", [surface, self._condition, steps], fold="narrow")
        racers = group("Racers", [self._racer_settings(racer) for racer in self.race.racers], fold="narrow")
        return group("", [landscape, racers]).get_root()

    def _racer_settings(self, racer: Racer) -> Group:
        first, *others = (
            number_setting(racer, setting.name, scale=setting.scale, unit=setting.unit, context=racer.name)
            for setting in racer.settings
        )
        more = [group("more", others, fold="always")] if others else []
        return group(racer.name, [first, *more], series=racer.entry.series, switch=(racer, "runs"))

    def _listen(self) -> None:
        self.race.param.watch(lambda _: self._change_surface(), "surface")
        self.race.param.watch(lambda _: self._show_surface(), "condition")
        self.race.param.watch(lambda _: self._run_all(), ["start", "steps"])
        self.start.on_change(
            "point", lambda _attribute, _old, point: self.race.param.update(start=tuple(point))
        )
        for index, racer in enumerate(self.race.racers):
            names = ["runs", *(setting.name for setting in racer.settings)]
            racer.param.watch(lambda _, index=index: self._run(index), names)

    def _change_surface(self) -> None:
        self._condition.shown = self.race.surface == "Bowl"
        with param.parameterized.discard_events(self.race):
            self.race.start = SURFACES[self.race.surface].start
        self._show_surface()

    def _show_surface(self) -> None:
        objective = self.race.objective()
        landscape = survey(objective, objective.domain)
        self.map.show(landscape)
        self.minima.data = {"x": [x for x, _ in objective.minima], "y": [y for _, y in objective.minima]}
        # Where there is no bottom, heights are counted from the lowest point of the map.
        self._floor = objective.minimum if objective.minima else landscape.lowest
        self._run_all()

    def _run_all(self) -> None:
        self.start.point = self.race.start
        self.start.source.data = {"x": [self.race.start[0]], "y": [self.race.start[1]]}
        shape = (len(self.tracks), len(COLUMNS), self.race.steps + 1)
        self._frames = np.full(shape, np.nan)
        self._run(*range(len(self.tracks)))

    def _run(self, *indices: int) -> None:
        """Run these racers anew and send the tape."""
        for index in indices:
            racer, track = self.race.racers[index], self.tracks[index]
            track.active = racer.runs
            if racer.runs:
                lap = self.race.lap(racer, self._floor)
                self._frames[index] = lap.frames
                track.update(last=lap.last, note=lap.note)
        self.tape.update(frames=self._frames.copy(), summary=self._summary())
        self._fit_curve()

    def _fit_curve(self) -> None:
        heights = self._frames[[racer.runs for racer in self.race.racers], COLUMNS.index("height")]
        heights = heights[np.isfinite(heights) & (heights > 0.0)]
        self.curve.x_range.update(start=0, end=self.race.steps * 1.35)
        if heights.size:
            self.curve.y_range.update(start=heights.min() / 4.0, end=heights.max() * 4.0)

    def _summary(self) -> str:
        """Say who was first to come near the bottom, or who came nearest."""
        finish, reached = (COLUMNS.index(name) for name in ("height", "evaluations"))
        running = [
            (racer.name, frames)
            for racer, track, frames in zip(self.race.racers, self.tracks, self._frames, strict=True)
            if racer.runs and not track.note
        ]
        if not running:
            return "Nobody arrives: switch a racer on, or lower the rates."
        arrivals = [
            (int(np.argmax(f[finish] <= NEAR)), name, f) for name, f in running if (f[finish] <= NEAR).any()
        ]
        if arrivals:
            step, name, frames = min(arrivals, key=lambda arrival: arrival[0])
            calls = int(frames[reached, step])
            return (
                f"{name} is the first within 10⁻⁶ of the minimum: after {step} steps and {calls} evaluations."
            )
        height, name = min((float(frames[finish, -1]), name) for name, frames in running)
        return f"After {self.race.steps} steps nobody is within 10⁻⁶ of the minimum; {name} is nearest, {height:.2g} above."


def view() -> RaceView:
    """Build the page's view of a race."""
    return RaceView(Race())
