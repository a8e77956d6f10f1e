"""What the archives have in the place of modules that the demos import, or would, and never use."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from fallline_site.errors import BuildError
from fallline_site.needed import needed

# Imports give a class for any name; who calls it is told which module the page has left out.
_ABSENT = b'''"""Not in the page: nothing here uses it."""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def refuse(cls, *_args, **_settings):
        raise RuntimeError(f"{__name__}.{name} is not in the page; site/fallline_site/trimmed.py leaves it out")

    return type(name, (), {"__new__": refuse})
'''

_ABSENT_MODULES = (
    # Templates, and reading themes and settings from files.
    *("bokeh/core/templates.py", "jinja2/__init__.py", "yaml/__init__.py"),
    # Other ways than ours to bring a document to a page.
    *("bokeh/embed/__init__.py", "bokeh/protocol/messages/patch_doc.py", "bokeh/resources.py"),
    *("panel/io/__init__.py", "panel/io/embed.py", "panel/io/notebook.py"),
    *("panel/io/resources.py", "panel/io/save.py"),
)

_EMPTIED = (
    # Panel's front doors import every pane, layout, widget and design; the demos come in by the side (app's settings.py).
    *("panel/__init__.py", "panel/layout/__init__.py", "panel/models/__init__.py"),
    *("panel/pane/__init__.py", "panel/widgets/__init__.py"),
    *("bokeh/protocol/__init__.py", "bokeh/protocol/messages/__init__.py"),
)

REPLACED: Mapping[str, bytes] = MappingProxyType(
    {
        **dict.fromkeys(_EMPTIED, b""),
        **dict.fromkeys(_ABSENT_MODULES, _ABSENT),
        # It would read the version from the package's metadata, for which it imports a parser of mails;
        # logconfig gives loggers the method `trace`, which every change of a document calls.
        "bokeh/__init__.py": b'__version__ = "{version}"\nfrom .util import logconfig\n',
        "bokeh/io/__init__.py": b"from .doc import curdoc, set_curdoc\n",
    }
)

MODELS = "bokeh/models/"
# What Bokeh and Panel import or look up by name, though no page draws it.
_ALSO = (
    *("BaseText", "Callback", "Column", "CustomJS", "Expression", "FlexBox", "HTML", "ImportedStyleSheet"),
    *("LayoutDOM", "Notifications", "Row", "Texture", "Tool", "Tooltip", "Transform", "UIElement"),
)
_DRAWN = re.compile(r'import { (\w+) } from "@bokehjs/models/')


def wanted_models(bokeh_js: Path) -> frozenset[str]:
    """Return the models of Bokeh that Python needs: those that the page's part of BokehJS draws, and a few more."""
    drawn = _DRAWN.findall(bokeh_js.read_text(encoding="utf-8"))
    if not drawn:
        raise BuildError(f"{bokeh_js} imports no model of BokehJS: restore it from the repository")
    return frozenset({*drawn, *_ALSO})


def without_other_models(members: Mapping[str, bytes], wanted: frozenset[str]) -> dict[str, bytes]:
    """Leave out Bokeh's other models: each takes some ten KiB of memory, and there are four hundred."""
    models = {name: content for name, content in members.items() if name.startswith(MODELS)}
    try:
        return {**members, **needed(models, wanted)}
    except LookupError as error:
        raise BuildError(f"Bokeh's models are not what trimmed.py takes them for: {error}") from None
