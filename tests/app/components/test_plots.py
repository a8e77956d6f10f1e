from __future__ import annotations

from typing import Literal

import pytest
from bokeh.models import LinearScale, LogAxis, LogScale, Scatter

from fallline_app.components.plots import draw, empty_source, new_plot


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
