"""Plots as the pages draw them, made of Bokeh's models alone.

`bokeh.plotting` would be shorter by some lines; importing it took 7 MiB more of Pyodide's memory.
"""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING, Literal

import numpy as np
from bokeh.models import (
    BasicTicker,
    BasicTickFormatter,
    ColumnDataSource,
    FixedTicker,
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
    from collections.abc import Sequence

    from bokeh.models import Axis, Glyph, GlyphRenderer, Scale
    from numpy.typing import ArrayLike


# In pixels. What stands beside a frame must fit into the room that `site/static/tokens.css` keeps for it (axis-room): then
# the frame is where a still of the plot has it.
NARROW = {"major_tick_out": 4, "axis_label_standoff": 3}

# The room around what an axis shows, as a share of its extent; and the least extent, also as a share of its numbers,
# since the digits of the ticks have to differ.
MARGIN, LEAST_EXTENT = 0.15, 1e-3
# Of a log axis with ticks of its own: below so many decades there are two a decade, and never more than so many.
FEW_DECADES, MOST_TICKS = 2.5, 12

# Between these BokehJS writes the ticks of an axis without powers of ten.
LEAST_PLAIN, LEAST_SCIENTIFIC = 1e-3, 1e5

Scaling = Literal["linear", "log"]


def new_plot(
    x_label: str,
    y_label: str,
    *,
    x_scale: Scaling = "linear",
    y_scale: Scaling = "linear",
    x_ticks: Sequence[float] = (),
    round_y: bool = False,
) -> Plot:
    """Return an empty plot with its axes and grid, as large as the place it gets; `x_ticks` where Bokeh's own crowd.

    `round_y` is for `fit_log`, which names the ticks of an axis that may show less than a decade.
    """
    plot = Plot(
        x_range=Range1d(),
        y_range=Range1d(),
        x_scale=_scale(x_scale),
        y_scale=_scale(y_scale),
        sizing_mode="stretch_both",
        toolbar_location=None,
    )
    x_axis, y_axis = _axis(x_label, x_scale, x_ticks), _axis(y_label, y_scale)
    if round_y:
        y_axis.update(ticker=FixedTicker(), formatter=BasicTickFormatter())
    plot.add_layout(x_axis, "below")
    plot.add_layout(y_axis, "left")
    plot.add_layout(Grid(axis=x_axis, dimension=0))
    plot.add_layout(Grid(axis=y_axis, dimension=1))
    return plot


def _scale(scaling: Scaling) -> Scale:
    return LogScale() if scaling == "log" else LinearScale()


def _axis(label: str, scaling: Scaling, ticks: Sequence[float] = ()) -> Axis:
    fixed = FixedTicker(ticks=list(ticks)) if ticks else None
    if scaling == "log":
        formatter = BasicTickFormatter(precision=0)
        return LogAxis(axis_label=label, ticker=fixed or LogTicker(), formatter=formatter, **NARROW)
    return LinearAxis(
        axis_label=label, ticker=fixed or BasicTicker(), formatter=BasicTickFormatter(), **NARROW
    )


def draw(plot: Plot, source: ColumnDataSource, glyph: Glyph, **tokens: str) -> GlyphRenderer:
    """Draw a glyph for every row of `source`; `tokens` name the colours of its properties."""
    return plot.add_glyph(source, themed(glyph, **tokens))


def draw_moving(plot: Plot, source: ColumnDataSource, glyph: Glyph, **tokens: str) -> GlyphRenderer:
    """Draw what a player moves, above all else: a frame of it repaints no landscape (`site/static/moving.js`)."""
    renderer = draw(plot, source, glyph, **tokens)
    renderer.level = "overlay"
    return renderer


def fit_log(axis: Axis, values: Range1d, low: float, high: float) -> None:
    """Let a logarithmic axis show numbers from `low` to `high`, and name round ones, be they less than a decade apart."""
    values.update(start=low, end=high)
    decades = range(floor(log10(low)), ceil(log10(high)) + 1)
    factors = (1.0, 3.0) if log10(high / low) < FEW_DECADES else (1.0,)
    ticks = [factor * 10.0**power for power in decades for factor in factors]
    axis.ticker.ticks = [tick for tick in ticks if low <= tick <= high][:: len(ticks) // MOST_TICKS + 1]


def fit(axis: Range1d, values: ArrayLike) -> None:
    """Let an axis show those values that are finite, and some room around them; around 0 where none is."""
    finite = np.asarray(values, dtype=float)
    finite = finite[np.isfinite(finite)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (-1.0, 1.0)
    room = MARGIN * max(high - low, LEAST_EXTENT * max(1.0, abs(low), abs(high)))
    axis.update(start=low - room, end=high + room)


def fit_decades(plot: Plot, low: float, high: float) -> None:
    """Let the logarithmic y axis of a plot reach from `low` to `high`, with as many decimals as its smallest tick needs."""
    plot.y_range.update(start=low, end=high)
    plain = low > LEAST_PLAIN and high < LEAST_SCIENTIFIC
    plot.yaxis[0].formatter.precision = max(0, -floor(log10(low))) if plain else 0


def empty_source(*columns: str) -> ColumnDataSource:
    """Return a source with these columns, to be filled later, here or in the browser."""
    return ColumnDataSource({column: [] for column in columns})
