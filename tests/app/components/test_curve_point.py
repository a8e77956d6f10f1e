from __future__ import annotations

import numpy as np

from fallline_app.components.curve_point import CurvePlot, curve_settings
from fallline_app.curve_point import CurvePoint
from fallline_app.curves import OWN


def test_point_that_is_moved_is_where_one_looks() -> None:
    model = CurvePoint()
    plot = CurvePlot(model)

    plot.point.point = (-1.25, 9.0)

    assert model.x == -1.25


def test_plot_shows_the_curve_that_is_chosen() -> None:
    model = CurvePoint()
    plot = CurvePlot(model)
    model.curve = "np.sin(x)"

    plot.show()

    (renderer,) = plot.plot.renderers
    x = renderer.data_source.data["x"]
    np.testing.assert_array_equal(renderer.data_source.data["y"], np.sin(x))
    assert (plot.plot.x_range.start, plot.plot.x_range.end) == model.chosen.domain


def test_field_for_a_function_of_ones_own_is_there_when_it_is_asked_for() -> None:
    model = CurvePoint()
    _, own, _ = curve_settings(model)
    before = own.shown

    model.curve = OWN

    assert (before, own.shown) == (False, True)
