"""Hostile links, code and pastes by the hundred: each page stays usable, says what is wrong, and computes as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.e2e import hostile, pages

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.visitor import Visitor, Visits

NAMES = [demo.name for demo in DEMOS]
# By chance, over all pages; the quick run takes some of them, and of the code some.
RANDOM_LINKS, SOME_LINKS, SOME_CODE = 1 + 1000 // len(DEMOS), 60, slice(None, None, 4)


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def live(name: str, visits: Visits) -> Iterator[Visitor]:
    """Someone on one of the pages, Python live."""
    with visits() as visitor:
        visitor.open("live", page=name)
        yield visitor


@pytest.fixture
def page(live: Visitor) -> Iterator[Visitor]:
    """The page as it is at first, and the same run again at the end, bit for bit, and not a word in the console."""
    before = live.frames().tobytes()
    yield live
    live.page.evaluate("location.hash = ''")
    live.reset()
    live.watch.check()
    assert live.frames().tobytes() == before
    assert live.status.get_attribute("data-state") == "live"


@pytest.mark.parametrize("count", [SOME_LINKS, pytest.param(RANDOM_LINKS, marks=pytest.mark.slow)])
def test_links_by_chance_are_followed_or_refused(page: Visitor, count: int) -> None:
    links = hostile.random_links(pages.settings(page), seed=count, count=count)

    told = pages.follow(page, links)

    refused = [each for each in told if "This link" in each["notice"]]
    assert len(refused) > count // 2
    assert [each for each in told if each["notice"] and each not in refused] == []


def test_links_by_hand_are_refused(page: Visitor, name: str) -> None:
    told = pages.follow(page, hostile.LINKS + hostile.SETTINGS[name])

    assert [each["link"] for each in told if "This link" not in each["notice"]] == []


@pytest.mark.parametrize(
    "some", [SOME_CODE, pytest.param(slice(None), marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_code_is_used_or_refused_with_a_reason(page: Visitor, some: slice) -> None:
    if not any(setting["kind"] == "text" for setting in pages.settings(page)):
        pytest.skip("it takes no code")
    own_chosen(page)

    told = pages.use_all(page, hostile.EXPRESSIONS[some])

    assert [each for each in told if not each["error"] and not each["used"]] == []
    assert [each for each in told if each["error"] and each["used"]] == []
    assert [each for each in told if len(each["error"]) > 1000] == []
    assert {each["state"] for each in told} == {"live"}


def test_there_are_two_hundred_links_by_hand_and_two_hundred_pieces_of_code() -> None:
    links = [*hostile.LINKS, *(link for links in hostile.SETTINGS.values() for link in links)]
    assert set(hostile.SETTINGS) == set(NAMES)
    assert len(set(links)) >= 200
    assert len(set(hostile.EXPRESSIONS + hostile.DEEP)) >= 200


def own_chosen(page: Visitor) -> None:
    for setting in pages.settings(page):
        if setting["kind"] == "choice" and "own" in setting["options"]:
            pages.pick(page, setting["key"], "own")


@pytest.fixture(scope="module")
def slope(visits: Visits) -> Iterator[Visitor]:
    with visits() as visitor:
        visitor.open("live", page="slope")
        yield visitor


def x_of(slope: Visitor) -> float:
    (value,) = (setting["value"] for setting in pages.settings(slope) if setting["key"] == "x")
    return float(value)


def test_number_is_read_as_people_write_it(slope: Visitor) -> None:
    read = {}
    for text in hostile.NUMBERS:
        slope.type("x, typed", text)
        read[text] = x_of(slope)

    assert read == hostile.NUMBERS
    slope.watch.check()


def test_what_is_no_number_is_refused_and_the_old_one_stays(slope: Visitor) -> None:
    slope.type("x, typed", "1.25")
    accepted = []
    for text in hostile.NO_NUMBERS:
        slope.type("x, typed", text)
        told = slope.page.get_by_role("alert").filter(has_text="x takes a number from −3 to 3").count()
        if not told or x_of(slope) != 1.25:
            accepted.append(text)

    assert accepted == []
    slope.watch.check()


def test_what_is_no_weight_is_refused_and_none_is_set(visitor: Visitor) -> None:
    visitor.open("live", page="network")
    visitor.finish()
    accepted = []
    for text in hostile.NO_NUMBERS:
        visitor.page.get_by_role("textbox", name="weight", exact=True).fill(text)
        visitor.page.get_by_role("textbox", name="weight", exact=True).press("Enter")
        told = visitor.page.get_by_role("alert").filter(has_text="A weight is a number from −1000 to 1000")
        if not told.count():
            accepted.append(text)

    assert accepted == []
    (edits,) = (setting["value"] for setting in pages.settings(visitor) if setting["kind"] == "weights")
    assert edits == ""


def test_weights_can_be_set_until_the_link_has_no_room_for_more(visitor: Visitor) -> None:
    visitor.open("live", "#v=1&steps=100", page="network")
    visitor.finish()
    known = next(setting for setting in pages.settings(visitor) if setting["kind"] == "weights")
    sizes = "-".join(map(str, known["sizes"]))
    many = sizes + "".join(f"_{step}w0v1" for step in range(60))
    visitor.page.evaluate("link => { location.hash = link }", f"#v=1&steps=100&edits={many}")
    visitor.finish()
    visitor.stand(visitor.last)

    visitor.page.get_by_role("textbox", name="weight", exact=True).fill("2")
    visitor.page.get_by_role("button", name="Set", exact=True).click()

    expect(visitor.page.get_by_role("alert").filter(has_text="one must be taken back first")).to_be_visible()
    (edits,) = (setting["value"] for setting in pages.settings(visitor) if setting["kind"] == "weights")
    assert edits == many
