from __future__ import annotations

from typing import Literal

import pytest
from bokeh.models import LinearScale, LogAxis, LogScale, Scatter

from fallline_app.components.plots import draw, empty_source, fit_log, new_plot


@pytest.mark.parametrize(("scale", "kind"), [("linear", LinearScale), ("log", LogScale)])
def test_plot_has_the_scale_and_the_labels_that_are_asked_for(
    scale: Literal["linear", "log"], kind: type
) -> None:
    plot = new_plot("step", "loss", y_scale=scale)

    assert isinstance(plot.y_scale, kind)
    assert isinstance(plot.yaxis[0], LogAxis) == (scale == "log")
    assert (plot.xaxis[0].axis_label, plot.yaxis[0].axis_label) == ("step", "loss")
    assert len(plot.grid) == 2


def test_glyph_is_drawn_for_a_source_and_tagged() -> None:
    plot, source = new_plot("x", "y"), empty_source("x", "y")

    drawn = draw(plot, source, Scatter(x="x", y="y"), fill_color="water")

    assert plot.renderers == [drawn]
    assert drawn.data_source is source
    assert drawn.glyph.tags == ["fill_color=water"]


def test_empty_source_has_its_columns() -> None:
    assert empty_source("a", "b").data == {"a": [], "b": []}


@pytest.mark.parametrize(
    ("low", "high", "named"),
    [(0.02, 1.4, [0.03, 0.1, 0.3, 1.0]), (1e-4, 20.0, [1e-4, 1e-3, 0.01, 0.1, 1.0, 10.0]), (0.4, 0.6, [])],
)
def test_log_axis_names_round_numbers_that_it_shows(low: float, high: float, named: list[float]) -> None:
    plot = new_plot("x", "y", y_scale="log", round_y=True)

    fit_log(plot.yaxis[0], plot.y_range, low, high)

    assert (plot.y_range.start, plot.y_range.end) == (low, high)
    assert plot.yaxis[0].ticker.ticks == pytest.approx(named)
