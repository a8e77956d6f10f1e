"""Tracks: the lines that runs leave on a map or a curve, and the tape that moves them in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bokeh.core.properties import field
from bokeh.models import HoverTool, Line, Scatter, Text

from fallline_app.components.models import Labels, Track
from fallline_app.components.plots import draw, empty_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bokeh.models import Plot

# A second cue beside the colour, the same on every page.
_DASHES = {
    "gradient-descent": "solid",
    "momentum": "solid",
    "nesterov": "6 3",
    "adagrad": "2 3",
    "rmsprop": "10 3 2 3",
    "adam": "solid",
}
_MARKERS = {
    "gradient-descent": "circle",
    "momentum": "square",
    "nesterov": "diamond",
    "adagrad": "triangle",
    "rmsprop": "inverted_triangle",
    "adam": "hex",
}


def new_track(label: str, series: str, columns: Sequence[str]) -> Track:
    """Return a track that shows nothing yet."""
    return Track(label=label, series=series, path=empty_source(*columns), head=empty_source(*columns))


def draw_track(plot: Plot, track: Track, x: str, y: str, tooltips: list[tuple[str, str]]) -> None:
    """Show the columns `x` and `y` of a track in `plot`: its line, and a marker where it is now."""
    series = track.series
    path = draw(
        plot, track.path, Line(x=x, y=y, line_width=2.2, line_dash=_DASHES[series]), line_color=series
    )
    head = Scatter(x=x, y=y, size=10, marker=_MARKERS[series], line_width=1.5)
    draw(plot, track.head, head, fill_color=series, line_color="sheet")
    read_out = [("", track.label), *tooltips]
    plot.add_tools(HoverTool(renderers=[path], tooltips=read_out, line_policy="nearest", visible=False))


def draw_labels(plot: Plot, x: str, y: str) -> Labels:
    """Name the tracks at the ends of their lines in `plot`, which shows their columns `x` and `y`."""
    source = empty_source("x", "y", "text", "color", "anchor", "aside", "shift")
    text = Text(
        x="x", y="y", text=field("text"), x_offset="aside", y_offset="shift", anchor="anchor",
        text_color="color", text_font_size="12px", text_font_style="bold", padding=2,
    )  # fmt: skip
    draw(plot, source, text, background_fill_color="label-halo")
    return Labels(plot=plot, x=x, y=y, source=source)
