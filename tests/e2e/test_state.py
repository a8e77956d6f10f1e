"""The state of a page in its address: a link, a reload, back and forward; nothing a stranger wrote there does harm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from fallline_app.demos.race.model import Race

if TYPE_CHECKING:
    from tests.e2e.visitor import Visitor, Visits

HOSTILE = json.loads((Path(__file__).parent / "hostile_links.json").read_text(encoding="utf-8"))


def state(visitor: Visitor) -> dict[str, list[str]]:
    """What the address says, once it follows the settings."""
    return parse_qs(urlsplit(visitor.page.url).fragment)


def beale() -> Race:
    race = Race()
    race.surface = "Beale"
    race.start_x = 1.5
    race.racers[5].rate = 0.25
    race.racers[0].runs = False
    return race


LINK = "#v=1&surface=Beale&start_x=1.5&Adam.rate=0.25&GradientDescent.runs=off"


def test_link_shows_the_run_that_it_names(visitor: Visitor) -> None:
    visitor.open("live", LINK)
    expect(visitor.page.get_by_role("combobox", name="surface", exact=True)).to_have_value("Beale")
    expect(visitor.field("Adam: rate, typed")).to_have_value("0.25")
    visitor.settle()

    visitor.assert_runs_as(beale())
    expect(visitor.page.locator("[data-part=notice]")).to_be_empty()


def test_settings_go_into_the_address_and_a_reload_brings_them_back(visitor: Visitor) -> None:
    visitor.open("live")
    visitor.choose("Beale")
    visitor.type("start x, typed", "1.5")
    visitor.type("Adam: rate, typed", "0.25")
    visitor.switch("Gradient descent").uncheck()
    visitor.page.wait_for_url("**GradientDescent.runs=off**")

    assert state(visitor) == {
        "v": ["1"], "surface": ["Beale"], "GradientDescent.runs": ["off"], "start_x": ["1.5"], "Adam.rate": ["0.25"],
    }  # fmt: skip

    visitor.page.reload()
    visitor.wait("live")
    expect(visitor.field("Adam: rate, typed")).to_have_value("0.25")
    visitor.settle()
    visitor.assert_runs_as(beale())


def test_back_and_forward_go_through_the_states(visitor: Visitor) -> None:
    visitor.open("live")
    visitor.type("Adam: rate, typed", "0.25")
    visitor.page.wait_for_url("**Adam.rate=0.25")
    visitor.choose("Beale")
    visitor.page.wait_for_url("**surface=Beale**")

    visitor.page.go_back()
    expect(visitor.page.get_by_role("combobox", name="surface", exact=True)).to_have_value("Himmelblau")
    expect(visitor.field("Adam: rate, typed")).to_have_value("0.25")
    visitor.page.go_back()
    expect(visitor.field("Adam: rate, typed")).to_have_value("0.2")
    visitor.page.go_forward()
    expect(visitor.field("Adam: rate, typed")).to_have_value("0.25")


def test_reset_leaves_no_state_in_the_address(visitor: Visitor) -> None:
    visitor.open("live", LINK)
    expect(visitor.field("Adam: rate, typed")).to_have_value("0.25")

    visitor.reset()

    visitor.page.wait_for_url("**/race.html")
    visitor.assert_runs_as(Race())


def test_skip_link_is_no_state(visitor: Visitor) -> None:
    visitor.open("live")
    visitor.page.goto(f"{visitor.site.url}race.html#instrument")

    expect(visitor.page.locator("[data-part=notice]")).to_be_empty()


@pytest.mark.parametrize("link", HOSTILE)
def test_link_of_a_stranger_does_no_harm(live_visitor: Visitor, link: str) -> None:
    live_visitor.page.evaluate("location.hash = ''")
    live_visitor.page.wait_for_function("document.querySelector('[data-part=notice]').textContent === ''")

    live_visitor.page.evaluate("link => { location.hash = link }", link)

    expect(live_visitor.page.locator("[data-part=notice]")).to_contain_text("This link")
    live_visitor.settle()
    live_visitor.assert_runs_as(Race())
    live_visitor.watch.check()


def test_link_says_what_is_wrong_when_a_page_opens_with_it(visits: Visits) -> None:
    with visits() as visitor:
        visitor.open("live", "#v=1&surface=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")

        expect(visitor.page.locator("[data-part=notice]")).to_contain_text("is not a value of surface")
        visitor.settle()
        visitor.assert_runs_as(Race())
