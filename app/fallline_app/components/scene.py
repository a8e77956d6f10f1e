"""A plot of what a simulation is about: things that stand there, what is aimed at, and their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bokeh.core.properties import field
from bokeh.models import MultiLine, Text

from fallline_app.components.plots import draw, empty_source, new_plot

if TYPE_CHECKING:
    from collections.abc import Sequence

    Line = tuple[Sequence[float], Sequence[float]]


class Sight(NamedTuple):
    """What there is to be seen: labels and ranges of the axes, lines of things and of the aim, and names with their places."""

    labels: tuple[str, str]
    ranges: tuple[tuple[float, float], tuple[float, float]]
    things: Sequence[Line]
    aim: Sequence[Line]
    names: Sequence[tuple[float, float, str]]


class Scene:
    """The plot, which changes to another sight; what moves in it is drawn over it (`paths`)."""

    def __init__(self) -> None:
        self.plot = new_plot("", "")
        self._things, self._aim = empty_source("xs", "ys"), empty_source("xs", "ys")
        self._names = empty_source("x", "y", "text")
        draw(self.plot, self._aim, MultiLine(xs="xs", ys="ys", line_width=6), line_color="water")
        draw(self.plot, self._things, MultiLine(xs="xs", ys="ys", line_width=3), line_color="ink")
        names = Text(x="x", y="y", text=field("text"), anchor="center", text_font_size="12px", padding=2)
        draw(self.plot, self._names, names, text_color="quiet", background_fill_color="label-halo")

    def show(self, sight: Sight) -> None:
        """Change the plot to a sight."""
        self.plot.xaxis[0].axis_label, self.plot.yaxis[0].axis_label = sight.labels
        for ends, (start, end) in zip((self.plot.x_range, self.plot.y_range), sight.ranges, strict=True):
            ends.update(start=start, end=end)
        self._things.data = _columns(sight.things)
        self._aim.data = _columns(sight.aim)
        self._names.data = {
            name: [label[i] for label in sight.names] for i, name in enumerate(("x", "y", "text"))
        }


def _columns(lines: Sequence[Line]) -> dict[str, list[Sequence[float]]]:
    return {"xs": [xs for xs, _ in lines], "ys": [ys for _, ys in lines]}
