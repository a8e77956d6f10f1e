"""Code of the visitor's that does not end: it is stopped by a button, or by a time limit, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.e2e.own_code import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.own_code import OwnCode
    from tests.e2e.serving import Site
    from tests.e2e.visitor import Visitor, Visits

STOPPED = "This did not end, and was stopped."


class Standing(NamedTuple):
    """What was there before: the address, settings, the run, and what is said of it."""

    address: str
    settings: list[tuple[str, object]]
    frames: bytes
    summary: str


def standing(visitor: Visitor) -> Standing:
    settings = [(each["key"], each["value"]) for each in pages.settings(visitor)]
    return Standing(
        pages.address(visitor), settings, visitor.frames().tobytes(), pages.tape(visitor, "summary")
    )


@pytest.fixture(params=FIELDS, ids=[own.page for own in FIELDS])
def own(request: pytest.FixtureRequest) -> OwnCode:
    field: OwnCode = request.param
    return field


@pytest.fixture
def author(own: OwnCode, visits: Visits) -> Iterator[Visitor]:
    """Someone whose own code runs on the page, at numbers of theirs."""
    with visits(reduced_motion="reduce") as visitor:
        visitor.open("live", page=own.page)
        own.choose(visitor)
        own.use(visitor, own.good)
        visitor.finish()
        change_a_number(visitor)
        assert own.good in pages.tape(visitor, "code")
        yield visitor


def change_a_number(visitor: Visitor) -> None:
    """Set a number otherwise than it was at first."""
    visitor.page.evaluate(
        """() => {
          const seen = ({ constructor, key, visible }) => constructor.__name__ === "NumberSetting" && key !== "" && visible
          const number = [...fallline.document.all_models].find(seen)
          number.value = number.whole ? number.value + 1 : number.value + 0.01 * (number.end - number.value)
        }"""
    )
    visitor.finish()


def assert_nothing_is_lost(visitor: Visitor, own: OwnCode, before: Standing) -> None:
    notice = visitor.page.locator("[data-part=notice]")
    expect(notice).to_contain_text("what you typed is still in its field", timeout=20_000)
    # The last thing that is said when everything is as it was.
    expect(visitor.page.get_by_text(STOPPED)).to_be_visible()
    expect(own.field(visitor)).to_have_value(own.endless)
    visitor.finish()
    assert standing(visitor) == before
    expect(visitor.status).to_have_attribute("data-state", "live")
    # It stays until the visitor changes something.
    expect(notice).to_contain_text("what you typed is still in its field")


def assert_answers(visitor: Visitor, own: OwnCode) -> None:
    """Use other code than what runs, and then set a number: both are answered."""
    before = visitor.frames().tobytes()
    own.use(visitor, own.other)
    visitor.finish()
    assert own.other in pages.tape(visitor, "code")
    then = visitor.frames().tobytes()
    assert then != before
    change_a_number(visitor)
    assert visitor.frames().tobytes() != then
    expect(visitor.page.locator("[data-part=notice]")).to_be_empty()


def test_every_page_that_takes_code_is_here(site: Site) -> None:
    taking = {
        path.stem
        for path in site.folder.glob("*.html")
        if path.stem != "index" and ".CodeSetting" in path.read_text(encoding="utf-8")
    }

    assert taking == {own.page for own in FIELDS}


def test_recorded_run_plays_while_code_hangs_and_button_stops_it(author: Visitor, own: OwnCode) -> None:
    before, visited = standing(author), author.page.evaluate("history.length")
    own.use(author, own.endless)
    stop = author.page.get_by_role("button", name="Stop", exact=True).and_(
        author.page.locator("[data-status]")
    )
    expect(stop).to_be_visible()

    author.stand(0)
    author.player("play").click()
    author.page.wait_for_function("document.querySelector('[data-player=scrub]').valueAsNumber > 1")
    author.player("play").click()
    author.player("scrub").press("End")
    assert author.step == author.last
    assert author.frames().tobytes() == before.frames
    stop.click()

    assert_nothing_is_lost(author, own, before)
    assert author.page.evaluate("history.length") == visited
    assert_answers(author, own)


def only_one_is_quick(own: OwnCode) -> object:
    return pytest.param(own, id=own.page, marks=() if own.page == "black-box" else pytest.mark.slow)


@pytest.mark.parametrize("own", [only_one_is_quick(own) for own in FIELDS], indirect=True)
def test_time_limit_stops_what_nobody_stops(author: Visitor, own: OwnCode) -> None:
    before = standing(author)
    own.use(author, own.endless)

    assert_nothing_is_lost(author, own, before)
    expect(author.page.locator("[data-part=notice]")).to_contain_text("Stopped after 10 seconds")
    assert_answers(author, own)


@pytest.mark.parametrize("own", FIELDS[:1], ids=["slope"], indirect=True)
def test_what_was_set_just_before_is_in_the_address_and_why_it_stopped_is_still_said(
    author: Visitor, own: OwnCode
) -> None:
    pages.address(author)
    change_a_number(author)
    own.use(author, own.endless)
    author.page.locator("[data-status=stop]").click()
    expect(author.page.get_by_text(STOPPED)).to_be_visible()

    (x,) = (each["value"] for each in pages.settings(author) if each["key"] == "x")
    assert f"&x={x}" in pages.address(author)
    expect(author.page.locator("[data-part=notice]")).to_contain_text("Stopped. Everything is as it was")
