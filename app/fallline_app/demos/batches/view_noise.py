"""The plot of the noise against the size of a batch: by the formula, by its simpler form, and as measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bokeh.models import Line, Scatter

from fallline_app.components.plots import draw, empty_source, fit_log, new_plot
from fallline_app.components.tracks import Tooltip, read_out

if TYPE_CHECKING:
    from fallline_app.demos.batches.law import Law

# Of an axis on which Bokeh's own ticks crowd.
SIZES = (1, 2, 5, 10, 20, 50, 100, 200)
MEASURED = [Tooltip("samples", ("x",), "%d"), Tooltip("measured noise", ("y",), "%.4g")]


class NoiseChart:
    """How the noise falls with the size of a batch, at the start."""

    def __init__(self) -> None:
        x, y = "samples in a batch", "noise of the gradient"
        self.plot = new_plot(x, y, x_scale="log", y_scale="log", x_ticks=SIZES, round_y=True)
        self._simple, self._exact, self._measured = (empty_source("x", "y") for _ in range(3))
        broad = Line(x="x", y="y", line_width=5, line_alpha=0.4)
        draw(self.plot, self._simple, broad, line_color="contour")
        draw(self.plot, self._exact, Line(x="x", y="y", line_width=2.2), line_color="ink")
        dots = Scatter(x="x", y="y", size=9, line_width=1.5)
        measured = draw(self.plot, self._measured, dots, line_color="sheet", fill_color="focus")
        read_out(self.plot, [measured], MEASURED)
        self._law: Law | None = None

    def show(self, law: Law) -> None:
        """Show a law, unless it is the one that is shown."""
        if law is self._law:
            return
        self._law = law
        self._simple.data = {"x": law.sizes, "y": law.simple}
        seen = law.exact > 0.0
        self._exact.data = {"x": law.sizes[seen], "y": law.exact[seen]}
        self._measured.data = {"x": law.tried, "y": law.measured}
        most = float(law.sizes[-1])
        self.plot.x_range.update(start=0.8, end=most * 1.25)
        self.plot.below[0].ticker.ticks = [size for size in SIZES if size <= most]
        top = float(law.simple[0]) or 1.0
        low = top / most**0.5 / 3.0
        fit_log(self.plot.yaxis[0], self.plot.y_range, low, top * 1.5)
