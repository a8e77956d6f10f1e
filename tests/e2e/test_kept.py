"""What a visitor has set, typed, drawn or painted is not lost: going back and forth, by a bad link, a breakdown, a reload, a full disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.e2e.test_links import SET, other

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.visitor import Visitor, Visits

FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
CODES = ("slope", "grid", "step-size", "race", "network")


def known(visitor: Visitor) -> list[dict[str, Any]]:
    """Return how all but code stands, which waits for its visitor's word after a reload."""
    return [setting for setting in pages.settings(visitor) if setting["kind"] != "text"]


def change(visitor: Visitor, *kinds: str) -> list[dict[str, Any]]:
    """Set all settings of these kinds otherwise than they are; return how everything stands then."""
    chosen = [other(setting) for setting in known(visitor) if setting["kind"] in kinds]
    visitor.page.evaluate(SET, chosen)
    visitor.finish()
    # The history has an entry of this.
    pages.address(visitor)
    return known(visitor)


def moved(visitor: Visitor, act: Callable[[], object], to: list[dict[str, Any]]) -> None:
    """Go somewhere in the history; everything stands there as it did."""
    act()
    wanted = {setting["key"]: setting["value"] for setting in to}
    visitor.page.wait_for_function(
        """wanted => {
          const models = [...fallline.document.all_models].filter(({ key }) => key in wanted)
          return models.every(({ key, value, active }) => (value ?? active) === wanted[key]) && spy.sent.length === spy.answers
        }""",
        arg=wanted,
    )
    visitor.finish()


def fill_the_disk(visitor: Visitor) -> None:
    """Leave this site no room for databases and caches, nor for the session's own notes."""
    visitor.page.add_init_script(FULL)
    disk = visitor.page.context.new_cdp_session(visitor.page)
    origin = "/".join(visitor.site.url.split("/")[:3])
    disk.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})


@pytest.mark.parametrize("demo", [demo.name for demo in DEMOS])
def test_nothing_is_lost(demo: str, visits: Visits) -> None:
    with visits(reduced_motion="reduce") as visitor:
        fill_the_disk(visitor)
        visitor.open("live", page=demo)
        numbers = change(visitor, "number")
        everything = change(visitor, "switch", "drawing", "painting", "weights")
        frames = visitor.frames().tobytes()

        moved(visitor, visitor.page.go_back, numbers)
        moved(visitor, visitor.page.go_forward, everything)
        visitor.page.evaluate("location.hash = '#v=1&nothing=1'")
        expect(visitor.page.locator("[data-part=notice]")).to_contain_text("This link is damaged")
        visitor.finish()
        moved(visitor, visitor.page.go_back, everything)
        assert visitor.frames().tobytes() == frames

        visitor.page.evaluate("crash()")
        expect(visitor.page.locator("[data-part=notice]")).to_contain_text(
            "Python broke down, and has begun anew"
        )
        moved(visitor, lambda: None, everything)
        assert visitor.frames().tobytes() == frames

        visitor.page.reload()
        visitor.wait("live")
        moved(visitor, lambda: None, everything)
        assert visitor.frames().tobytes() == frames


@pytest.mark.parametrize("demo", CODES)
def test_code_that_is_typed_and_not_used_yet_outlasts_a_breakdown(demo: str, visits: Visits) -> None:
    with visits(reduced_motion="reduce") as visitor:
        visitor.open("live", page=demo)
        key = next(
            setting["key"] for setting in pages.settings(visitor) if "own" in setting.get("options", ())
        )
        visitor.page.evaluate("key => { location.hash = `v=1&${key}=own` }", key)
        visitor.finish()
        (field,) = visitor.page.get_by_role("textbox", name=re.compile(r"^(f|.)\(.*\)$")).all()
        field.fill("x * 0.5")
        field.press("Enter")
        visitor.finish()
        field.fill("x * 0.25")

        visitor.page.evaluate("crash()")
        expect(visitor.page.locator("[data-part=notice]")).to_contain_text("has begun anew")
        visitor.finish()

        expect(field).to_have_value("x * 0.25")
        assert [setting["value"] for setting in pages.settings(visitor) if setting["kind"] == "text"] == [
            "x * 0.5"
        ]
        expect(visitor.page.get_by_text("break down.")).to_be_hidden()
