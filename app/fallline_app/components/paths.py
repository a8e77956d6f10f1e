"""Paths that follow the player: what a simulation does at each step, two bytes a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import HoverTool, Line

from fallline_app.components.models import Paths
from fallline_app.components.plots import draw_moving, empty_source
from fallline_app.components.tracks import CASING, CUES, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bokeh.models import Plot
    from numpy.typing import NDArray

    from fallline_app.components.models import Track

    Range = tuple[float, float]

# Past the end of a path; one less is a share of 1.
NONE = 65_535
WHOLE = NONE - 1


def encoded(paths: NDArray[np.float64], x: Range, y: Range) -> NDArray[np.uint16]:
    """Return paths of shape (paths, 2, points), NaN past the end of each, as shares of two ranges; what is beyond is at the end."""
    low, high = (np.array(ends)[None, :, None] for ends in zip(x, y, strict=True))
    shares = np.clip((paths - low) / (high - low), 0.0, 1.0)
    numbers: NDArray[np.uint16] = np.nan_to_num(np.round(WHOLE * shares), nan=NONE).astype(np.uint16)
    return numbers


def draw_paths(plot: Plot, tracks: Sequence[Track], column: str) -> Paths:
    """Draw a path for each track in `plot`, that of its current step; `column` of the tape says which one it is."""
    sources = [empty_source("x", "y") for _ in tracks]
    for source in sources:
        casing = Line(x="x", y="y", line_width=CASING, line_join="round", line_cap="round")
        draw_moving(plot, source, casing, line_color="casing")
    lines = []
    for track, source in zip(tracks, sources, strict=True):
        line = Line(x="x", y="y", line_width=WIDTH, line_dash=CUES[track.series].dash)
        lines.append(draw_moving(plot, source, line, line_color=track.series))
        lines[-1].name = track.label
    tips = [("track", "$name"), ("here", "@x{%.2f}, @y{%.2f}")]
    printed = {"@x": "printf", "@y": "printf"}
    plot.add_tools(HoverTool(renderers=lines, tooltips=tips, formatters=printed, visible=False))
    return Paths(column=column, sources=sources)
