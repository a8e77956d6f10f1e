"""Tracks: the lines that runs leave on a map or a curve, and the tape that moves them in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bokeh.models import HoverTool

from fallline_app.components.models import Labels, Track
from fallline_app.components.sources import empty_source
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
    return Track(label=label, series=series, path=empty_source(*columns), head=empty_source(*columns))


def draw_track(plot: figure, track: Track, x: str, y: str, tooltips: list[tuple[str, str]]) -> None:
    """Show the columns `x` and `y` of a track in `plot`: its line, and a marker where it is now."""
    path = plot.line(x, y, source=track.path, line_width=2.2, line_dash=_DASHES[track.series])
    themed(path.glyph, line_color=track.series)
    head = plot.scatter(x, y, source=track.head, size=10, marker=_MARKERS[track.series], line_width=1.5)
    themed(head.glyph, fill_color=track.series, line_color="sheet")
    plot.add_tools(
        HoverTool(
            renderers=[path], tooltips=[("", track.label), *tooltips], line_policy="nearest", visible=False
        )
    )


def draw_labels(plot: figure, x: str, y: str) -> Labels:
    """Name the tracks at the ends of their lines in `plot`, which shows their columns `x` and `y`."""
    labels = Labels(
        plot=plot, x=x, y=y, source=empty_source("x", "y", "text", "color", "anchor", "aside", "shift")
    )
    drawn = plot.text(
        "x", "y", "text", source=labels.source, x_offset="aside", y_offset="shift", anchor="anchor",
        text_color="color", text_font_size="12px", text_font_style="bold", padding=2,
    )  # fmt: skip
    themed(drawn.glyph, background_fill_color="label-halo")
    return labels
