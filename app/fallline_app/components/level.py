"""A level that a run has to reach, or to stay below: a line across a plot, with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bokeh.core.properties import field
from bokeh.models import Line, Text

from fallline_app.components.plots import draw, empty_source

if TYPE_CHECKING:
    from bokeh.models import Plot

# In pixels, from the line's beginning to its name, and from its middle to that of the name.
ASIDE, AWAY = 3, 12


class Level:
    """A line that keeps still while a run is played; its name stands above it, or below."""

    def __init__(self, plot: Plot, token: str, name: str, *, above: bool = True, **line: Any) -> None:
        self._line, self._name = empty_source("x", "y"), empty_source("x", "y", "text", "shift")
        self._shift = -AWAY if above else AWAY
        draw(plot, self._line, Line(x="x", y="y", **line), line_color=token)
        text = Text(
            x="x", y="y", text=field("text"), anchor="center_left", x_offset=ASIDE, y_offset=field("shift"),
            text_font_size="12px", padding=2,
        )  # fmt: skip
        draw(plot, self._name, text, text_color=name, background_fill_color="label-halo")

    def show(self, ends: tuple[float, float], value: float, text: str, at: float | None = None) -> None:
        """Draw it between two places, with its name from `at` on, or from its beginning."""
        self._line.data = {"x": list(ends), "y": [value, value]}
        place = ends[0] if at is None else at
        self._name.data = {"x": [place], "y": [value], "text": [text], "shift": [float(self._shift)]}
