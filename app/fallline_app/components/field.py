"""A field on a plane as a heat map: a coloured cell around each sample, and above the frame the colours with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.models import HoverTool, Image, LinearColorMapper

from fallline_app.components.colour_scale import HIGHEST
from fallline_app.components.models import ColourBar, RankReading
from fallline_app.components.plots import draw, empty_source, new_plot
from fallline_app.components.theme import themed

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from fallline_app.components.colour_scale import ColourScale

# Of the image of an uneven grid, whose cells are as wide as they are far apart: so many pixels each way.
PIXELS = 192


class FieldMap:
    """A plot of a field, and changes to another field; what else belongs on its plane can be drawn over it.

    The title says what is shown and in which unit; `palette` is "field", dark at one end, "balance", pale in the middle, or "height", as maps have it.
    """

    def __init__(self, x_label: str, y_label: str, title: str, palette: str = "field") -> None:
        self.plot = themed(new_plot(x_label, y_label), min_border_top="bar-room")
        self._cells = empty_source("image", "x", "y", "dw", "dh")
        self._bar = ColourBar(title=title, palette=palette)
        self.plot.add_layout(self._bar)
        self._reading = RankReading()
        self._draw(palette)

    def show(self, x: ArrayLike, y: ArrayLike, values: ArrayLike, scale: ColourScale) -> None:
        """Show values of shape (y, x), row by row from the lowest y; each colours what is nearest to its place."""
        across, up = cell_edges(np.asarray(x, float)), cell_edges(np.asarray(y, float))
        self.plot.x_range.update(start=across[0], end=across[-1], reset_start=across[0], reset_end=across[-1])
        self.plot.y_range.update(start=up[0], end=up[-1], reset_start=up[0], reset_end=up[-1])
        image = scale.ranks(values)[np.ix_(pixels(up), pixels(across))]
        self._bar.marks = scale.marks()
        self._reading.update(low=scale.low, high=scale.high, by_ratio=scale.by_ratio)
        self._cells.data = {
            "image": [image],
            "x": [across[0]],
            "y": [up[0]],
            "dw": [across[-1] - across[0]],
            "dh": [up[-1] - up[0]],
        }

    def _draw(self, palette: str) -> None:
        mapper = LinearColorMapper(palette=[], low=0, high=HIGHEST)
        image = Image(
            image="image",
            x="x",
            y="y",
            dw="dw",
            dh="dh",
            color_mapper=themed(mapper, palette=palette, high_color="no-number"),
        )
        cells = draw(self.plot, self._cells, image)
        self.plot.add_tools(
            HoverTool(
                renderers=[cells],
                tooltips=[("x, y", "$x{%.3g}, $y{%.3g}"), (self._bar.title, "@image{0}")],
                formatters={"$x": "printf", "$y": "printf", "@image": self._reading},
                visible=False,
            )
        )


def cell_edges(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where one sample's cell ends and the next one's begins: midway, and as far beyond the first and the last."""
    middles = 0.5 * (places[:-1] + places[1:])
    first, last = 2.0 * places[0] - middles[0], 2.0 * places[-1] - middles[-1]
    return np.concatenate([[first], middles, [last]])


def pixels(edges: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the cell that each pixel of an image shows: one pixel a cell where they are even, else `PIXELS` in all."""
    widths = np.diff(edges)
    if np.ptp(widths) <= 1e-6 * widths[0]:
        return np.arange(widths.size)
    middles = edges[0] + (edges[-1] - edges[0]) * (np.arange(PIXELS) + 0.5) / PIXELS
    return np.asarray(np.searchsorted(edges, middles) - 1)
