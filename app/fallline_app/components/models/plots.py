"""What a plot gets beyond Bokeh's own: tools to point and to paint with, and the colours of a field."""

from __future__ import annotations

from bokeh.core.properties import Bool, Float, Instance, List, String, Tuple
from bokeh.models import ColumnDataSource, CustomJSHover, Tool
from bokeh.models.annotations import Annotation

from fallline_app.components.models.settings import Painting


class PointTool(Tool):
    """Puts a point where one clicks, taps or drags.

    Python sets `point` alone: in a drag the page is ahead of Python, and draws the marker where its pointer is.
    """

    title = String("Start", help="What the point is, for those who hear the page.")
    point = Tuple(Float, Float)
    source = Instance(ColumnDataSource, help="Shows the point: one row, x and y, that the page writes.")


class BrushTool(Tool):
    """Paints on a plot while its painting is shown; the page draws what is painted before Python hears of it."""

    painting = Instance(Painting)
    learnt = Instance(ColumnDataSource, help="Shows the points: x, y, kind, marker and name.")
    tested = Instance(ColumnDataSource, help="Shows others of them, in the same columns.")
    ring = Instance(ColumnDataSource, help="Shows the brush: x and y, written by the page.")
    markers = List(String, help="The marker of each class.")


class ColourBar(Annotation):
    """The colours of a field with their numbers, above the frame of the plot that it is laid into."""

    title = String(help="What the numbers are, and their unit.")
    palette = String("field", help="The tokens of the colours, without their numbers.")
    marks = List(Tuple(Float, String), help="Where each number stands, from 0 to 1, and how it is written.")


class RankReading(CustomJSHover):
    """Reads the number off the rank that a cell of a field has (`colour_scale`)."""

    low = Float(0.0)
    high = Float(1.0)
    by_ratio = Bool(False)
