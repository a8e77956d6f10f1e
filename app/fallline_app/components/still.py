"""A plot as a still picture: SVG that a page can paint before BokehJS is there, drawn from the same models.

Lines are scaled with the frame; what has a size in pixels (names, markers, ticks) is placed by shares of it. Colours and
sizes are the tokens of the page's style sheet, so the picture follows the reader's light or dark, and the page's width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from bokeh.models import Image, Line, LogAxis, LogScale, MultiLine, Scatter, Text

from fallline_app.components import ticks
from fallline_app.components.names import PlacedName, place_names
from fallline_app.components.outlines import UNITS, path_data, regions_above

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bokeh.model import Model
    from bokeh.models import Axis, Plot, Range1d
    from numpy.typing import NDArray

    from fallline_app.components.models import Labels, Tape

    Rows = Mapping[str, Any]

BANDS = 20
# Far outside the frame, in frames: where a line that leaves all bounds is cut.
FAR = 3.0
# The width of a letter of a tick's label, in sizes of the axis' name.
LETTER = 0.58


@dataclass(frozen=True)
class Scale:
    """One direction of a frame: values from `low` to `high`, even or by ratio."""

    low: float
    high: float
    log: bool

    def share(self, values: Any) -> NDArray[np.float64]:
        """Return where values lie, 0 at `low` and 1 at `high`."""
        low, high, at = (np.log(v) if self.log else np.asarray(v, dtype=float) for v in (self.low, self.high, values))
        return np.asarray((at - low) / (high - low))


@dataclass(frozen=True)
class Frame:
    """The frame of a plot."""

    x: Scale
    y: Scale

    def place(self, x: Any, y: Any) -> NDArray[np.float64]:
        """Return places as shares of the frame from its upper left, shape (m, 2)."""
        return np.column_stack([self.x.share(x), 1.0 - self.y.share(y)])


def frame_of(plot: Plot) -> Frame:
    """Return the frame that a plot shows."""

    def scale(ends: Range1d, kind: object) -> Scale:
        return Scale(float(ends.start), float(ends.end), isinstance(kind, LogScale))

    return Frame(scale(plot.x_range, plot.x_scale), scale(plot.y_range, plot.y_scale))


def still(plot: Plot, tape: Tape) -> str:
    """Draw a plot as SVG, as it is at the end of the tape's run."""
    frame, rows = frame_of(plot), rows_at_end(tape)
    drawn = [
        (renderer.glyph, rows.get(renderer.data_source.id, renderer.data_source.data), tokens(renderer.glyph))
        for renderer in plot.renderers
        if hasattr(renderer, "glyph")
    ]
    lines = [svg for glyph, data, paint in drawn for svg in _scaled(glyph, data, paint, frame)]
    marks = [svg for glyph, data, paint in drawn for svg in _placed(glyph, data, paint, frame)]
    names = [name for labels in tape.labels if labels.plot is plot for name in _names(labels, tape, rows, frame)]
    axes = [svg for axis in (*plot.below, *plot.left) for svg in _axis(axis, frame, across=axis in plot.below)]
    inner = f'<svg viewBox="0 0 {UNITS} {UNITS}" preserveAspectRatio="none">{"".join(lines)}</svg>'
    return "".join(
        ['<svg fill="var(--quiet)" aria-hidden="true">', *axes, inner, '<rect class="outline" width="100%" height="100%"/>', *marks, *names, "</svg>"]
    )


def tokens(model: Model) -> dict[str, str]:
    """Return the token of each property that the page colours (`theme.themed`)."""
    return dict(str(tag).split("=") for tag in model.tags)


def rows_at_end(tape: Tape) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Return what the sources of a tape's tracks hold at the end of the run, by their ids."""
    rows = {}
    for track, frames in zip(tape.tracks, tape.frames, strict=True):
        taken = frames[:, : track.last + 1] if track.active else frames[:, :0]
        rows[track.path.id] = dict(zip(tape.columns, taken, strict=True))
        rows[track.head.id] = dict(zip(tape.columns, taken[:, -1:], strict=True))
    return rows


def _scaled(glyph: Any, data: Rows, paint: Mapping[str, str], frame: Frame) -> Iterator[str]:
    """Draw what is scaled with the frame."""
    if isinstance(glyph, Image):
        yield from _bands(data["image"][0], tokens(glyph.color_mapper)["palette"])
    elif isinstance(glyph, MultiLine):
        places = [frame.place(x, y) for x, y in zip(data[glyph.xs], data[glyph.ys], strict=True)]
        yield _path(path_data(places), glyph, paint)
    elif isinstance(glyph, Line):
        x, y = data[glyph.x], data[glyph.y]
        if len(x) > 1:
            yield _path(path_data([np.clip(frame.place(x, y), -FAR, FAR)]), glyph, paint)


def _bands(raster: NDArray[np.uint8], palette: str) -> Iterator[str]:
    """Draw a raster as areas, each above a height; those above a greater one lie on those above a smaller."""
    top = float(np.iinfo(raster.dtype).max)
    for band in range(BANDS):
        data = path_data(regions_above(raster, top * band / BANDS)) if band else f"M0 0h{UNITS}v{UNITS}H0z"
        if data:
            yield f'<path fill-rule="evenodd" fill="{ramp(palette, (band + 0.5) / BANDS)}" d="{data}"/>'


def ramp(name: str, share: float) -> str:
    """Return the colour at a share of the way along the tokens `name-0` to `name-3`."""
    start = min(int(3.0 * share), 2)
    return f"color-mix(in srgb,var(--{name}-{start + 1}) {percent(3.0 * share - start)},var(--{name}-{start}))"


