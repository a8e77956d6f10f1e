"""The home page: the first of all demos, the chain of pages, and what can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.e2e.serving import Site
from tests.e2e.test_look import HERE, RING, SCREENS, SMALLEST_TARGET, options, violations
from tests.e2e.test_usb import USB

from fallline_app.catalogue import DEMOS
from fallline_app.demos.race.model import Race

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from tests.e2e.visitor import Visitor

SECOND_PAGE = 300 * 1024


@pytest.fixture(
    scope="module",
    params=[(screen, scheme) for screen in SCREENS for scheme in ("light", "dark")],
    ids="-".join,
)
def home_on_screen(request: pytest.FixtureRequest, visits: Callable[..., Any]) -> Iterator[Visitor]:
    """Someone at home with one of the screens, while Python is on its way."""
    with visits(**options(*request.param)) as visitor, visitor.before_python():
        visitor.open("playable", page="index")
        yield visitor


@pytest.fixture(scope="module")
def home(visits: Callable[..., Any]) -> Iterator[Visitor]:
    """Someone at home, Python live."""
    with visits() as visitor:
        visitor.open("live", page="index")
        yield visitor


def test_home_fits_the_screen_with_its_map_on_the_first(home_on_screen: Visitor) -> None:
    page, size = home_on_screen.page, home_on_screen.page.viewport_size
    box = home_on_screen.map.bounding_box()

    assert box is not None
    assert size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert box["y"] + box["height"] <= size["height"]


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_jumps_at_home(screen: str, visits: Callable[..., Any]) -> None:
    with visits(**options(screen, "light")) as visitor, pages.with_one_face(visitor), visitor.before_python():
        visitor.open("playable", page="index")


def test_axe_finds_nothing_at_home(home_on_screen: Visitor) -> None:
    assert violations(home_on_screen.page) == []


def test_controls_at_home_are_large_enough_and_reached_by_keyboard(home_on_screen: Visitor) -> None:
    page = home_on_screen.page
    page.add_script_tag(path=HERE / "controls.js")
    targets, names = page.evaluate("[controls.targets(), controls.names()]")

    reached = []
    for _ in range(len(names) + 5):
        page.keyboard.press("Tab")
        if (focus := page.evaluate("controls.focus()")) is None:
            break
        reached.append(focus)

    assert sorted(focus["index"] for focus in reached if focus["index"] >= 0) == list(range(len(names)))
    assert [focus["name"] for focus in reached if focus["ring"] < RING or not focus["onScreen"]] == []
    assert [name for name in targets if min(name["width"], name["height"]) < SMALLEST_TARGET] == []


def test_race_plays_at_once_and_is_the_one_of_its_own_page(visits: Callable[..., Any]) -> None:
    with visits() as visitor, visitor.before_python():
        visitor.open("playable", page="index")

        assert visitor.player("play").get_attribute("data-playing") == "true"
        visitor.page.wait_for_function("document.querySelector('[data-player=scrub]').valueAsNumber > 5")
        visitor.assert_runs_as(Race())
        assert visitor.page.locator("[data-place=settings]").count() == 0


def test_point_that_is_moved_by_keys_is_answered_and_kept_in_the_address(home: Visitor) -> None:
    home.page.get_by_role("application", name="Start").focus()

    home.page.keyboard.press("ArrowRight")
    home.settle()
    home.page.wait_for_function("location.hash.includes('start_x')")

    race = Race()
    race.param.update(start_x=float(home.sent("point")[0]), start_y=float(home.sent("point")[1]))
    assert race.start_x != Race().start_x
    home.assert_runs_as(race)


def test_code_at_home_ends_where_the_page_ends(home: Visitor) -> None:
    code = pages.tape(home, "code")

    home.assert_ends_as(code)
    home.page.locator(".away summary").click()
    expect(home.page.locator("[data-away=listing]")).to_have_text(code)


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.name)
def test_each_station_has_a_still_and_leads_to_its_page(home_on_screen: Visitor, demo: Any) -> None:
    station = home_on_screen.page.locator(".chain li").nth(DEMOS.index(demo))

    expect(station).to_contain_text(demo.sentence)
    assert station.locator("a").get_attribute("href") == f"{demo.name}.html"
    assert station.locator("svg path").count() > 1
    box = station.locator(".thumbnail").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"], abs=1.0)
    assert box["width"] >= 100.0


def test_stations_stand_in_the_order_of_the_chain(home_on_screen: Visitor) -> None:
    names = home_on_screen.page.locator(".chain a > .name").all_inner_texts()

    assert [name.strip() for name in names] == [demo.title for demo in DEMOS]


def test_second_page_costs_less_than_300_kib(visits: Callable[..., Any]) -> None:
    with visits() as visitor:
        visitor.open("live", page="index")

        visitor.page.locator(".chain a[href^=slope]").click()
        visitor.wait("live")

        sent = visitor.page.evaluate(
            """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
                 .reduce((sum, { transferSize }) => sum + transferSize, 0)"""
        )
        assert 0 <= sent < SECOND_PAGE


def test_home_from_a_disk_plays_and_is_answered(visits: Callable[..., Any]) -> None:
    with visits(Site(f"{USB.as_uri()}/", USB), offline=True) as visitor:
        visitor.watch.expect(r"blob:(null|http://127)")
        visitor.page.goto(f"{visitor.site.url}index.html", wait_until="commit")
        visitor.wait("live")
        visitor.page.get_by_role("application", name="Start").focus()
        visitor.page.keyboard.press("ArrowUp")
        visitor.settle()

        assert (visitor.frames()[:, 2, 0] != 0.5).all()
        visitor.page.locator(".chain a[href^=step-size]").click()
        visitor.wait("live")


def test_home_without_javascript_shows_the_race_and_the_chain(visits: Callable[..., Any]) -> None:
    with visits(java_script_enabled=False) as visitor:
        visitor.page.goto(f"{visitor.site.url}index.html")

        assert visitor.page.locator(".hero .still svg").first.is_visible()
        assert visitor.page.locator(".chain .thumbnail").count() == len(DEMOS)
        assert visitor.page.get_by_role("button").count() == 0
