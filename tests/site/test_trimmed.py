from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from fallline_site.errors import BuildError
from fallline_site.trimmed import REPLACED, wanted_models, without_other_models

BOKEH_JS = Path(__file__).parents[2] / "site" / "static" / "bokeh.js"


def absent() -> ModuleType:
    module = ModuleType("yaml")
    exec(REPLACED["yaml/__init__.py"], module.__dict__)  # noqa: S102
    return module


def test_an_absent_module_gives_a_class_for_any_name() -> None:
    assert isinstance(absent().Loader, type)


def test_calling_into_an_absent_module_says_what_is_left_out() -> None:
    with pytest.raises(RuntimeError, match=r"yaml\.load is not in the page"):
        absent().load("a: 1")


def test_an_absent_module_has_no_names_of_pythons_own() -> None:
    assert not hasattr(absent(), "__path__")


def test_python_has_the_models_that_the_page_draws() -> None:
    assert {"Plot", "Scatter", "LogAxis"} <= wanted_models(BOKEH_JS)


def test_a_list_without_models_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bokeh.js").write_text("")

    with pytest.raises(BuildError, match=r"bokeh\.js imports no model"):
        wanted_models(tmp_path / "bokeh.js")


def test_only_models_are_left_out() -> None:
    members = {
        "bokeh/models/glyphs.py": b"class Line: pass\nclass Patch: pass",
        "bokeh/model.py": b"class Patch: pass",
    }

    left = without_other_models(members, frozenset({"Line"}))

    assert b"Patch" not in left["bokeh/models/glyphs.py"]
    assert left["bokeh/model.py"] == members["bokeh/model.py"]


def test_a_model_that_bokeh_has_not_ends_the_build() -> None:
    with pytest.raises(BuildError, match="no module defines Polygon"):
        without_other_models({"bokeh/models/glyphs.py": b"class Line: pass"}, frozenset({"Polygon"}))
