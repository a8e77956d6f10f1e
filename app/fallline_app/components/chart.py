"""A chart of a few lines that no run plays: named at their ends, with points where something was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from bokeh.core.properties import field
from bokeh.models import HoverTool, Line, LogScale, Scatter, Text

from fallline_app.components.plots import draw, empty_source
from fallline_app.components.tracks import WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bokeh.models import Plot
    from numpy.typing import NDArray

    from fallline_app.components.tracks import Tooltip

    Numbers = NDArray[np.float64]

# Of names, in pixels: how far apart they stand at least, beside the lines' ends, in a frame of a small plot's height.
LEAST, ASIDE, HEIGHT = 17.0, 9.0, 210.0


class Series(NamedTuple):
    """What one line is: its name, the token of its colour, its dashes, none for no line, its marker, none for no points.

    `named` says whether its name stands at its end; a guide is wide and pale, for what others are held against.
    """

    name: str
    token: str
    dash: str = "solid"
    marker: str = ""
    named: bool = True
    guide: bool = False


class Chart:
    """Draws series into a plot and changes what they show."""

    def __init__(self, plot: Plot, series: Sequence[Series], tooltips: Sequence[Tooltip]) -> None:
        self.plot = plot
        self._series = {one.name: one for one in series}
        self._lines = {one.name: empty_source("x", "y") for one in series}
        self._names = {one.name: empty_source("x", "y", "text", "shift") for one in series}
        asked = [renderer for one in series for renderer in self._draw(one)]
        plot.add_tools(
            HoverTool(
                renderers=asked,
                tooltips=[("line", "$name"), *((tip.heading, tip.text()) for tip in tooltips)],
                formatters={f"@{column}": "printf" for tip in tooltips for column in tip.columns},
                line_policy="nearest",
                visible=False,
            )
        )
        for one in series:
            self._draw_name(one)

    def show(self, lines: Mapping[str, tuple[Numbers, Numbers]]) -> None:
        """Show x and y of each series by its name; a name stands at the last point that is in the plot's range."""
        ends = {}
        for name, (x, y) in lines.items():
            seen = np.isfinite(x) & np.isfinite(y)
            if isinstance(self.plot.y_scale, LogScale):
                seen &= y > 0.0
            self._lines[name].data = {"x": x[seen], "y": y[seen]}
            if self._series[name].named and seen.any():
                ends[name] = (float(x[seen][-1]), float(y[seen][-1]))
        shifts = apart([self._down(y) for _, y in ends.values()])
        for name, source in self._names.items():
            rows = [(*ends[name], name, shifts[list(ends).index(name)])] if name in ends else []
            source.data = {
                column: [row[k] for row in rows] for k, column in enumerate(("x", "y", "text", "shift"))
            }

    def _down(self, y: float) -> float:
        """Return how far down in a small plot a value is, in pixels."""
        axis = self.plot.y_range
        at = np.log if isinstance(self.plot.y_scale, LogScale) else np.asarray
        return float(HEIGHT * (at(axis.end) - at(y)) / (at(axis.end) - at(axis.start)))

    def _draw(self, one: Series) -> list[object]:
        source, drawn = self._lines[one.name], []
        if one.dash:
            width, alpha = (5.0, 0.4) if one.guide else (WIDTH, 1.0)
            line = Line(x="x", y="y", line_width=width, line_alpha=alpha, line_dash=one.dash)
            drawn.append(draw(self.plot, source, line, line_color=one.token))
        if one.marker:
            points = Scatter(x="x", y="y", size=9 if one.dash else 11, marker=one.marker, line_width=1.5)
            drawn.append(draw(self.plot, source, points, fill_color=one.token, line_color="sheet"))
        for renderer in drawn:
            renderer.name = one.name
        return [] if one.guide else drawn

    def _draw_name(self, one: Series) -> None:
        text = Text(
            x="x", y="y", text=field("text"), anchor="center_left", x_offset=ASIDE, y_offset=field("shift"),
            text_font_size="12px", text_font_style="bold", padding=2,
        )  # fmt: skip
        token = "contour-label" if one.guide else f"name-{one.token}"
        draw(self.plot, self._names[one.name], text, text_color=token, background_fill_color="label-halo")


def apart(places: Sequence[float]) -> list[float]:
    """Return by how much each of some places has to move so that all are `LEAST` apart, in their order."""
    order = np.argsort(places, kind="stable")
    wanted = np.array(places, dtype=float)[order] - LEAST * np.arange(len(places))
    moved = wanted.copy()
    # Neighbours that would pass each other meet in their middle: a regression that never falls.
    groups: list[list[int]] = []
    for index in range(len(wanted)):
        groups.append([index])
        while len(groups) > 1 and np.mean(wanted[groups[-2]]) > np.mean(wanted[groups[-1]]):
            groups[-2:] = [groups[-2] + groups[-1]]
    for group in groups:
        moved[group] = np.mean(wanted[group])
    shifts = np.empty(len(places))
    shifts[order] = moved - wanted
    return [float(shift) for shift in shifts]
