"""The slope as the page shows it: curve, secants, slopes against the step, and the tutorial's walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import Line, Scatter, Segment

from fallline_app.components.curve_point import CurvePlot, curve_settings
from fallline_app.components.equations import fraction, row
from fallline_app.components.listings import listing
from fallline_app.components.models import Tape
from fallline_app.components.parts import Parts
from fallline_app.components.plots import draw, draw_moving, empty_source, fit, new_plot
from fallline_app.components.settings import Group, group
from fallline_app.components.tracks import CUES, Tooltip, draw_labels, draw_tracks, new_track
from fallline_app.curves import HIGHEST
from fallline_app.demos.slope.code import script
from fallline_app.demos.slope.model import COLUMNS, HALVINGS, SCHEMES, STEPS, Sight, Slope
from fallline_app.demos.slope.walk import ROUTES

if TYPE_CHECKING:
    from bokeh.model import Model

    from fallline_app.components.models import Track

READOUT = [("slope", "slope", "fixed"), ("error", "off by", "fixed")]
TOOLTIPS = [
    Tooltip("h", ("h",), "%.3e"),
    Tooltip("slope", ("slope",), "%.10f"),
    Tooltip("off by", ("error",), "%.1e"),
]
# What each scheme divides by what: as written, and with the numbers of the step, all digits of the values.
QUOTIENTS = {
    "forward": (("f(x + h) − f(x)", "h"), "{h}"),
    "backward": (("f(x) − f(x − h)", "h"), "{h}"),
    "central": (("f(x + h) − f(x − h)", "2h"), "2 · {h}"),
}
TICKS = (1.0, 1e-4, 1e-8, 1e-12, 1e-16)


class SlopeView:
    """Models that follow the settings of a slope; whatever follows from them is computed there."""

    def __init__(self, slope: Slope) -> None:
        self.slope = slope
        self.parts = Parts()
        self.graph = CurvePlot(slope)
        self.plot, self.point = self.graph.plot, self.graph.point
        self.slopes = new_plot("step h, smaller to the right", "slope", x_scale="log", x_ticks=TICKS)
        self.tangent = empty_source("x", "y")
        self.derivative = empty_source("x", "y")
        self.tracks = [new_track(scheme.name, scheme.name, COLUMNS) for scheme in SCHEMES]
        for track in self.tracks:
            quotient, width = QUOTIENTS[track.series]
            numbers = fraction("{y_after:17} − {y_before:17}", width)
            track.equation = [fraction(*quotient), row("=") + numbers, row("= {slope}")]
        self.tape = Tape(tracks=self.tracks, columns=list(COLUMNS), dial="h", readout=READOUT)
        self.roots: dict[str, Model] = {
            "map": self.plot,
            "curve": self.slopes,
            "settings": group("", curve_settings(slope)).get_root(),
            "tape": self.tape,
            "below": Group(label="", children=[listing(*route) for route in ROUTES], across=True).get_root(),
        }
        self._draw()
        self.graph.show()
        self._look()
        slope.param.watch(lambda *_: self.graph.show(), ["curve", "own"])
        slope.param.watch(lambda *_: self._look(), ["curve", "own", "x"])

    def _draw(self) -> None:
        tangent = Line(x="x", y="y", line_width=6, line_alpha=0.5)
        draw_moving(self.plot, self.tangent, tangent, line_color="lake")
        for track in self.tracks:
            self._draw_secant(track)
        point = Scatter(x="x", y="y", size=15, marker="circle_cross", line_width=2)
        draw_moving(self.plot, self.point.source, point, line_color="ink", fill_color="sheet")
        draw(
            self.slopes, self.derivative, Line(x="x", y="y", line_width=6, line_alpha=0.5), line_color="lake"
        )
        draw_tracks(self.slopes, self.tracks, "h", "slope", TOOLTIPS)
        self.tape.labels = [draw_labels(self.slopes, "h", "slope")]

    def _draw_secant(self, track: Track) -> None:
        """Draw the line through the two points that a scheme looks at now, from edge to edge, and the points on it."""
        dash, marker = CUES[track.series]
        line = Segment(x0="x_left", y0="y_left", x1="x_right", y1="y_right", line_width=2, line_dash=dash)
        draw_moving(self.plot, track.head, line, line_color=track.series)
        for x, y in (("x_before", "y_before"), ("x_after", "y_after")):
            seen = Scatter(x=x, y=y, size=9, marker=marker, line_width=1.5)
            draw_moving(self.plot, track.head, seen, fill_color=track.series, line_color="sheet")

    def _look(self) -> None:
        self._sight = self.slope.look()
        self._show(self._sight)
        self.parts.then(self._tell)

    def _show(self, sight: Sight) -> None:
        x, y = sight.x, float(sight.curve.values(np.array(sight.x)))
        left, right = sight.curve.domain
        ends = np.array([left, right])
        self.point.point = (x, y)
        self.tangent.data = {"x": ends, "y": y + sight.derivative * (ends - x)}
        self.derivative.data = {"x": STEPS[[0, -1]], "y": np.full(2, sight.derivative)}
        self.slopes.x_range.update(start=STEPS[0] * 2.0, end=STEPS[-1] / 8.0)
        frames = sight.frames()
        fit(self.slopes.y_range, np.clip(frames[:, COLUMNS.index("slope")], -HIGHEST, HIGHEST))
        for track, secants in zip(self.tracks, sight.secants, strict=True):
            mark = f"{track.label}: {secants.mark}" if secants.mark else ""
            track.update(last=secants.last, mark=mark, note=secants.note)
        self.tape.frames = frames

    def _tell(self) -> None:
        sight = self._sight
        self.tape.update(
            code=script(sight.curve, sight.x, HALVINGS),
            summary=sight.summary,
            descriptions=list(zip(("map", "curve"), sight.descriptions, strict=True)),
        )


def view() -> SlopeView:
    """Build the page's view of a slope."""
    return SlopeView(Slope())
