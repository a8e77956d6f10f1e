"""Tracks: the lines that runs leave on a map or a curve, and the tape that moves them in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bokeh.core.properties import field
from bokeh.models import HoverTool, Scatter, Segment, Text

from fallline_app.components.models import Arrows, Labels, Track, TrackLine
from fallline_app.components.plots import draw_moving, empty_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bokeh.models import GlyphRenderer, Plot


class Tooltip(NamedTuple):
    """What is read out under the pointer: columns, separated by commas, each printed by a format as of C's printf."""

    heading: str
    columns: tuple[str, ...]
    format: str

    def text(self) -> str:
        """Return it as Bokeh's tooltips have it."""
        return ", ".join(f"@{column}{{{self.format}}}" for column in self.columns)


class Cue(NamedTuple):
    """What tells a line from the others beside its colour, the same on every page."""

    dash: str
    marker: str


# The widths of a line, and of what is drawn under it, so that it stands out from any tint.
WIDTH, CASING = 2.2, 5.0

CUES = {
    "forward": Cue("6 3", "triangle"),
    "backward": Cue("2 3", "inverted_triangle"),
    "central": Cue("solid", "diamond"),
    "central4": Cue("10 3 2 3", "circle"),
    "central6": Cue("6 3", "square"),
    "central8": Cue("2 3", "hex"),
    "complex": Cue("12 4", "star"),
    "tiny": Cue("2 3", "diamond"),
    "spsa": Cue("10 3 2 3", "triangle"),
    "automatic": Cue("12 4", "triangle"),
    "train": Cue("solid", "circle_dot"),
    "test": Cue("6 3", "star"),
    "gradient-descent": Cue("solid", "circle"),
    "momentum": Cue("solid", "square"),
    "nesterov": Cue("6 3", "diamond"),
    "adagrad": Cue("2 3", "triangle"),
    "rmsprop": Cue("10 3 2 3", "inverted_triangle"),
    "adam": Cue("solid", "hex"),
    "adamw": Cue("12 4", "circle"),
    "second-order": Cue("10 3 2 3", "square"),
    "full-batch": Cue("12 4", "square"),
    "mini-batch": Cue("6 3", "circle"),
    "other-batch": Cue("2 3", "circle"),
    "stochastic": Cue("solid", "triangle"),
    "naive": Cue("solid", "inverted_triangle"),
    "weight": Cue("10 3 2 3", "hex"),
    "node": Cue("12 4", "diamond"),
    "layerwise": Cue("6 3", "hex"),
    "backprop": Cue("2 3", "square"),
}


def new_track(label: str, series: str, columns: Sequence[str]) -> Track:
    """Return a track that shows nothing yet."""
    path, head = empty_source(*columns), empty_source(*columns)
    return Track(label=label, series=series, dash=CUES[series].dash, path=path, head=head)


def draw_tracks(
    plot: Plot, tracks: Sequence[Track], x: str, y: str, tooltips: Sequence[Tooltip]
) -> list[GlyphRenderer]:
    """Show the columns `x` and `y` of each track in `plot`: a line that can be asked, and a marker where it is now.

    Returns the lines, each under the name that it is read out by.
    """
    paths = []
    for track in tracks:
        casing = TrackLine(
            x=x, y=y, track=track, casing=True, line_width=CASING, line_join="round", line_cap="round"
        )
        draw_moving(plot, track.path, casing, line_color="casing")
    for track in tracks:
        dash = CUES[track.series].dash
        line = TrackLine(x=x, y=y, track=track, line_width=WIDTH, line_join="round", line_dash=dash)
        paths.append(draw_moving(plot, track.path, line, line_color=track.series))
        paths[-1].name = track.label
    for track in tracks:
        head = Scatter(x=x, y=y, size=10, marker=CUES[track.series].marker, line_width=1.5)
        draw_moving(plot, track.head, head, fill_color=track.series, line_color="sheet")
    read_out(plot, paths, tooltips, named="track")
    return paths


def read_out(
    plot: Plot, renderers: Sequence[GlyphRenderer], tooltips: Sequence[Tooltip], named: str = ""
) -> None:
    """Read out columns of what is under the pointer, after what it is called, under a heading, where it is `named`."""
    name = [(named, "$name")] if named else []
    plot.add_tools(
        HoverTool(
            renderers=list(renderers),
            tooltips=[*name, *((tip.heading, tip.text()) for tip in tooltips)],
            formatters={f"@{column}": "printf" for tip in tooltips for column in tip.columns},
            line_policy="nearest",
            visible=False,
        )
    )


def draw_labels(plot: Plot, x: str, y: str) -> Labels:
    """Name the tracks at the ends of their lines in `plot`, which shows their columns `x` and `y`."""
    source = empty_source("x", "y", "text", "color", "anchor", "aside", "shift")
    text = Text(
        x="x", y="y", text=field("text"), x_offset="aside", y_offset="shift", anchor="anchor",
        text_color="color", text_font_size="12px", text_font_style="bold", padding=2,
    )  # fmt: skip
    draw_moving(plot, source, text, background_fill_color="label-halo")
    return Labels(plot=plot, x=x, y=y, source=source)


class Pointer(NamedTuple):
    """A direction to be drawn at each head: its columns, whether it points against them, and how it is drawn."""

    u: str
    v: str
    against: bool
    dash: str
    width: float


def draw_arrows(plot: Plot, x: str, y: str, pointer: Pointer) -> tuple[Arrows, GlyphRenderer]:
    """Draw a direction at each track's head in `plot`, which shows their columns `x` and `y`."""
    source = empty_source("x0", "y0", "x1", "y1", "color")
    stroke = Segment(
        x0="x0", y0="y0", x1="x1", y1="y1", line_color=field("color"), line_cap="round",
        line_width=pointer.width, line_dash=pointer.dash,
    )  # fmt: skip
    arrows = Arrows(plot=plot, x=x, y=y, u=pointer.u, v=pointer.v, against=pointer.against, source=source)
    return arrows, draw_moving(plot, source, stroke)
