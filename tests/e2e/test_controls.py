"""Every control of every page, used as a person would: by keys, one Tab after the other, and by a finger."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.e2e.hands import Hand
from tests.e2e.uses import use
from tests.e2e.visitor import PHONE

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.visitor import Visits

NAMES = ["index", *(demo.name for demo in DEMOS)]
SCRIPT = Path(__file__).with_name("controls.js")
RING, MOST = 2.0, 400


@contextmanager
def hand_on(page: str, visits: Visits, *, touches: bool) -> Iterator[Hand]:
    """Someone on a page where everything is unfolded and nothing plays; they find no fault with it."""
    screen = PHONE if touches else {}
    with visits(reduced_motion="reduce", permissions=["clipboard-write"], **screen) as visitor:
        visitor.page.add_init_script(path=SCRIPT)
        visitor.open("live", page=page)
        visitor.page.evaluate("controls.unfold()")
        hand = Hand(visitor, touches=touches)
        yield hand
        assert hand.faults == []


def walk(hand: Hand) -> None:
    """Go from control to control by Tab, and use each where it has the focus."""
    page, place = hand.visitor.page, -1
    for _ in range(MOST):
        page.keyboard.press("Tab")
        control = page.evaluate("controls.here()")
        if control is None or control["again"]:
            return
        if control["place"] < 0:
            continue
        if control["ring"] < RING or not control["onScreen"]:
            hand.faults.append(f"one does not see the focus: {control['label']}")
        if control["place"] <= place:
            hand.faults.append(f"the focus goes back: {control['label']}")
        use(hand, control)
        place = page.evaluate("controls.place()")
        if place < 0:
            hand.faults.append(f"the focus is lost: {control['label']}")


def touch_all(hand: Hand) -> None:
    while (control := hand.visitor.page.evaluate("controls.next()")) is not None:
        use(hand, control)


def known(hand: Hand) -> list[dict[str, Any]]:
    """Return how the settings stand; code that comes with an address waits for its visitor's word."""
    return [setting for setting in pages.settings(hand.visitor) if setting["kind"] != "text"]


def come_back(hand: Hand, first: list[dict[str, Any]]) -> None:
    """Load the page again: everything stands as it was left."""
    visitor = hand.visitor
    visitor.finish()
    link, left = pages.address(visitor), known(hand)
    # Of some numbers the default follows from a choice.
    at_first = {setting["key"]: setting["value"] for setting in first}
    changed = [each["key"] for each in left if each["value"] != each.get("default", at_first[each["key"]])]
    assert [key for key in changed if f"&{key}=" not in link] == []

    visitor.page.reload()
    visitor.wait("live")
    visitor.finish()

    assert known(hand) == left
    expect(visitor.page.locator("[data-part=notice]")).to_be_empty()
    visitor.page.evaluate("controls.unfold()")


def bring_back(hand: Hand, first: list[dict[str, Any]]) -> None:
    """Bring each setting back by the button beside it, and the rest all at once."""
    visitor = hand.visitor
    for _ in range(MOST):
        control = visitor.page.evaluate("controls.back()")
        if control is None:
            break
        assert hand.tells(hand.press), control
        assert visitor.page.evaluate("controls.place()") >= 0, control
    assert visitor.page.evaluate("controls.reset()")
    hand.press()
    visitor.page.wait_for_url(f"**/*{visitor.page.url.rpartition('/')[2].partition('#')[0]}")
    visitor.finish()
    assert pages.settings(visitor) == first


def use_hidden(hand: Hand) -> None:
    """Use the settings that are there for some choices only."""
    page = hand.visitor.page
    unseen = [setting["key"] for setting in pages.settings(hand.visitor) if setting["key"] not in hand.told]
    for key, attribute, before, value in page.evaluate("controls.ways()"):
        if not unseen:
            return
        set_model(hand, [key, attribute, value])
        unseen = [other for other in unseen if not use_shown(hand, other)]
        set_model(hand, [key, attribute, before])
    hand.faults.extend(f"nobody finds it, or nothing comes of it: {key}" for key in unseen)


def set_model(hand: Hand, way: list[Any]) -> None:
    hand.visitor.page.evaluate("way => controls.set(way)", way)
    hand.visitor.settle()


def use_shown(hand: Hand, key: str) -> bool:
    """Use the controls of a setting, if they are on the page; return whether Python was told of it."""
    page = hand.visitor.page
    hand.told.discard(key)
    for index in range(page.evaluate("key => controls.of(key)", key)):
        use(hand, page.evaluate("([key, index]) => controls.aim(key, index)", [key, index]))
    return key in hand.told


@pytest.mark.parametrize("way", ["keys", "finger"])
@pytest.mark.parametrize("page", NAMES)
def test_every_control_works(page: str, way: str, visits: Visits) -> None:
    with hand_on(page, visits, touches=way == "finger") as hand:
        first = pages.settings(hand.visitor)

        touch_all(hand) if hand.touches else walk(hand)

        print(hand.used, hand.told, hand.faults)
        come_back(hand, first)
        # Home has no settings but the point.
        if page == "index":
            return
        bring_back(hand, first)
        use_hidden(hand)
        print(hand.used, hand.told, hand.faults)
