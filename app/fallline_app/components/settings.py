"""Settings as widgets: a Panel widget for each kind, bound to a parameter and laid out by the page's own style sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import param
from panel.widgets.base import Widget

from fallline_app.components import models
from fallline_app.words import said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

W = TypeVar("W", bound=Widget)

# Panel's parameters for layout and style; None keeps them out of the document.
_STYLED_BY_THE_PAGE: dict[str, str | None] = dict.fromkeys(
    [
        *("align", "aspect_ratio", "css_classes", "design", "disabled", "height", "height_policy", "loading"),
        *("margin", "max_height", "max_width", "min_height", "min_width", "sizing_mode", "styles"),
        *("stylesheets", "tags", "visible", "width", "width_policy"),
    ]
)


class _Setting(Widget):
    """What the page's settings have in common: every look is left to the page."""

    key = param.String(default="", doc="What the setting is called in a page's address.")
    help_text = param.String(default="")

    _rename: ClassVar[dict[str, str | None]] = _STYLED_BY_THE_PAGE
    # The page knows when Python is busy; Panel's own indicator would keep a timer, which no kept interpreter may have.
    _busy__ignore: ClassVar[list[str]] = ["value", "active"]

    __abstract = True

    @property
    def _synced_params(self) -> list[str]:
        """Watch none of the parameters that are kept out of the document: each of them takes memory."""
        return [name for name in super()._synced_params if name not in _STYLED_BY_THE_PAGE]

    @property
    def _linked_properties(self) -> tuple[str, ...]:
        """Hear of the value alone, since the page sets nothing else."""
        return (self._property_mapping.get("value") or "value",)

    def _update_design(self, *_: object) -> None:
        """Do without Panel's own design, which brings style sheets and reads them again at every change."""
        self._design = None


class _Field(_Setting):
    """A setting that stands there only where another asks for it."""

    shown = param.Boolean(default=True)

    _rename: ClassVar[dict[str, str | None]] = {"shown": "visible"}

    __abstract = True


class NumberSetting(_Field):
    """A number on a slider that can also be typed; `scale` is as in `fallline.Setting`."""

    value = param.Number(default=0.0)
    default = param.Number(default=0.0)
    start = param.Number(default=0.0)
    end = param.Number(default=1.0)
    scale = param.Selector(default="linear", objects=["linear", "log", "complement"])
    whole = param.Boolean(default=False)
    unit = param.String(default="")
    context = param.String(default="")

    _widget_type: ClassVar[type] = models.NumberSetting


class ChoiceSetting(_Field):
    """One of a few named options; `options` holds pairs of value and label."""

    value = param.String(default="")
    options = param.List(default=[])

    _widget_type: ClassVar[type] = models.ChoiceSetting


class CodeSetting(_Field):
    """Python that the visitor types: one line, or several where there are `rows` for them."""

    value = param.String(default="")
    default = param.String(default="")
    error = param.String(default="")
    rows = param.Integer(default=1)

    _widget_type: ClassVar[type] = models.CodeSetting


class Painting(_Field):
    """Points that the visitor paints."""

    value = param.String(default="")
    default = param.String(default="")
    pattern = param.String(default="")
    names = param.List(default=[])

    _widget_type: ClassVar[type] = models.Painting


class FileSetting(_Field):
    """A file from the visitor's disk."""

    file_name = param.String(default="")
    content = param.Bytes(default=b"")
    kept = param.Boolean(default=False)
    taken = param.Integer(default=0)
    error = param.String(default="")
    note = param.String(default="")
    limit = param.Integer(default=5_000_000)
    accept = param.String(default="")

    _busy__ignore: ClassVar[list[str]] = ["file_name", "content", "kept"]
    _widget_type: ClassVar[type] = models.FileSetting
    _rename: ClassVar[dict[str, str | None]] = {"value": None}

    @property
    def _linked_properties(self) -> tuple[str, ...]:
        """Hear of the file, which is more than a value."""
        return ("file_name", "content", "kept")


