"""The axes of a still: grid, ticks and their labels, and the names of the axes, beside the frame as BokehJS has them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bokeh.models import FixedTicker, LogAxis

from fallline_app.components.still import ticks
from fallline_app.components.still.frame import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bokeh.models import Axis, Plot

    from fallline_app.components.still.frame import Frame, Scale

# In sizes of the name of an axis: how wide a letter of a tick's label is, and the room between the labels and the name.
LETTER, BETWEEN = 0.45, 0.6


def draw_axes(plot: Plot, frame: Frame) -> Iterator[str]:
    """Draw the axes of a plot below and left of its frame."""
    for axis in plot.below:
        for label, share in _labelled(axis, frame.x):
            place, tick = percent(share), f'<path class="tick" d="M0 0v{axis.major_tick_out}"/>'
            yield f'<line class="grid" x1="{place}" x2="{place}" y2="100%"/>'
            yield f'<svg x="{place}" y="100%">{tick}<text class="below">{label}</text></svg>'
        yield f'<svg x="50%" y="100%"><text class="x-name">{escape(axis.axis_label)}</text></svg>'
    for axis in plot.left:
        for label, share in _labelled(axis, frame.y):
            place, tick = percent(1.0 - share), f'<path class="tick" d="M0 0h-{axis.major_tick_out}"/>'
            yield f'<line class="grid" y1="{place}" y2="{place}" x2="100%"/>'
            yield f'<svg y="{place}">{tick}<text class="before">{label}</text></svg>'
        room = LETTER * max((len(label) for label, _ in _labelled(axis, frame.y)), default=0) + BETWEEN
        yield f'<svg y="50%"><text class="y-name" dy="-{room:.2f}em">{escape(axis.axis_label)}</text></svg>'


def _labelled(axis: Axis, scale: Scale) -> list[tuple[str, float]]:
    """Return the label of each tick, and where it is on its scale."""
    if isinstance(axis.ticker, FixedTicker):
        places = [place for place in axis.ticker.ticks if 0.0 <= scale.share([place])[0] <= 1.0]
        labels = ticks.tick_labels(places, precision=0 if axis.formatter.precision == 0 else 3)
    elif isinstance(axis, LogAxis):
        places = ticks.log_ticks(scale.low, scale.high)
        labels = ticks.tick_labels(places, precision=axis.formatter.precision)
    else:
        places = ticks.linear_ticks(scale.low, scale.high)
        labels = ticks.tick_labels(places)
    return list(zip(labels, scale.share(places).tolist(), strict=True))
