from __future__ import annotations

import numpy as np
import pytest
from bokeh.models import HoverTool

from fallline_app.components import models
from fallline_app.components.classes import MARKERS, ClassPoints, draw_tints
from fallline_app.components.plots import new_plot
from fallline_app.tints import CLASSES


def test_every_class_has_a_marker_of_its_own() -> None:
    assert len(set(MARKERS)) == CLASSES


@pytest.mark.parametrize("tested", [False, True])
def test_points_are_shown_with_the_marker_and_the_name_of_their_class(tested: bool) -> None:
    points = ClassPoints(new_plot("x", "y"))

    points.show(np.array([[1.0, 2.0, 9.0], [3.0, 4.0, 9.0]]), np.array([1, 0]), ["A", "B"], tested)

    shown, other = (points.tested, points.learnt) if tested else (points.learnt, points.tested)
    assert shown.data["marker"] == [MARKERS[1], MARKERS[0]]
    assert [name[0] for name in shown.data["name"]] == ["B", "A"]
    assert ("tested" in shown.data["name"][0]) == tested
    assert len(other.data["x"]) == 0


def test_brush_paints_on_the_points() -> None:
    plot = new_plot("x", "y")
    points, painting = ClassPoints(plot), models.Painting()

    points.add_brush(plot, painting)

    (brush,) = (tool for tool in plot.tools if isinstance(tool, models.BrushTool))
    assert (brush.painting, brush.learnt, brush.tested) == (painting, points.learnt, points.tested)
    assert any(isinstance(tool, HoverTool) for tool in plot.tools)


def test_film_lies_under_the_points() -> None:
    plot = new_plot("x", "y")

    film = draw_tints(plot)
    ClassPoints(plot)

    assert plot.renderers[0].data_source is film
