from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bokeh.document import Document
from panel.io.state import set_curdoc

from fallline_app import catalogue


@pytest.mark.parametrize("demo", catalogue.DEMOS, ids=lambda demo: demo.name)
def test_every_demo_opens_and_fills_places_of_the_page(demo: catalogue.Demo) -> None:
    with set_curdoc(Document()):
        view = demo.load()()

    below = {"below"} if demo.below else set()
    work = {"work"} if hasattr(view, "work") else set()
    figures = {figure.name for figure in demo.figures}
    others = {figure.under for figure in demo.figures if figure.under} | ({"aside"} if demo.aside else set())
    assert set(view.roots) == {"map", "curve", "settings", "tape"} | below | figures | others | work
    # What stands beside a further plot names it to those who hear the page.
    assert figures <= {place for place, _ in view.roots["tape"].descriptions}


def test_demo_is_found_by_its_name() -> None:
    assert catalogue.find("race").title == "Race"


def test_unknown_demo_is_refused_with_the_names_of_the_others() -> None:
    with pytest.raises(
        ValueError, match=r"there is no demo called 'rase'; the demos are slope, grid, step-size, race"
    ):
        catalogue.find("rase")


def test_description_is_json_of_every_demo() -> None:
    described = json.loads(catalogue.describe())

    assert [demo["name"] for demo in described] == [demo.name for demo in catalogue.DEMOS]
    assert all(demo["title"] and demo["sentence"] and demo["lead"] for demo in described)


@pytest.mark.parametrize("demo", catalogue.DEMOS, ids=lambda demo: demo.name)
def test_demo_can_be_a_page(demo: catalogue.Demo) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]*", demo.name)
    assert demo.name != "index"
    assert demo.sentence.endswith(".")
    assert demo.lead.endswith(".")


def test_every_folder_of_a_demo_has_its_line() -> None:
    folders = {view.parent.name for view in (Path(catalogue.__file__).parent / "demos").glob("*/view.py")}

    assert folders == {demo.name.replace("-", "_") for demo in catalogue.DEMOS}


def test_names_are_the_demos_own() -> None:
    assert len({demo.name for demo in catalogue.DEMOS}) == len(catalogue.DEMOS)


def test_one_demo_alone_is_played_at_home() -> None:
    assert [demo.name for demo in catalogue.DEMOS if demo.home] == ["race"]


def test_chain_leads_from_a_slope_by_its_step_to_the_race() -> None:
    names = [demo.name for demo in catalogue.DEMOS]

    assert names.index("slope") < names.index("step-size") < names.index("race")
