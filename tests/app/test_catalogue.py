from __future__ import annotations

import json
import re
from dataclasses import asdict

import pytest
from bokeh.document import Document
from panel.io.state import set_curdoc

from fallline_app import catalogue
from fallline_app.catalogue import DEMOS, Demo


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.name)
def test_demo_opens_with_a_model_for_each_place(demo: Demo) -> None:
    with set_curdoc(Document()):
        view = demo.open()

    assert "map" in view.roots or len(view.roots) > 0
    assert len(set(map(id, view.roots.values()))) == len(view.roots)


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.name)
def test_demo_can_be_a_page(demo: Demo) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]*", demo.name)
    assert demo.name != "index"
    assert demo.title
    assert demo.sentence.endswith(".")
    assert demo.lead.endswith(".")


def test_names_are_the_demos_own() -> None:
    assert len({demo.name for demo in DEMOS}) == len(DEMOS)


def test_demo_is_found_by_its_name() -> None:
    assert catalogue.find("race") is DEMOS[0]


def test_unknown_demo_is_refused_with_the_names_of_the_known() -> None:
    with pytest.raises(ValueError, match=r"no demo called 'chase'.* race"):
        catalogue.find("chase")


def test_description_is_the_list_as_json() -> None:
    assert json.loads(catalogue.describe()) == [asdict(demo) for demo in DEMOS]
