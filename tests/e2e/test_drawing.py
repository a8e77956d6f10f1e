"""What one draws on the digits' page is read at once: by mouse, finger and keys, rubbed out, and by a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.app.demos.digits.handwriting import STROKES
from tests.e2e.test_digits import said

from fallline_app.bitmaps import from_text
from fallline_app.demos.digits.model import Digits

if TYPE_CHECKING:
    from playwright.sync_api import Locator
    from tests.e2e.visitor import Visitor, Visits

PAGE = "digits"
# How soon the likeliest digit has been painted after a stroke, in milliseconds.
SOON = 60.0


@pytest.fixture
def digits(at_first: Visitor) -> Visitor:
    at_first.stand(at_first.last)
    return at_first


def pad(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("application", name="Draw a digit")


def clear(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Clear").click()
    visitor.settle()


def draw(visitor: Visitor, digit: int) -> None:
    """Draw a digit by mouse."""
    pad(visitor).scroll_into_view_if_needed()
    box = pad(visitor).bounding_box()
    assert box is not None
    mouse = visitor.page.mouse
    for points in STROKES[digit]:
        places = (points * (0.5, 0.7) + (0.25, 0.15)) * (box["width"], box["height"]) + (box["x"], box["y"])
        mouse.move(*places[0])
        mouse.down()
        for place in places[1:]:
            mouse.move(*place)
        mouse.up()
    visitor.settle()


@pytest.mark.parametrize("digit", [0, 2, 3, 5, 7])
def test_digit_drawn_by_mouse_is_read(digits: Visitor, digit: int) -> None:
    clear(digits)
    expect(said(digits)).to_have_text("Nothing is drawn yet.")
    draw(digits, digit)

    expect(said(digits)).to_contain_text(f"Read as {digit}")


def test_drawing_by_keys_is_read(digits: Visitor) -> None:
    clear(digits)
    pad(digits).focus()
    first, down, last = ["ArrowRight"] * 12, ["ArrowDown", "ArrowLeft"] * 14, ["ArrowRight"] * 13
    for key in [*["ArrowLeft"] * 6, " ", *first, *down, *last, " "]:
        pad(digits).press(key)
    digits.settle()

    expect(said(digits)).to_contain_text("Read as 2")
    step = digits.step
    pad(digits).press("Delete")
    digits.settle()
    expect(said(digits)).to_have_text("Nothing is drawn yet.")
    assert digits.step == step


def ink(visitor: Visitor) -> int:
    return int(from_text(visitor.sent("value")).sum())


def test_eraser_takes_away_what_the_mouse_comes_over(digits: Visitor) -> None:
    clear(digits)
    draw(digits, 7)
    drawn = ink(digits)
    eraser = digits.page.get_by_role("button", name="Eraser")
    eraser.click()
    expect(eraser).to_have_attribute("aria-pressed", "true")
    draw(digits, 7)

    assert drawn > 100
    assert ink(digits) == 0
    expect(said(digits)).to_have_text("Nothing is drawn yet.")
    clear(digits)
    expect(eraser).to_have_attribute("aria-pressed", "false")


def test_eraser_is_taken_up_by_a_key_and_put_down_by_it(digits: Visitor) -> None:
    clear(digits)
    pad(digits).focus()
    for key in [" ", *["ArrowRight"] * 8, " "]:
        pad(digits).press(key)
    digits.settle()
    line = ink(digits)
    for key in ["e", " ", *["ArrowLeft"] * 4, " ", "e"]:
        pad(digits).press(key)
    digits.settle()
    shorter = ink(digits)
    for key in [" ", "ArrowLeft", " "]:
        pad(digits).press(key)
    digits.settle()

    # A disc of 12 cells, and four more for each cell of the way.
    assert line == 12 + 8 * 4
    assert 12 <= shorter <= line - 4 * 4
    assert ink(digits) > shorter


def test_finger_erases(finger: Visitor) -> None:
    finger.settle()
    finger.page.get_by_role("button", name="Eraser").tap()
    pad(finger).scroll_into_view_if_needed()
    box = pad(finger).bounding_box()
    assert box is not None
    whole = int(from_text(Digits().drawing).sum())
    place = box["x"] + 0.6 * box["width"], box["y"] + 0.2 * box["height"]
    finger.answered(lambda: finger.page.touchscreen.tap(*place))

    assert 0 < ink(finger) < whole


def test_drawing_comes_back_by_link_and_after_a_reload(digits: Visitor, visits: Visits) -> None:
    clear(digits)
    draw(digits, 2)
    drawing = digits.sent("value")
    digits.page.wait_for_function("drawing => location.hash.endsWith(`drawing=${drawing}`)", arg=drawing)
    link = digits.page.evaluate("location.hash")

    assert len(link) < 200
    assert from_text(drawing).any()
    with visits() as visitor:
        visitor.open("live", link, page=PAGE)
        visitor.settle()
        expect(said(visitor)).to_contain_text("Read as 2")
        visitor.page.reload()
        visitor.wait("live")
        visitor.settle()
        expect(said(visitor)).to_contain_text("Read as 2")


def test_stroke_is_answered_at_once(digits: Visitor) -> None:
    taken = digits.page.evaluate(
        """async () => {
          const pad = [...fallline.document.all_models].find(({ type }) => type === "DrawingPad" || type.endsWith(".DrawingPad"))
          const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
          const times = []
          for (let round = 0; round < 15; round += 1) {
            const answered = new Promise((resolve) => pad.properties.seen.change.connect(resolve))
            const began = performance.now()
            pad.value = pad.value.slice(0, 60 + round) + "_"
            await answered
            await frame()
            times.push(performance.now() - began)
          }
          return times
        }"""
    )

    assert np.median(taken) <= SOON


def test_link_with_what_is_no_drawing_is_refused(digits: Visitor) -> None:
    digits.page.evaluate("location.hash = '#v=1&drawing=<b>'")

    expect(digits.page.locator("[data-part=notice]")).to_contain_text("drawing takes no “<b>”")
    expect(said(digits)).to_contain_text("Read as 3")


def test_finger_draws_and_the_page_does_not_scroll(finger: Visitor) -> None:
    finger.page.get_by_role("button", name="Clear").tap()
    pad(finger).scroll_into_view_if_needed()
    box = pad(finger).bounding_box()
    assert box is not None
    before = finger.page.evaluate("scrollY")
    touch = finger.page.context.new_cdp_session(finger.page)
    for kind, x, y in (("Start", 0.3, 0.2), ("Move", 0.7, 0.2), ("Move", 0.6, 0.5), ("Move", 0.45, 0.85)):
        point = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    finger.settle()

    expect(said(finger)).to_contain_text("Read as 7")
    assert finger.page.evaluate("scrollY") == before
