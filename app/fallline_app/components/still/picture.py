"""A plot as a still picture: SVG that a page can paint before BokehJS is there, drawn from the same models.

Lines are scaled with the frame; what has a size in pixels (names, markers, ticks) is placed by shares of it. Colours and
sizes are the tokens of the page's style sheet, so the picture follows the reader's light or dark, and the page's width.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from bokeh.models import Image, Line, LinearColorMapper, MultiLine, Scatter, Segment, Text

from fallline_app.components.colour_scale import NO_NUMBER
from fallline_app.components.models import ColourBar
from fallline_app.components.still.axes import draw_axes
from fallline_app.components.still.cells import draw_cells
from fallline_app.components.still.colours import colour, draw_bar, ramp
from fallline_app.components.still.frame import at, frame_of, inside
from fallline_app.components.still.markers import marker_path
from fallline_app.components.still.names import LINE, place_names
from fallline_app.components.still.outlines import UNITS, path_data, regions_above
from fallline_app.components.still.tints import draw_tints

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bokeh.model import Model
    from bokeh.models import Plot
    from numpy.typing import NDArray

    from fallline_app.components.models import Labels, Tape
    from fallline_app.components.still.frame import Frame
    from fallline_app.components.still.names import PlacedName

    Rows = Mapping[str, Any]

BANDS = 20
# Fields of so many cells each way are drawn as areas, which takes far fewer letters.
FINE = 90
# Far outside the frame, in frames: where a line that leaves all bounds is cut.
FAR = 3.0
# From the middle of a line of text down to where it stands, in sizes of its face.
MIDDLE = 0.36


def still(plot: Plot, tape: Tape) -> str:
    """Draw a plot as SVG, as it is at the end of the tape's run."""
    frame, rows = frame_of(plot), rows_at_end(tape)
    drawn = [
        (renderer.glyph, rows.get(renderer.data_source.id, renderer.data_source.data), tokens(renderer.glyph))
        for renderer in plot.renderers
        if hasattr(renderer, "glyph") and renderer.visible
    ]
    lines = [svg for glyph, data, paint in drawn for svg in _scaled(glyph, data, paint, frame)]
    marks = [svg for glyph, data, paint in drawn for svg in _placed(glyph, data, paint, frame)]
    names = [
        name for labels in tape.labels if labels.plot is plot for name in _names(labels, tape, rows, frame)
    ]
    return "".join(
        [
            '<svg fill="var(--quiet)" aria-hidden="true">',
            *draw_axes(plot, frame),
            f'<svg viewBox="0 0 {UNITS} {UNITS}" preserveAspectRatio="none">{"".join(lines)}</svg>',
            '<rect class="outline" width="100%" height="100%"/>',
            *(svg for bar in bars(plot) for svg in draw_bar(bar)),
            *marks,
            *names,
            "</svg>",
        ]
    )


def bars(plot: Plot) -> list[ColourBar]:
    """Return the colour bars that stand above a plot."""
    return [model for model in plot.center if isinstance(model, ColourBar) and model.visible]


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
        palette = tokens(glyph.color_mapper)["palette"]
        for raster in data["image"]:
            yield from _image(raster, palette)
    elif isinstance(glyph, MultiLine):
        lines = [frame.place(x, y) for x, y in zip(data[glyph.xs], data[glyph.ys], strict=True)]
        yield _path(path_data(lines), glyph, paint)
    elif isinstance(glyph, Segment):
        ends = (frame.place(data[x], data[y]) for x, y in ((glyph.x0, glyph.y0), (glyph.x1, glyph.y1)))
        lines = [np.array(line) for line in zip(*ends, strict=True) if np.isfinite(line).all()]
        yield _path(path_data([np.clip(line, -FAR, FAR) for line in lines]), glyph, paint)
    elif isinstance(glyph, Line):
        places = frame.place(data[glyph.x], data[glyph.y])
        places = np.clip(places[np.isfinite(places).all(axis=1)], -FAR, FAR)
        if len(places) > 1:
            yield _path(path_data([places]), glyph, paint)


def _image(raster: NDArray[Any], palette: str) -> Iterator[str]:
    if raster.dtype == np.uint16 and (min(raster.shape) < FINE or (raster == NO_NUMBER).any()):
        return draw_cells(raster, palette)
    return draw_tints(raster, palette) if palette.startswith("tints:") else _bands(raster, palette)


