"""Points of several classes on a plot, or with a number each, and a tint that says what something takes each place for.

A class has a colour and a marker; points that nothing is learnt from are hollow. Numbers have the tints of two classes,
below 0 and above, and stand on the same tints: what disappears is right; points that nothing is learnt from are diamonds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from bokeh.core.properties import field
from bokeh.models import ColumnDataSource, HoverTool, Image, LinearColorMapper, Scatter

from fallline_app.components.colour_scale import ColourScale
from fallline_app.components.models import BrushTool, ColourBar, Film
from fallline_app.components.plots import draw, empty_source
from fallline_app.components.theme import themed
from fallline_app.tints import CLASSES, SHADES, signed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bokeh.models import GlyphRenderer, Plot
    from numpy.typing import NDArray

    from fallline_app.components.models import Painting

    Numbered = tuple[NDArray[np.float64], NDArray[np.float64]]

MARKERS = ("circle", "square", "triangle", "diamond", "inverted_triangle", "hex", "star", "circle_dot")
COLUMNS = ("x", "y", "kind", "marker", "name")


def class_colours() -> LinearColorMapper:
    """Return what gives each class its colour, by its number."""
    return themed(LinearColorMapper(palette=[], low=-0.5, high=CLASSES - 0.5), palette="each:class")


def tint_colours() -> LinearColorMapper:
    """Return what gives each tint its colour (`fallline_app.tints`)."""
    mapper = LinearColorMapper(palette=[], low=-0.5, high=CLASSES * SHADES - 0.5)
    return themed(mapper, palette="tints:class")


class ClassPoints:
    """Points to learn from, and hollow ones to be tested on."""

    def __init__(self, plot: Plot) -> None:
        self.learnt, self.tested = empty_source(*COLUMNS), empty_source(*COLUMNS)
        self.numbered = empty_source(*COLUMNS)
        drawn = [
            self._draw(plot, self.tested, fill_color="sheet", line="kind"),
            self._draw(plot, self.learnt, line_color="casing", line=""),
            self._draw_numbers(plot),
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

    def _draw_numbers(self, plot: Plot) -> GlyphRenderer:
        glyph = Scatter(x="x", y="y", marker=field("marker"), size=9, line_width=1)
        glyph.fill_color = {"field": "kind", "transform": tint_colours()}
        return draw(plot, self.numbered, glyph, line_color="ink")

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

    def show_numbers(
        self, learnt: Numbered, tested: Numbered, reach: float, write: Callable[[float], str]
    ) -> None:
        """Show points, shape (n, 2 or more), with a number each, shape (n,), instead of classes; `write` says the numbers."""
        for source in (self.learnt, self.tested):
            source.data = {name: [] for name in COLUMNS}
        points = np.concatenate([learnt[0][:, :2], tested[0][:, :2]]).astype(np.float32)
        numbers = np.concatenate([learnt[1], tested[1]])
        uses = ["learnt from"] * len(learnt[1]) + ["tested on"] * len(tested[1])
        self.numbered.data = {
            "x": points[:, 0],
            "y": points[:, 1],
            "kind": signed(numbers, reach),
            "marker": ["circle" if use == "learnt from" else "diamond" for use in uses],
            "name": [f"{write(number)}, {use}" for number, use in zip(numbers.tolist(), uses, strict=True)],
        }

    def show(
        self, points: NDArray[np.float64], classes: NDArray[np.int64], names: Sequence[str], tested: bool
    ) -> None:
        """Show points, shape (n, 2 or more), of which the first two columns are drawn."""
        if len(self.numbered.data["x"]):
            self.numbered.data = {name: [] for name in COLUMNS}
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
    draw(plot, film, Image(image="image", x="x", y="y", dw="dw", dh="dh", color_mapper=tint_colours()))
    return film


class NumberBar:
    """Which tint has which number, above the frame of a plot, as long as numbers are shown there."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._bar = ColourBar(palette="tints:class", visible=False)
        plot.add_layout(self._bar)

    def show(self, title: str, middle: float, reach: float) -> None:
        """Show the numbers from `reach` below the middle to as far above."""
        scale = ColourScale(middle - reach, middle + reach)
        self._bar.update(title=title, marks=scale.marks(), visible=True)
        self._plot.tags = ["min_border_top=bar-room"]

    def hide(self) -> None:
        """Show no numbers."""
        self._bar.visible = False
        self._plot.tags = []
