"""Tracks: the lines that runs leave on a map or a curve, and the tape that moves them in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bokeh.models import ColumnDataSource, HoverTool

from fallline_app.components.models import Track
from fallline_app.components.theme import themed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bokeh.plotting import figure

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
    empty = {column: [] for column in columns}
    return Track(
        label=label,
        series=series,
        path=ColumnDataSource(dict(empty)),
        head=ColumnDataSource({**empty, "label": []}),
    )


def draw_track(plot: figure, track: Track, x: str, y: str, tooltips: list[tuple[str, str]]) -> None:
    """Show the columns `x` and `y` of a track in `plot`: its line, a marker and its name at the end."""
    path = plot.line(x, y, source=track.path, line_width=2.2, line_dash=_DASHES[track.series])
    themed(path.glyph, line_color=track.series)
    head = plot.scatter(x, y, source=track.head, size=9, marker=_MARKERS[track.series], line_width=1.5)
    themed(head.glyph, fill_color=track.series, line_color="sheet")
    name = plot.text(
        x, y, "label", source=track.head, x_offset=9, anchor="center_left", text_font_size="12px", padding=2
    )
    themed(name.glyph, text_color=track.series, background_fill_color="label-halo")
    plot.add_tools(
        HoverTool(renderers=[path], tooltips=[("", track.label), *tooltips], line_policy="nearest", visible=False)
    )