def _path(data: str, glyph: Any, paint: Mapping[str, str]) -> str:
    dash = f' stroke-dasharray="{" ".join(map(str, glyph.line_dash))}"' if glyph.line_dash else ""
    faint = f' stroke-opacity="{glyph.line_alpha:g}"' if glyph.line_alpha != 1.0 else ""
    return f'<path class="line" stroke="var(--{paint["line_color"]})" stroke-width="{glyph.line_width:g}"{dash}{faint} d="{data}"/>'


def _placed(glyph: Any, data: Rows, paint: Mapping[str, str], frame: Frame) -> Iterator[str]:
    """Draw what keeps its size."""
    if isinstance(glyph, Scatter):
        for place in frame.place(data[glyph.x], data[glyph.y]):
            if ((place >= 0.0) & (place <= 1.0)).all():
                yield _marker(glyph, place, paint)
    elif isinstance(glyph, Text) and "text_color" in paint:
        for text, place in zip(data["text"], frame.place(data[glyph.x], data[glyph.y]), strict=True):
            yield f'<text class="height" {_at(place)} dy=".36em">{text}</text>'


def _marker(glyph: Scatter, place: NDArray[np.float64], paint: Mapping[str, str]) -> str:
    return (
        f'<svg {_at(place)}><path class="mark" fill="var(--{paint["fill_color"]})" stroke="var(--{paint["line_color"]})" '
        f'stroke-width="{glyph.line_width:g}" d="{marker_path(str(glyph.marker), glyph.size / 2.0)}"/></svg>'
    )


def marker_path(marker: str, radius: float) -> str:
    """Return the outline of one of Bokeh's markers around (0, 0)."""
    r, third, high = radius, radius / 1.5, radius * 3.0**0.5
    circle = f"M{-r:g} 0a{r:g} {r:g} 0 1 1 {2 * r:g} 0a{r:g} {r:g} 0 1 1{-2 * r:g} 0z"
    shapes = {
        "circle": circle,
        "circle_cross": f"{circle}M0{-r:g}v{2 * r:g}M{-r:g} 0h{2 * r:g}",
        "circle_dot": f"{circle}M-.5 0h1",
        "square": f"M{-r:g} {-r:g}h{2 * r:g}v{2 * r:g}h{-2 * r:g}z",
        "diamond": f"M0 {-r:g}L{third:g} 0L0 {r:g}L{-third:g} 0z",
        "triangle": f"M{-r:g} {high / 3:g}h{2 * r:g}L0 {-2 * high / 3:g}z",
        "inverted_triangle": f"M{-r:g} {-high / 3:g}h{2 * r:g}L0 {2 * high / 3:g}z",
        "hex": f"M{r:g} 0L{r / 2:g} {-high / 2:g}H{-r / 2:g}L{-r:g} 0L{-r / 2:g} {high / 2:g}H{r / 2:g}z",
    }
    return shapes[marker]


def _names(labels: Labels, tape: Tape, rows: Mapping[str, Rows], frame: Frame) -> Iterator[str]:
    running = [track for track in tape.tracks if track.active]
    heads = [rows[track.head.id] for track in running]
    places = np.array([frame.place(head[labels.x], head[labels.y])[0] for head in heads]).reshape(-1, 2)
    inside = [i for i, place in enumerate(places) if ((place >= 0.0) & (place <= 1.0)).all()]
    for i, name in zip(inside, place_names([running[i].label for i in inside], places[inside]), strict=True):
        yield _name(name, places[i, 0], running[i].series)


def _name(name: PlacedName, across: float, series: str) -> str:
    first = name.down - 0.6 * (len(name.lines) - 1) + 0.36
    lines = "".join(f'<tspan x="0" dy="{first if i == 0 else 1.2:.2f}em">{line}</tspan>' for i, line in enumerate(name.lines))
    side, place = "right" if name.right else "left", np.array([across, name.middle])
    return f'<svg {_at(place)}><text class="name {side}" fill="var(--name-{series})">{lines}</text></svg>'


def _axis(axis: Axis, frame: Frame, *, across: bool) -> Iterator[str]:
    scale = frame.x if across else frame.y
    places = (ticks.log_ticks if isinstance(axis, LogAxis) else ticks.linear_ticks)(scale.low, scale.high)
    precision = 0 if isinstance(axis, LogAxis) else 3
    labels = ticks.tick_labels(places, precision)
    for label, share in zip(labels, scale.share(places), strict=True):
        at = percent(share if across else 1.0 - share)
        if across:
            yield f'<line class="grid" x1="{at}" x2="{at}" y2="100%"/><svg x="{at}" y="100%"><path class="tick" d="M0 0v{axis.major_tick_out}"/><text class="below">{label}</text></svg>'
        else:
            yield f'<line class="grid" y1="{at}" y2="{at}" x2="100%"/><svg y="{at}"><path class="tick" d="M0 0h-{axis.major_tick_out}"/><text class="before">{label}</text></svg>'
    if across:
        yield f'<svg x="50%" y="100%"><text class="x-name">{axis.axis_label}</text></svg>'
    else:
        beside = LETTER * max(map(len, labels)) + 0.25
        yield f'<svg y="50%"><text class="y-name" dy="{-beside:.2f}em">{axis.axis_label}</text></svg>'


def _at(place: NDArray[np.float64]) -> str:
    return f'x="{percent(place[0])}" y="{percent(place[1])}"'


def percent(share: float) -> str:
    """Write a share as SVG and CSS do."""
    return f"{100.0 * share:.2f}".rstrip("0").rstrip(".") + "%"
