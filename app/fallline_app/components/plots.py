"""Plots as the pages draw them, made of Bokeh's models alone.

`bokeh.plotting` would be shorter by some lines; importing it took 7 MiB more of Pyodide's memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bokeh.models import (
    BasicTicker,
    BasicTickFormatter,
    ColumnDataSource,
    Grid,
    LinearAxis,
    LinearScale,
    LogAxis,
    LogScale,
    LogTicker,
    Plot,
    Range1d,
)

from fallline_app.components.theme import themed

if TYPE_CHECKING:
    from bokeh.models import Glyph, GlyphRenderer


# In pixels. What stands beside a frame must fit into the room that `site/static/tokens.css` keeps for it (axis-room): then
# the frame is where a still of the plot has it.
NARROW = {"major_tick_out": 4, "axis_label_standoff": 3}


def new_plot(x_label: str, y_label: str, y_scale: Literal["linear", "log"] = "linear") -> Plot:
    """Return an empty plot with its axes and grid, as large as the place it gets."""
    log = y_scale == "log"
    plot = Plot(
        x_range=Range1d(),
        y_range=Range1d(),
        x_scale=LinearScale(),
        y_scale=LogScale() if log else LinearScale(),
        sizing_mode="stretch_both",
        toolbar_location=None,
    )
    x_axis = LinearAxis(axis_label=x_label, ticker=BasicTicker(), formatter=BasicTickFormatter(), **NARROW)
    y_axis = (
        LogAxis(axis_label=y_label, ticker=LogTicker(), formatter=BasicTickFormatter(precision=0), **NARROW)
        if log
        else LinearAxis(axis_label=y_label, ticker=BasicTicker(), formatter=BasicTickFormatter(), **NARROW)
    )
    plot.add_layout(x_axis, "below")
    plot.add_layout(y_axis, "left")
    plot.add_layout(Grid(axis=x_axis, dimension=0))
    plot.add_layout(Grid(axis=y_axis, dimension=1))
    return plot


def draw(plot: Plot, source: ColumnDataSource, glyph: Glyph, **tokens: str) -> GlyphRenderer:
    """Draw a glyph for every row of `source`; `tokens` name the colours of its properties."""
    return plot.add_glyph(source, themed(glyph, **tokens))


def empty_source(*columns: str) -> ColumnDataSource:
    """Return a source with these columns, to be filled later, here or in the browser."""
    return ColumnDataSource({column: [] for column in columns})
