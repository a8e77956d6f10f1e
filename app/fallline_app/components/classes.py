"""Points of several classes on a plot, and a tint that says which class something takes each place for.

A class has a colour and a marker; points that nothing is learnt from are hollow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.core.properties import field
from bokeh.models import ColumnDataSource, HoverTool, Image, LinearColorMapper, Scatter

from fallline_app.components.models import BrushTool, Film
from fallline_app.components.plots import draw, empty_source
from fallline_app.components.theme import themed
from fallline_app.tints import CLASSES, SHADES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bokeh.models import GlyphRenderer, Plot
    from numpy.typing import NDArray

    from fallline_app.components.models import Painting

MARKERS = ("circle", "square", "triangle", "diamond", "inverted_triangle", "hex", "star", "circle_dot")
COLUMNS = ("x", "y", "kind", "marker", "name")


def class_colours() -> LinearColorMapper:
    """Return what gives each class its colour, by its number."""
    return themed(LinearColorMapper(palette=[], low=-0.5, high=CLASSES - 0.5), palette="each:class")


class ClassPoints:
    """Points to learn from, and hollow ones to be tested on."""

    def __init__(self, plot: Plot) -> None:
        self.learnt, self.tested = empty_source(*COLUMNS), empty_source(*COLUMNS)
        drawn = [
            self._draw(plot, self.tested, fill_color="sheet", line="kind"),
            self._draw(plot, self.learnt, line_color="casing", line=""),
        ]
        plot.add_tools(
            HoverTool(renderers=drawn, tooltips=[("point", "@name"), ("at", "@x{%.3g}, @y{%.3g}")],
                formatters={"@x": "printf", "@y": "printf"}, visible=False)
        )  # fmt: skip

    @staticmethod
    def _draw(plot: Plot, source: ColumnDataSource, line: str, **tokens: str) -> GlyphRenderer:
        coloured = {"field": "kind", "transform": class_colours()}
        glyph = Scatter(x="x", y="y", marker=field("marker"), size=8, line_width=1.5)
        glyph.update(**{"line_color" if line else "fill_color": coloured})
        return draw(plot, source, glyph, **tokens)

    def add_brush(self, plot: Plot, painting: Painting) -> None:
        """Let the visitor paint on the plot while `painting` is shown."""
        ring = empty_source("x", "y")
        draw(plot, ring, Scatter(x="x", y="y", size=36, line_width=1.5), line_color="ink", fill_color="none")
        plot.add_tools(
            BrushTool(
                painting=painting,
                learnt=self.learnt,
                tested=self.tested,
                ring=ring,
                markers=list(MARKERS),
            )
        )

    def show(
        self, points: NDArray[np.float64], classes: NDArray[np.int64], names: Sequence[str], tested: bool
    ) -> None:
        """Show points, shape (n, 2 or more), of which the first two columns are drawn."""
        use = "tested on" if tested else "learnt from"
        source = self.tested if tested else self.learnt
        source.data = {
            "x": points[:, 0].astype(np.float32),
            "y": points[:, 1].astype(np.float32),
            "kind": classes.astype(np.uint8),
            "marker": [MARKERS[kind] for kind in classes],
            "name": [f"{names[kind]}, {use}" for kind in classes],
        }


def draw_tints(plot: Plot) -> Film:
    """Draw which class each place is taken for: pictures of bytes, class · SHADES + shade."""
    film = Film(data={name: [] for name in ("image", "x", "y", "dw", "dh")})
    mapper = themed(
        LinearColorMapper(palette=[], low=-0.5, high=CLASSES * SHADES - 0.5), palette="tints:class"
    )
    draw(plot, film, Image(image="image", x="x", y="y", dw="dw", dh="dh", color_mapper=mapper))
    return film
