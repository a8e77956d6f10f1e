"""The race as the page shows it: map, loss curve, settings, and the tape that plays it."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import ColumnDataSource, Scatter

from fallline_app.components.equations import row
from fallline_app.components.landscape import LandscapeMap, survey
from fallline_app.components.models import PointTool, Relief, Table, Tape
from fallline_app.components.parts import Parts
from fallline_app.components.plots import draw, draw_moving, empty_source, new_plot
from fallline_app.components.settings import Group, number_setting
from fallline_app.components.tracks import (
    Pointer,
    Tooltip,
    draw_arrows,
    draw_labels,
    draw_tracks,
    new_track,
)
from fallline_app.demos.race.arithmetic import arithmetic
from fallline_app.demos.race.code import script
from fallline_app.demos.race.lap import COLUMNS
from fallline_app.demos.race.looking import METHODS
from fallline_app.demos.race.model import Race
from fallline_app.demos.race.racers import Guest
from fallline_app.demos.race.standings import HEADINGS, explain, standing
from fallline_app.demos.race.view_controls import race_settings
from fallline_app.heights import GROWN_TOO_FAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bokeh.model import Model

READOUT = [
    ("x", "x", "fixed"),
    ("y", "y", "fixed"),
    ("loss", "f(x, y)", "fixed"),
    ("slope", "|∇f|", "fixed"),
    ("evaluations", "evals", "whole"),
]
TOOLTIPS = [
    Tooltip("step", ("step",), "%d"),
    Tooltip("x, y", ("x", "y"), "%.4f"),
    Tooltip("f(x, y)", ("loss",), "%.3e"),
]
POINTERS = (
    Pointer("slope_x", "slope_y", against=True, dash="2 3", width=1.5),
    Pointer("memory_x", "memory_y", against=True, dash="6 3", width=1.5),
    Pointer("move_x", "move_y", against=False, dash="solid", width=2.5),
)
CAPTION = "The same landscape, its heights drawn by rank as on the map: drag it, or turn it by arrow keys."
# Every so many samples of the map are one of the surface.
COARSER = 5
ABOVE_MINIMUM = "height above the minimum"
ABOVE_LOWEST = "height above the lowest seen"
# The room that the names at the lines' ends need, as a share of the steps.
ROOM_FOR_NAMES = 0.5
# After so many seconds of computing, what there is goes to the page before the other racers run.
FIRST_LOOK = 0.03


class RaceView:
    """Models that follow the settings of a race; whatever follows from them is computed there."""

    def __init__(self, race: Race) -> None:
        self.race = race
        self.parts = Parts()
        self.map = LandscapeMap()
        self.curve = new_plot("step", ABOVE_MINIMUM, y_scale="log")
        self.minima = empty_source("x", "y")
        x, y = race.start
        self.start = PointTool(point=race.start, source=ColumnDataSource({"x": [x], "y": [y]}))
        self.tracks = [new_track(racer.title, racer.entry.series, COLUMNS) for racer in race.racers]
        self.tape = Tape(tracks=self.tracks, columns=list(COLUMNS), readout=READOUT)
        self.seed = number_setting(race, "seed", shown=METHODS[race.gradient].chance)
        self.relief = Relief(tape=self.tape, caption=CAPTION)
        self.standings = Table(headings=list(HEADINGS), aside=True)
        self.roots: dict[str, Model] = {
            "map": self.map.plot,
            "curve": self.curve,
            "settings": race_settings(race, self.seed),
            "tape": self.tape,
            "below": Group(label="", children=[self.standings, self.relief], across=True).get_root(),
        }
        self._draw()
        self._show_arrows()
        self._ground = race.ground
        self._show_surface()
        self._run = race.run()
        self._waiting: list[int] = []
        self._show()
        self._tell()
        self._listen()

    def _draw(self) -> None:
        minimum = Scatter(x="x", y="y", size=13, marker="circle_dot", line_width=1.5)
        draw(self.map.plot, self.minima, minimum, line_color="water", fill_color="lake")
        self.paths = [
            draw_tracks(self.map.plot, self.tracks, "x", "y", TOOLTIPS),
            draw_tracks(self.curve, self.tracks, "step", "height", TOOLTIPS),
        ]
        self.tape.labels = [draw_labels(self.map.plot, "x", "y"), draw_labels(self.curve, "step", "height")]
        drawn = [draw_arrows(self.map.plot, "x", "y", pointer) for pointer in POINTERS]
        self.tape.arrows = [arrows for arrows, _ in drawn]
        self.strokes = [strokes for _, strokes in drawn]
        self.map.name_places()
        start = Scatter(x="x", y="y", size=15, marker="circle_cross", line_width=2)
        draw_moving(self.map.plot, self.start.source, start, line_color="ink", fill_color="sheet")
        self.map.plot.add_tools(self.start)

    def _listen(self) -> None:
        watch = self.race.param.watch
        watch(lambda *_: self._change_surface(), ["surface", "condition", "own", "reach"])
        watch(lambda *_: self._run_all(), ["start_x", "start_y", "steps", "gradient", "schedule", "seed"])
        watch(lambda *_: self._show_arrows(), "arrows")
        watch(lambda *_: self._judge(), ["target", "map_shows"])
        self.start.on_change("point", lambda _attribute, _old, point: self._put(*point))
        for index, racer in enumerate(self.race.racers):
            names = ["runs", *racer.values()]
            if isinstance(racer, Guest):
                racer.param.watch(lambda *_, index=index: self._welcome(index), "kind")
                names = ["runs", "rate"]
            racer.param.watch(lambda *_, index=index: self._run_one(index), names)

    def _put(self, x: float, y: float) -> None:
        self.race.param.update(start_x=x, start_y=y)

    def _change_surface(self) -> None:
        self._ground = self.race.ground
        self._show_surface()
        # Nobody is to be seen where only another surface leads.
        self._run = self.race.run()
        self._waiting = []
        self._stand()
        self._show()
        self.parts.then(self._finish)

    def _show_arrows(self) -> None:
        for strokes in self.strokes:
            strokes.visible = self.race.arrows

    def _show_surface(self) -> None:
        objective = self.race.objective()
        landscape = survey(objective, objective.domain)
        self.map.show(landscape)
        self.relief.update(
            heights=landscape.tint[::COARSER, ::COARSER].copy(),
            levels=landscape.levels.tolist(),
            domain=list(landscape.domain),
        )
        self.minima.data = {"x": [x for x, _ in objective.minima], "y": [y for _, y in objective.minima]}
        self.curve.yaxis[0].axis_label = ABOVE_MINIMUM if objective.minima else ABOVE_LOWEST

    def _run_all(self) -> None:
        if self._is_changing_surface():
            return
        self._stand()
        self._take_turns(range(len(self.race.racers)))

    def _run_one(self, index: int) -> None:
        if not self._is_changing_surface():
            self._take_turns([index])

    def _stand(self) -> None:
        """Show where all start, and what the way to find slopes is set by."""
        self.start.point = self.race.start
        self.seed.shown = METHODS[self.race.gradient].chance

    def _take_turns(self, racers: Iterable[int]) -> None:
        """Let these run: where others wait to be seen, those of them for whom there is time, and then the rest."""
        self._waiting = sorted({*self._waiting, *racers})
        self._run_waiting(FIRST_LOOK if self.parts.is_open else np.inf)
        self.parts.then(self._finish)

    def _finish(self) -> None:
        if self._waiting:
            self._run_waiting(np.inf)
        self._tell()

    def _run_waiting(self, seconds: float) -> None:
        """Run those who wait, one at least, and show them among the others as these ran last."""
        laps = [lap and lap.cut(self.race.steps) for lap in self._run.laps]
        end = time.perf_counter() + seconds
        while self._waiting:
            index = self._waiting.pop(0)
            laps[index] = self.race.lap(self.race.racers[index])
            if time.perf_counter() >= end:
                break
        self._run = self.race.compare(laps)
        self._show()

    def _judge(self) -> None:
        """Say what came of the run on other terms."""
        self._run = replace(self._run, terms=self.race.terms)
        self.parts.then(self._finish)

    def _welcome(self, index: int) -> None:
        """Run a guest that is another now, unless its rate, being another too, has made it run already."""
        if self.race.racers[index].title != self.tracks[index].label:
            self._run_one(index)

    def _is_changing_surface(self) -> bool:
        """Tell whether the start and the rates that a surface brings are being set; a run of all follows."""
        return bool(self._ground != self.race.ground)

    def _show(self) -> None:
        """Send a run; the page places its names where the frames arrive, so the ranges go before them."""
        run = self._run
        self.curve.x_range.update(start=0, end=self.race.steps * (1.0 + ROOM_FOR_NAMES))
        self.curve.y_range.update(start=run.curve[0], end=run.curve[1])
        self._name_guests()
        for track, last, note in zip(self.tracks, run.lasts, run.notes, strict=True):
            mark = f"{track.label} diverged at step {last}" if note else ""
            track.update(last=last, mark=mark, note=note)
        self.tape.frames = run.frames
        for track, racer in zip(self.tracks, self.race.racers, strict=True):
            track.active = racer.runs

    def _tell(self) -> None:
        """Say what came of a run, once it is shown."""
        run = self._run
        for track, racer in zip(self.tracks, self.race.racers, strict=True):
            track.equation = [row(part) for part in arithmetic(racer)]
        told = self._color_map()
        descriptions = [("map", f"{run.map_description} {told}".strip()), ("curve", run.curve_description)]
        self.tape.update(
            code=script(self.race, GROWN_TOO_FAR),
            summary=f"{run.summary} {told}".strip(),
            descriptions=descriptions,
        )
        self._show_standings()

    def _show_standings(self) -> None:
        terms, rows = self._run.terms, []
        for track, racer, lap in zip(self.tracks, self.race.racers, self._run.laps, strict=True):
            if lap is not None:
                rows.append((track.series, track.dash, standing(lap, racer.values(), self._run.floor, terms)))
        self.standings.update(rows=rows, note=explain(self._run.objective, terms))

    def _color_map(self) -> str:
        """Color the map by where starts end, where that is asked for, and say so."""
        basins, domain = self.race.basins(), self.race.objective().domain
        if basins is None:
            self.map.color(None, domain)
            return ""
        names = [(x, y, f"{share:.0%}") for share, (x, y) in zip(basins.shares, basins.places, strict=True)]
        self.map.color(basins.labels, domain, names)
        return basins.sentence

    def _name_guests(self) -> None:
        for index, racer in enumerate(self.race.racers):
            if racer.title != self.tracks[index].label:
                self.tracks[index].label = racer.title
                for paths in self.paths:
                    paths[index].name = racer.title


def view() -> RaceView:
    """Build the page's view of a race."""
    return RaceView(Race())
