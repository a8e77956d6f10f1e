"""What else of a run follows the player's step: how the next moves scatter, lines among data, the current batch.

The page draws all of it by itself (`site/static/models`); `stand` draws it once in Python, for the still of the run's end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import Line, MultiLine, Scatter

from fallline_app.components.models import BatchMarks, Fits, Spreads
from fallline_app.components.plots import draw, draw_moving, empty_source
from fallline_app.components.tracks import CUES, Tooltip, read_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bokeh.models import ColumnDataSource, GlyphRenderer, Plot
    from numpy.typing import NDArray

    from fallline_app.components.models import Track

    Frame = Mapping[str, float]
    Lines = list[tuple[NDArray[np.float64], NDArray[np.float64]]]

# The widths of an ellipse, and of what is drawn under it.
WIDTH, CASING = 1.8, 4.5
# Points of an ellipse, and standard deviations that are drawn: as in `spreads.js`.
POINTS, RADII = 48, (1.0, 2.0)
# How a sample is drawn whose turn is not now: its size, its marker, and the tokens of its line and its area.
TURNS = {
    "before": (5, "circle", "quiet", "quiet"),
    "after": (5, "circle", "quiet", "sheet"),
    "never": (8, "triangle", "alarm", "sheet"),
}
SAMPLE = [Tooltip("sample", ("number",), "%d"), Tooltip("x, y", ("x", "y"), "%.4f")]
PLACE = [Tooltip("place", ("x",), "%d"), Tooltip("sample", ("y",), "%d")]


def draw_spreads(plot: Plot, tracks: Sequence[Track], x: str, y: str) -> Spreads:
    """Draw in `plot`, which shows the columns `x` and `y`, where the next move of each track leads, and how it scatters."""
    lines = [(track.series, empty_source("xs", "ys")) for track in tracks]
    # Over the paths, and cased, so that an ellipse is seen on its own path's tangle.
    for series, source in lines:
        draw_moving(plot, source, MultiLine(xs="xs", ys="ys", line_width=CASING), line_color="casing")
        draw_moving(plot, source, MultiLine(xs="xs", ys="ys", line_width=WIDTH), line_color=series)
    return Spreads(x=x, y=y, lines=lines)


def draw_fits(plot: Plot, tracks: Sequence[Track]) -> Fits:
    """Draw the line of each track among its data."""
    lines = [(track.series, empty_source("x", "y")) for track in tracks]
    for series, source in lines:
        line = Line(x="x", y="y", line_width=2.2, line_dash=CUES[series].dash)
        draw_moving(plot, source, line, line_color=series)
    return Fits(lines=lines)


def draw_batch(among: Plot, order: Plot, samples: ColumnDataSource, tracks: Sequence[Track]) -> BatchMarks:
    """Draw data (x, y and number) in one plot, with the current batch marked, and in another the order of its epoch."""
    dots = Scatter(x="x", y="y", size=6, line_width=1)
    read_out(among, [draw(among, samples, dots, line_color="quiet", fill_color="sheet")], SAMPLE)
    marked, now = ([(track.series, empty_source("x", "y")) for track in tracks] for _ in range(2))
    others = [(turn, empty_source("x", "y")) for turn in TURNS]
    asked = [_dots(order, source, *TURNS[turn]) for turn, source in others]
    for series, source in marked:
        _dots(among, source, 10, "circle", "sheet", series)
    asked += [_dots(order, source, 9, "circle", "sheet", series) for series, source in now]
    read_out(order, asked, PLACE)
    return BatchMarks(samples=samples, marked=marked, now=now, others=others)


def _dots(
    plot: Plot, source: ColumnDataSource, size: int, marker: str, line: str, area: str
) -> GlyphRenderer:
    dots = Scatter(x="x", y="y", size=size, marker=marker, line_width=1)
    return draw_moving(plot, source, dots, line_color=line, fill_color=area)


def stand(follower: Spreads | Fits | BatchMarks, heads: Mapping[str, Frame]) -> None:
    """Draw what follows the step as the page would with these heads, by their series."""
    if isinstance(follower, BatchMarks):
        _mark(follower, heads.get(follower.watched))
        return
    for series, source in follower.lines:
        frame = heads.get(series)
        if isinstance(follower, Spreads):
            lines = [] if frame is None else scattered(frame, follower.x, follower.y)
            source.data = {"xs": [x for x, _ in lines], "ys": [y for _, y in lines]}
        elif frame is not None:
            grid = np.array(follower.grid)
            source.data = {"x": grid, "y": fitted(frame, grid, follower.logistic)}


def scattered(frame: Frame, x: str, y: str) -> Lines:
    """Return the mean move from a frame's place, and around its end ellipses of one and two standard deviations."""
    mean = np.array([frame["mid_x"], frame["mid_y"]])
    xx, xy, yy = (frame[name] for name in ("cov_xx", "cov_xy", "cov_yy"))
    if not np.isfinite([*mean, xx, xy, yy]).all():
        return []
    move = np.array([frame[x], mean[0]]), np.array([frame[y], mean[1]])
    if xx + yy == 0.0:
        return [move]
    a = np.sqrt(xx)
    b = xy / a if a > 0.0 else 0.0
    c = np.sqrt(max(yy - b * b, 0.0))
    turns = np.linspace(0.0, 2.0 * np.pi, POINTS + 1)
    cos, sin = np.cos(turns), np.sin(turns)
    return [move, *((mean[0] + r * a * cos, mean[1] + r * (b * cos + c * sin)) for r in RADII)]


def fitted(frame: Frame, places: NDArray[np.float64], logistic: bool) -> NDArray[np.float64]:
    """Return the line of a frame at these places, or the probability that goes with it."""
    outputs = frame["slope"] * places + frame["intercept"]
    with np.errstate(over="ignore"):
        return np.asarray(1.0 / (1.0 + np.exp(-outputs)) if logistic else outputs)


def _mark(marks: BatchMarks, frame: Frame | None) -> None:
    if frame is None:
        return
    order = np.asarray(marks.order)[int(frame["epoch"])]
    place = np.arange(len(order))
    begin, end = frame["begin"], frame["begin"] + frame["size"]
    roles = np.select(
        [place >= marks.used, place < begin, place < end], ["never", "before", "now"], default="after"
    )
    data, now = marks.samples.data, order[roles == "now"]
    for series, source in marks.marked:
        if series == marks.watched:
            source.data = {"x": np.asarray(data["x"])[now], "y": np.asarray(data["y"])[now]}
    named = [("now", source) for series, source in marks.now if series == marks.watched]
    for role, source in [*named, *marks.others]:
        source.data = {"x": place[roles == role] + 1.0, "y": order[roles == role] + 1.0}