def _bands(raster: NDArray[Any], palette: str) -> Iterator[str]:
    """Draw a raster as areas, each above a height; those above a greater one lie on those above a smaller."""
    top = float(np.iinfo(raster.dtype).max)
    for band in range(BANDS):
        data = path_data(regions_above(raster, top * band / BANDS)) if band else f"M0 0h{UNITS}v{UNITS}H0z"
        if data:
            yield f'<path fill-rule="evenodd" fill="{ramp(palette, (band + 0.5) / BANDS)}" d="{data}"/>'


def _path(data: str, glyph: Any, paint: Mapping[str, str]) -> str:
    dash = f' stroke-dasharray="{" ".join(map(str, glyph.line_dash))}"' if glyph.line_dash else ""
    faint = f' stroke-opacity="{glyph.line_alpha:g}"' if glyph.line_alpha != 1.0 else ""
    return f'<path class="line" stroke="{colour(paint["line_color"])}" stroke-width="{glyph.line_width:g}"{dash}{faint} d="{data}"/>'


def _placed(glyph: Any, data: Rows, paint: Mapping[str, str], frame: Frame) -> Iterator[str]:
    """Draw what keeps its size."""
    if isinstance(glyph, Scatter):
        places = frame.place(data[glyph.x], data[glyph.y])
        for row in np.flatnonzero(inside(places)).tolist():
            yield _marker(
                glyph, places[row], {**_coloured(glyph, data, row), **paint}, _shape(glyph, data, row)
            )
    elif isinstance(glyph, Text) and "text_color" in paint:
        places = frame.place(data[glyph.x], data[glyph.y])
        if glyph.anchor == "center_left":
            yield from _beside(data, places, paint["text_color"])
        else:
            for text, place in zip(data["text"], places, strict=True):
                yield f'<text class="height" {at(place)} dy="{MIDDLE}em">{escape(text)}</text>'


def _beside(data: Rows, places: NDArray[np.float64], token: str) -> Iterator[str]:
    """Write names right of their places, moved down by as many pixels as `shift` says."""
    for text, shift, place in zip(data["text"], data["shift"], places, strict=True):
        written = f'<text class="name right" y="{shift:g}" dy="{MIDDLE}em" fill="{colour(token)}">{escape(text)}</text>'
        yield f"<svg {at(place)}>{written}</svg>"


def _shape(glyph: Scatter, data: Rows, row: int) -> str:
    return str(data["marker"][row] if "marker" in data else glyph.marker)


def _coloured(glyph: Scatter, data: Rows, row: int) -> dict[str, str]:
    """Return the token of what is coloured by the number of a class."""
    found = {}
    for name in ("fill_color", "line_color"):
        by = getattr(glyph, name)
        if isinstance(getattr(by, "transform", None), LinearColorMapper):
            series = tokens(by.transform)["palette"].partition(":")[2]
            found[name] = f"{series}-{data[by.field][row]}"
    return found


def _marker(glyph: Scatter, place: NDArray[np.float64], paint: Mapping[str, str], shape: str) -> str:
    return (
        f'<svg {at(place)}><path fill="{colour(paint["fill_color"])}" stroke="{colour(paint["line_color"])}" '
        f'stroke-width="{glyph.line_width:g}" d="{marker_path(shape, glyph.size / 2.0)}"/></svg>'
    )


def _names(labels: Labels, tape: Tape, rows: Mapping[str, Rows], frame: Frame) -> Iterator[str]:
    running = [track for track in tape.tracks if track.active]
    heads = [rows[track.head.id] for track in running]
    places = np.array([frame.place(head[labels.x], head[labels.y])[0] for head in heads]).reshape(-1, 2)
    seen = np.flatnonzero(inside(places)).tolist()
    for i, name in zip(seen, place_names([running[i].label for i in seen], places[seen]), strict=True):
        yield _name(name, places[i, 0], running[i].series)


def _name(name: PlacedName, across: float, series: str) -> str:
    first = name.down - 0.5 * LINE * (len(name.lines) - 1) + MIDDLE
    lines = "".join(
        f'<tspan x="0" dy="{LINE if i else first:.2f}em">{escape(line)}</tspan>'
        for i, line in enumerate(name.lines)
    )
    side, place = "right" if name.right else "left", np.array([across, name.middle])
    return f'<svg {at(place)}><text class="name {side}" fill="var(--name-{series})">{lines}</text></svg>'
