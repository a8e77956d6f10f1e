"""What a visitor has set, typed, drawn or painted is not lost: going back and forth, by a bad link, a breakdown, a reload, a full disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from playwright.sync_api import expect
from tests.app.demos.network.bad_files import GOOD
from tests.e2e import pages
from tests.e2e import test_network_data as network_data
from tests.e2e.own_code import FIELDS
from tests.e2e.test_digits import said
from tests.e2e.test_drawing import draw, pad
from tests.e2e.test_links import other
from tests.e2e.visitor import LIVE_WITHIN

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from tests.e2e.own_code import OwnCode
    from tests.e2e.visitor import Visitor, Visits

TAPE = "fallline.document.roots().find(({ name }) => name === 'tape')"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
PICTURE = "canvas => canvas.toDataURL()"

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
    return standing(visitor)


def standing(visitor: Visitor, *besides: str) -> Standing:
    """Return how everything stands: code too, if that is asked for."""
    kinds = {"number", "choice", "switch", "drawing", "painting", "weights", *besides}
    settings = {each["key"]: each["value"] for each in pages.settings(visitor) if each["kind"] in kinds}
    return Standing(settings, visitor.page.evaluate(f"{TAPE}.frames.join()"))


def assert_stands(visitor: Visitor, wanted: Standing) -> None:
    """Wait until everything stands as it did."""
    visitor.page.wait_for_function(STANDS, arg=list(wanted), timeout=LIVE_WITHIN)


def break_a_link_and_go_back(visitor: Visitor) -> None:
    """Follow a link that is damaged, which sets everything as it was at first, and go back."""
    visitor.page.evaluate("location.hash = '#v=1&nothing=1'")
    expect(visitor.page.locator("[data-part=notice]")).to_contain_text("This link is damaged")
    visitor.finish()
    visitor.page.go_back()


def break_python(visitor: Visitor) -> None:
    """Make Python break down, and see that it begins anew."""
    visitor.page.evaluate("crash()")
    expect(visitor.page.locator("[data-part=notice]")).to_contain_text("has begun anew")
    expect(visitor.status).to_have_attribute("data-state", "live")
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
        some = change(visitor, "number")
        everything = change(visitor, "choice", "switch", "drawing", "painting", "weights")

        visitor.page.go_back()
        assert_stands(visitor, some)
        visitor.page.go_forward()
        assert_stands(visitor, everything)
        break_a_link_and_go_back(visitor)
        assert_stands(visitor, everything)
        break_python(visitor)
        assert_stands(visitor, everything)
        visitor.page.reload()
        visitor.wait("live")
        assert_stands(visitor, everything)


def test_number_that_was_never_answered_is_not_lost(visits: Visits) -> None:
    with visits(reduced_motion="reduce") as visitor:
        visitor.open("live", page="slope")
        numbers = [other(each) for each in pages.settings(visitor) if each["kind"] == "number"]
        visitor.page.evaluate(SET, numbers)
        visitor.finish()
        wanted = standing(visitor)
        visitor.reset()

        visitor.page.evaluate(f"values => {{ ({SET})(values); queueMicrotask(crash) }}", numbers)
        assert_stands(visitor, wanted)
        expect(visitor.page.locator("[data-part=notice]")).to_contain_text("has begun anew")


@pytest.mark.parametrize("own", FIELDS, ids=[own.page for own in FIELDS])
def test_code_is_not_lost_whether_it_is_used_or_not(own: OwnCode, visits: Visits) -> None:
    with visits(reduced_motion="reduce") as visitor:
        fill_the_disk(visitor)
        visitor.open("live", page=own.page)
        own.choose(visitor)
        used = [use(visitor, own, text) for text in (own.other, own.good)]

        visitor.page.go_back()
        assert_stands(visitor, used[0])
        visitor.page.go_forward()
        assert_stands(visitor, used[1])
        break_a_link_and_go_back(visitor)
        assert_stands(visitor, used[1])
        own.field(visitor).press("End")
        own.field(visitor).press_sequentially(" + 0")
        break_python(visitor)
        assert_stands(visitor, used[1])
        expect(own.field(visitor)).to_have_value(f"{own.good} + 0")
        expect(visitor.page.get_by_text("break down.")).to_be_hidden()
        visitor.page.reload()
        visitor.wait("live")
        expect(own.field(visitor)).to_have_value(own.good)
        expect(visitor.page.get_by_text("This came with the link. Read it")).to_be_visible()


def use(visitor: Visitor, own: OwnCode, text: str) -> Standing:
    """Use code and wait until the address has it; return how everything stands then."""
    own.use(visitor, text)
    visitor.finish()
    pages.address(visitor)
    return standing(visitor, "text")


def test_painted_points_are_not_lost(visits: Visits) -> None:
    with visits(reduced_motion="reduce") as visitor:
        fill_the_disk(visitor)
        visitor.open("live", "#v=1&data=painted", page="network")
        visitor.finish()
        network_data.stroke(visitor, (0.2, 0.8), (0.8, 0.9))
        pages.address(visitor)
        painted, points = standing(visitor), network_data.points(visitor)

        break_a_link_and_go_back(visitor)
        assert_stands(visitor, painted)
        break_python(visitor)
        assert_stands(visitor, painted)
        visitor.page.reload()
        visitor.wait("live")
        assert_stands(visitor, painted)
        assert network_data.points(visitor) == points


def test_file_is_not_lost(visits: Visits) -> None:
    with visits(reduced_motion="reduce") as visitor:
        fill_the_disk(visitor)
        visitor.open("live", "#v=1&data=file", page="network")
        network_data.choose(visitor, GOOD.encode(), "good.csv")
        learnt = standing(visitor)
        note = visitor.page.get_by_text("good.csv: 40 rows, 2 columns, 2 classes")

        break_a_link_and_go_back(visitor)
        assert_stands(visitor, learnt)
        expect(note).to_be_visible()
        break_python(visitor)
        assert_stands(visitor, learnt)
        expect(note).to_be_visible()
        expect(visitor.page.get_by_text("This browser keeps no copy of it")).to_be_visible()

        # What lies aside is kept too, and stays aside.
        pages.pick(visitor, "data", "circles")
        visitor.finish()
        others = standing(visitor)
        break_python(visitor)
        assert_stands(visitor, others)
        pages.pick(visitor, "data", "file")
        assert_stands(visitor, learnt)
        expect(note).to_be_visible()


def test_drawing_is_not_lost(visits: Visits) -> None:
    with visits(reduced_motion="reduce") as visitor:
        fill_the_disk(visitor)
        visitor.open("live", page="digits")
        visitor.page.get_by_role("button", name="Clear").click()
        draw(visitor, 2)
        pages.address(visitor)
        drawn, picture = standing(visitor), pad(visitor).evaluate(PICTURE)

        for happens in (break_a_link_and_go_back, break_python):
            happens(visitor)
            assert_stands(visitor, drawn)
            expect(said(visitor)).to_contain_text("Read as 2")
            assert pad(visitor).evaluate(PICTURE) == picture
        visitor.page.reload()
        visitor.wait("live")
        assert_stands(visitor, drawn)
        expect(said(visitor)).to_contain_text("Read as 2")
        assert pad(visitor).evaluate(PICTURE) == picture
