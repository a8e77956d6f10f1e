"""Settings as widgets: a Panel widget for each kind, bound to a parameter and laid out by the page's own style sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import panel as pn
import param

from fallline_app.components import models

if TYPE_CHECKING:
    from bokeh.models.ui import UIElement

    from fallline.hyperparameters import Setting

# Panel's parameters for layout and style; None keeps them out of the document.
_STYLED_BY_THE_PAGE: dict[str, str | None] = dict.fromkeys(
    [
        *("align", "aspect_ratio", "css_classes", "design", "disabled", "height", "height_policy", "loading"),
        *("margin", "max_height", "max_width", "min_height", "min_width", "sizing_mode", "styles"),
        *("stylesheets", "tags", "visible", "width", "width_policy"),
    ]
)


class NumberSetting(pn.widgets.Widget):
    """A number on a slider, linear or logarithmic, that can also be typed."""

    value = param.Number(default=0.0)
    default = param.Number(default=0.0)
    start = param.Number(default=0.0)
    end = param.Number(default=1.0)
    scale = param.Selector(default="linear", objects=["linear", "log"])
    whole = param.Boolean(default=False)
    unit = param.String(default="")
    context = param.String(default="")
    help_text = param.String(default="")
    shown = param.Boolean(default=True)

    _widget_type: ClassVar[type] = models.NumberSetting
    _rename: ClassVar[dict[str, str | None]] = {**_STYLED_BY_THE_PAGE, "shown": "visible"}


class ChoiceSetting(pn.widgets.Widget):
    """One of a few named options; `options` holds pairs of value and label."""

    value = param.String(default="")
    options = param.List(default=[])
    help_text = param.String(default="")

    _widget_type: ClassVar[type] = models.ChoiceSetting
    _rename: ClassVar[dict[str, str | None]] = _STYLED_BY_THE_PAGE


class Group(pn.widgets.Widget):
    """Settings that belong together under one heading; `children` holds their Bokeh models."""

    value = param.Boolean(default=None, allow_None=True)
    children = param.List(default=[])
    series = param.String(default="")
    fold = param.Selector(default="never", objects=["never", "narrow", "always"])

    _widget_type: ClassVar[type] = models.Group
    _rename: ClassVar[dict[str, str | None]] = {**_STYLED_BY_THE_PAGE, "value": "active"}


def number_setting(parameter: param.Parameter, setting: Setting, context: str = "") -> UIElement:
    """Return the slider of one of the library's settings, bound to a parameter of the same name."""
    return NumberSetting.from_param(
        parameter,
        label=setting.name.replace("_", " "),
        start=setting.low,
        end=setting.high,
        default=setting.default,
        scale=setting.scale,
        unit=setting.unit,
        context=context,
        help_text=setting.help,
    ).get_root()
