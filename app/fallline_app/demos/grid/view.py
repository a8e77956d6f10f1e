"""The grid as the page shows it: samples and arrows on the map, two descents, errors, and what it all takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import ColumnDataSource, Scatter, Segment

from fallline_app.components.colour_scale import ratio_scale
from fallline_app.components.equations import row
from fallline_app.components.field import FieldMap
from fallline_app.components.ground import ground_settings
from fallline_app.components.landscape import LandscapeMap, survey
from fallline_app.components.listings import listing
from fallline_app.components.models import PointTool, Tape
from fallline_app.components.parts import Parts
from fallline_app.components.plots import draw, draw_moving, empty_source, new_plot
from fallline_app.components.settings import ChoiceSetting, Group, bound, group, number_setting
from fallline_app.components.tracks import Tooltip, draw_labels, draw_tracks, new_track
from fallline_app.demos.grid import words
from fallline_app.demos.grid.arrows import strokes
from fallline_app.demos.grid.code import script
from fallline_app.demos.grid.descents import COLUMNS, FUNCTION, SAMPLES, Run
from fallline_app.demos.grid.memory import measure_memory
from fallline_app.demos.grid.model import EDGE_ORDERS, EVEN, UNEVEN, Sampling
from fallline_app.demos.grid.pieces import PITFALLS, RETURNED
from fallline_app.demos.grid.view_charts import MemoryChart, OrdersChart
from fallline_app.words import printed

if TYPE_CHECKING:
    from bokeh.model import Model
    from bokeh.models.ui import UIElement

    from fallline_app.demos.grid.memory import Memory

READOUT = [
    ("x", "x", "fixed"),
    ("y", "y", "fixed"),
    ("loss", "f(x, y)", "fixed"),
    ("off", "off by", "fixed"),
]
TOOLTIPS = [
    Tooltip("step", ("step",), "%d"),
    Tooltip("x, y", ("x", "y"), "%.4f"),
    Tooltip("f(x, y)", ("loss",), "%.3e"),
    Tooltip("slope off by", ("off",), "%.3g"),
    Tooltip("apart", ("apart",), "%.3g"),
]
ABOVE_MINIMUM = "height above the minimum"
ABOVE_LOWEST = "height above the lowest seen"
# The room that the names at the lines' ends need, as a share of the steps.
ROOM_FOR_NAMES = 0.55
# More samples each way than this are no dots on the map but a carpet.
MOST_DOTS = 31
GROUND = ["surface", "condition", "own", "reach", "ripple", "samples", "spacing", "seed", "edge_order"]


class GridView:
    """Models that follow the settings of a grid; whatever follows from them is computed there."""

    def __init__(self, model: Sampling) -> None:
        self.model, self.parts = model, Parts()
        self.map = LandscapeMap()
        self.curve = new_plot("step", ABOVE_MINIMUM, y_scale="log")
        self.error = FieldMap("x", "y", "error of np.gradient")
        self.orders, self.memory = OrdersChart(), MemoryChart()
        self.minima, self.dots = empty_source("x", "y"), empty_source("x", "y")
        self.seen, self.true = (empty_source("x0", "y0", "x1", "y1") for _ in range(2))
        x, y = model.start
        self.start = PointTool(point=model.start, source=ColumnDataSource({"x": [x], "y": [y]}))
        self.tracks = [
            new_track(title, series, COLUMNS)
            for title, series in ((SAMPLES, "central"), (FUNCTION, "gradient-descent"))
        ]
        self.tape = Tape(tracks=self.tracks, columns=list(COLUMNS), readout=READOUT)
        self.seed = number_setting(model, "seed", shown=model.spacing == UNEVEN)
        self.roots: dict[str, Model] = {
            "map": self.map.plot,
            "curve": self.curve,
            "error": self.error.plot,
            "orders": self.orders.plot,
            "memory": self.memory.plot,
            "settings": self._settings(),
            "tape": self.tape,
            "below": _listings(),
        }
        self._draw()
        self._shown = self._measured = object()
        # Of what has not been measured yet nothing is said.
        self._memory: Memory | None = None
        self._look()
        self._weigh()
        self._listen()

    def _settings(self) -> UIElement:
        model = self.model
        spacings = [(EVEN, "even"), (UNEVEN, "uneven")]
        orders = [(order, order) for order in EDGE_ORDERS]
        grid = [
            number_setting(model, "samples"),
            number_setting(model, "ripple"),
            bound(ChoiceSetting, model, "spacing", options=spacings),
            self.seed,
            bound(ChoiceSetting, model, "edge_order", label="edge_order", options=orders),
        ]
        descent = [
            number_setting(model, "rate", scale="log"),
            *(number_setting(model, name) for name in ("steps", "start_x", "start_y")),
        ]
        groups = [
            group("Grid", grid, fold="narrow"),
            group("Surface", ground_settings(model), fold="narrow"),
            group("Descent", descent, fold="narrow"),
        ]
        return group("", groups).get_root()

    def _draw(self) -> None:
        plot = self.map.plot
        minimum = Scatter(x="x", y="y", size=13, marker="circle_dot", line_width=1.5)
        draw(plot, self.minima, minimum, line_color="water", fill_color="lake")
        places = {"x0": "x0", "y0": "y0", "x1": "x1", "y1": "y1"}
        draw(
            plot, self.true, Segment(**places, line_width=3.5, line_alpha=0.35), line_color="gradient-descent"
        )
        draw(plot, self.seen, Segment(**places, line_width=1.2), line_color="central")
        draw(
            plot,
            self.dots,
            Scatter(x="x", y="y", size=3.5, line_width=0),
            fill_color="central",
            line_color="none",
        )
        draw_tracks(plot, self.tracks, "x", "y", TOOLTIPS)
        draw_tracks(self.curve, self.tracks, "step", "height", TOOLTIPS)
        self.tape.labels = [draw_labels(plot, "x", "y"), draw_labels(self.curve, "step", "height")]
        start = Scatter(x="x", y="y", size=15, marker="circle_cross", line_width=2)
        draw_moving(plot, self.start.source, start, line_color="ink", fill_color="sheet")
        plot.add_tools(self.start)

    def _listen(self) -> None:
        model = self.model
        model.param.watch(lambda *_: self._look(), GROUND)
        model.param.watch(lambda *_: self.parts.then(self._weigh), ["samples", "spacing"])
        model.param.watch(lambda *_: self._run(), ["start_x", "start_y", "rate", "steps"])
        self.start.on_change("point", lambda _attribute, _old, point: self._put(*point))

    def _put(self, x: float, y: float) -> None:
        self.model.param.update(start_x=x, start_y=y)

    def _look(self) -> None:
        """Show what the grid sees, and descend anew."""
        model = self.model
        self._ground = [getattr(model, name) for name in GROUND]
        self._seen = seen = model.look()
        self.seed.shown = model.spacing == UNEVEN
        self._show_function((model.ground, (model.ripple, model.spaced) if model.ripple else None))
        self._measure_orders((model.ground, replace(model.spaced, samples=0)))
        x, y = seen.grid.points().astype(np.float32) if model.samples <= MOST_DOTS else ([], [])
        self.dots.data = {"x": x, "y": y}
        self.seen.data = strokes(seen.grid, seen.seen, barbs=True)
        self.true.data = strokes(seen.grid, seen.true, barbs=False)
        self.parts.then(self._judge)
        self._run()

    def _judge(self) -> None:
        """Show how far what the grid sees is off, and how that falls."""
        seen = self._seen
        along_x, along_y = seen.grid.axes
        self.error.show(along_x, along_y, seen.error.T, ratio_scale(seen.error))
        self.orders.show(self._orders, seen)

    def _show_function(self, follows: object) -> None:
        """Show the function on the map, if what it follows from is another."""
        if follows == self._shown:
            return
        self._shown, objective = follows, self._seen.function
        self.map.show(survey(objective, objective.domain))
        self.minima.data = {name: [point[k] for point in objective.minima] for k, name in enumerate("xy")}
        self.curve.yaxis[0].axis_label = ABOVE_MINIMUM if objective.minima else ABOVE_LOWEST

    def _measure_orders(self, follows: object) -> None:
        """Measure how errors fall, if what that follows from is another."""
        if follows != self._measured:
            self._measured, self._orders = follows, self.model.orders()

    def _weigh(self) -> None:
        """Show what memory it takes."""
        self._memory = measure_memory(self.model.samples, self.model.spacing == EVEN)
        self.memory.show(self._memory)
        self._describe()

    def _run(self) -> None:
        """Descend, unless the surface is another and what it brings is only being set: a look at it follows."""
        if self._ground != [getattr(self.model, name) for name in GROUND]:
            return
        self.start.point = self.model.start
        self._descents = self.model.run(self._seen)
        self._show(self._descents)
        self.parts.then(self._tell)

    def _show(self, run: Run) -> None:
        """Send a run; the page places its names where the frames arrive, so the ranges go before them."""
        self.curve.x_range.update(start=0, end=run.steps * (1.0 + ROOM_FOR_NAMES))
        self.curve.y_range.update(start=run.curve[0], end=run.curve[1])
        for track, path in zip(self.tracks, run.paths, strict=True):
            mark = f"{track.label}: ended at step {path.last}" if path.note else ""
            track.update(last=path.last, mark=mark, note=path.note)
            track.equation = [row("x − αg"), row(f"= {{x}} − {printed(run.rate)} · ({{slope_x}})")]
        self.tape.frames = run.frames

    def _tell(self) -> None:
        """Say what came of it, and write it as Python."""
        summary = words.summarize(self._seen, self._orders, self._descents)
        self.tape.update(code=script(self.model, self._seen), summary=summary)
        self._describe()

    def _describe(self) -> None:
        if self._memory is None:
            return
        seen, run = self._seen, self._descents
        self.tape.descriptions = [
            ("map", words.describe_map(seen, run)),
            ("curve", words.describe_curve(run)),
            ("error", words.describe_error(seen)),
            ("orders", words.describe_orders(self._orders)),
            ("memory", words.describe_memory(self._memory, self.model.samples)),
        ]


def _listings() -> UIElement:
    returned = Group(label="", children=[listing(*piece) for piece in RETURNED], across=True)
    pitfalls = Group(
        label="Pitfalls",
        children=[listing(*piece) for piece in PITFALLS],
        across=True,
        fold="always",
    )
    return group("", [returned, pitfalls]).get_root()


def view() -> GridView:
    """Build the page's view of a grid."""
    return GridView(Sampling())
