"""What a visitor has set, typed, drawn or painted is not lost: going back and forth, by a bad link, a breakdown, a reload, a full disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.e2e.test_links import other
from tests.e2e.visitor import LIVE_WITHIN

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from tests.e2e.visitor import Visitor, Visits

TAPE = "fallline.document.roots().find(({ name }) => name === 'tape')"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
CODES = ("slope", "grid", "step-size", "race", "network")


# All at once, so that the history has one entry of it.
SET = """(values) => {
  const models = [...fallline.document.all_models]
  for (const { key, kind, to } of values) {
    const model = models.find((model) => model.key === key && ("value" in model) === (kind !== "switch"))
    const number = kind === "number" && Number((model.start + (model.end - model.start) * to).toPrecision(4))
    model.setv(kind === "switch" ? { active: to } : { value: kind !== "number" ? to : model.whole ? Math.round(number) : number })
  }
}"""
STANDS = """([settings, frames]) => {
  const models = [...fallline.document.all_models].filter(({ key }) => key in settings)
  const tape = fallline.document.roots().find(({ name }) => name === "tape")
  return models.every(({ key, value, active }) => (value ?? active) === settings[key]) && tape.frames.join() === frames
}"""


class Standing(NamedTuple):
    """How a page stands: its settings, but for code, which waits for a word after a reload, and its run."""

    settings: dict[str, Any]
    frames: str


def change(visitor: Visitor, *kinds: str) -> Standing:
    """Set all settings of these kinds otherwise than they are; return how everything stands then."""
    visitor.page.evaluate(SET, [other(each) for each in pages.settings(visitor) if each["kind"] in kinds])
    visitor.finish()
    pages.address(visitor)
    settings = {each["key"]: each["value"] for each in pages.settings(visitor) if each["kind"] != "text"}
    return Standing(settings, visitor.page.evaluate(f"{TAPE}.frames.join()"))


def assert_stands(visitor: Visitor, wanted: Standing) -> None:
    """Wait until everything stands as it did."""
    visitor.page.wait_for_function(STANDS, arg=list(wanted), timeout=LIVE_WITHIN)


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
        some = change(visitor, "number")
        everything = change(visitor, "choice", "switch", "drawing", "painting", "weights")

        visitor.page.go_back()
        assert_stands(visitor, some)
        visitor.page.go_forward()
        assert_stands(visitor, everything)
        visitor.page.evaluate("location.hash = '#v=1&nothing=1'")
        expect(visitor.page.locator("[data-part=notice]")).to_contain_text("This link is damaged")
        visitor.finish()
        visitor.page.go_back()
        assert_stands(visitor, everything)

        visitor.page.evaluate("crash()")
        expect(visitor.page.locator("[data-part=notice]")).to_contain_text("has begun anew")
        visitor.page.wait_for_function(
            "fallline.document.roots().length > 0 && spy.sent.length > spy.answers"
        )
        assert_stands(visitor, everything)

        visitor.page.reload()
        visitor.wait("live")
        assert_stands(visitor, everything)


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
