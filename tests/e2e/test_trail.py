"""The trail: every station is reached from every page, at every width, by keyboard and by finger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.e2e.test_look import options, violations

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.visitor import Visitor

WIDE = [768, 1000, 1024, 1280, 1600, 1920]
MIDDLE = len(DEMOS) // 2


@pytest.fixture
def on_a_phone(visits: Callable[..., Any]) -> Any:
    """Someone with a phone in the middle of the trail, while Python is on its way."""
    with visits(**options("phone", "light"), has_touch=True) as visitor, visitor.before_python():
        visitor.open("playable", page=DEMOS[MIDDLE].name)
        yield visitor


@pytest.mark.parametrize("width", WIDE)
def test_stations_stand_in_one_row_inside_a_wide_page(visits: Callable[..., Any], width: int) -> None:
    with visits(viewport={"width": width, "height": 900}) as visitor, visitor.before_python():
        visitor.open("playable", page=DEMOS[-1].name)

        boxes = visitor.page.locator(".stations li").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect()).map(({ top, left, right }) => [top, left, right])"
        )
        status = visitor.status.bounding_box()
        assert len(boxes) == len(DEMOS)
        assert len({top for top, _, _ in boxes}) == 1
        assert all(boxes[i][2] <= boxes[i + 1][1] + 0.5 for i in range(len(boxes) - 1))
        assert boxes[-1][2] <= (status["x"] if width >= 1000 else width)


def test_phone_says_which_station_it_is_and_steps_to_the_next(on_a_phone: Visitor) -> None:
    page = on_a_phone.page
    expect(page.locator(".near button")).to_contain_text(f"station {MIDDLE + 1} of {len(DEMOS)}")

    page.get_by_role("link", name=f"Next: {DEMOS[MIDDLE + 1].title}").tap()

    page.wait_for_url(f"**/{DEMOS[MIDDLE + 1].name}.html")


def test_all_stations_open_by_keyboard_and_close_by_escape(on_a_phone: Visitor) -> None:
    page = on_a_phone.page
    stations = page.locator(".stations a")
    expect(stations.first).to_be_hidden()
    page.locator(".near button").focus()

    page.keyboard.press("Enter")

    expect(stations).to_have_text([demo.title for demo in DEMOS])
    expect(stations.first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Tab")
    expect(stations.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(stations.first).to_be_hidden()


def test_station_on_the_sheet_is_gone_to_by_finger(on_a_phone: Visitor) -> None:
    page = on_a_phone.page
    page.locator(".near button").tap()

    page.locator(".stations a").first.tap()

    page.wait_for_url(f"**/{DEMOS[0].name}.html")
