"""A curve with a point on it: its plot, and its settings as widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bokeh.models import ColumnDataSource, Line

from fallline_app.components.models import PointTool
from fallline_app.components.plots import draw, empty_source, fit, new_plot
from fallline_app.components.settings import ChoiceSetting, bound, code_setting, number_setting
from fallline_app.curves import OPTIONS, OWN, own_curve

if TYPE_CHECKING:
    from panel.widgets.base import Widget

    from fallline_app.curve_point import CurvePoint


class CurvePlot:
    """The plot of a curve, and the tool that moves the point; what lies between them, and the point, is the demo's."""

    def __init__(self, model: CurvePoint) -> None:
        self._model = model
        self.plot = new_plot("x", "f(x)")
        self._source = empty_source("x", "y")
        source = ColumnDataSource({"x": [0.0], "y": [0.0]})
        self.point = PointTool(title="Point", point=(0.0, 0.0), source=source)
        self.plot.add_tools(self.point)
        self.point.on_change("point", lambda _attribute, _old, point: model.param.update(x=point[0]))
        draw(self.plot, self._source, Line(x="x", y="y", line_width=2.2), line_color="ink")

    def show(self) -> None:
        """Show the curve that is chosen."""
        curve = self._model.chosen
        x, y = curve.sample()
        self._source.data = {"x": x, "y": y}
        self.plot.x_range.update(start=curve.domain[0], end=curve.domain[1])
        fit(self.plot.y_range, curve.range())


def curve_settings(model: CurvePoint) -> list[Widget]:
    """Return the choice of a curve, what the visitor's own one is, and where the point is."""
    curve = bound(ChoiceSetting, model, "curve", options=OPTIONS)
    own = code_setting(model, "own", check=own_curve, label="f(x)", shown=model.curve == OWN)
    model.param.watch(lambda *_: own.param.update(shown=model.curve == OWN), "curve")
    return [curve, own, number_setting(model, "x")]