class Group(_Setting):
    """Settings that belong together under one heading; `children` holds their Bokeh models."""

    value = param.Boolean(default=None, allow_None=True)
    children = param.List(default=[])
    series = param.String(default="")
    dash = param.String(default="solid")
    context = param.String(default="")
    across = param.Boolean(default=False)
    least = param.Integer(default=420)
    fold = param.Selector(default="never", objects=["never", "narrow", "always"])

    _widget_type: ClassVar[type] = models.Group
    _rename: ClassVar[dict[str, str | None]] = {"value": "active"}


def bound(widget: type[W], owner: param.Parameterized, name: str, /, **settings: Any) -> W:
    """Return a widget that shows and sets the parameter `name` of `owner`.

    Panel's own `from_param` does the same and imports every pane, layout and widget to do it.
    """
    parameter = owner.param[name]
    settings = {
        "key": _key(owner, name),
        "label": name.replace("_", " "),
        "help_text": parameter.doc or "",
        **settings,
    }
    made: W = widget(value=getattr(owner, name), **settings)
    made.param.watch(lambda event: owner.param.update(**{name: event.new}), "value")
    owner.param.watch(lambda event: made.param.update(value=event.new), name)
    return made


def _key(owner: param.Parameterized, name: str) -> str:
    """Return the name of a parameter, after that of its owner where there are several alike."""
    prefix = getattr(owner, "prefix", "")
    return f"{prefix}.{name}" if prefix else name


def number_setting(owner: param.Parameterized, name: str, **settings: Any) -> NumberSetting:
    """Return the slider of a number parameter of `owner`: its range, default and help are the parameter's."""
    parameter = owner.param[name]
    low, high = parameter.bounds
    whole = isinstance(parameter, param.Integer)
    made = bound(
        NumberSetting, owner, name, start=low, end=high, default=parameter.default, whole=whole, **settings
    )
    # Of a new default a parameter tells nobody, until it is set.
    owner.param.watch(lambda _: made.param.update(default=parameter.default), name, onlychanged=False)
    owner.param.watch(
        lambda event: made.param.update(start=event.new[0], end=event.new[1]), name, what="bounds"
    )
    return made


def choice_setting(
    owner: param.Parameterized, name: str, options: Mapping[str, str], label: str = ""
) -> ChoiceSetting:
    """Return the list of a parameter that is one of a few; `options` are their labels by value."""
    label = label or name.replace("_", " ")
    return bound(ChoiceSetting, owner, name, options=list(options.items()), label=label)


def code_setting(
    owner: param.Parameterized, name: str, /, check: Callable[[str], object], **settings: Any
) -> CodeSetting:
    """Return the field of a text parameter; what `check` or the owner refuses is said, and leaves the owner as it was."""
    first = getattr(owner, name)
    made = CodeSetting(
        value=first,
        default=first,
        **{"key": _key(owner, name), "label": name, "help_text": owner.param[name].doc or "", **settings},
    )

    def use(event: param.parameterized.Event) -> None:
        before = getattr(owner, name)
        try:
            check(event.new)
            owner.param.update(**{name: event.new})
        # The code is the visitor's own, and may raise anything, at some points only.
        except BaseException as error:  # noqa: BLE001
            made.error = str(error) if type(error) is ValueError else said(error)
            owner.param.update(**{name: before})
        else:
            made.error = ""

    made.param.watch(use, "value")
    return made


def group(
    title: str,
    widgets: Sequence[Widget],
    switch: tuple[param.Parameterized, str] | None = None,
    **settings: Any,
) -> Group:
    """Return widgets under one heading, which `switch`, an owner and the name of its parameter, turns on and off."""
    children = [widget.get_root() for widget in widgets]
    if switch is None:
        return Group(label=title, children=children, **settings)
    return bound(Group, *switch, **{"label": title, "children": children, **settings})
