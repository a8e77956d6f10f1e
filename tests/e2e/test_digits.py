"""No backprop anywhere: the digits' page by its numbers, its controls, its drawing and its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.app.demos.digits.handwriting import STROKES
from tests.e2e import pages
from tests.running import printed_by

from fallline_app.bitmaps import from_text
from fallline_app.demos.digits.mistakes import MOST
from fallline_app.demos.digits.model import Digits
from fallline_app.demos.digits.training import COLUMNS, TEST, TRAIN

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Locator
    from tests.e2e.visitor import Visitor, Visits

PAGE = "digits"
# How soon the likeliest digit has been painted after a stroke, in milliseconds.
SOON = 60.0


@pytest.fixture
def digits(at_first: Visitor) -> Visitor:
    at_first.stand(at_first.last)
    return at_first


def trained(visitor: Visitor) -> NDArray[np.float64]:
    """Wait until the training that a setting has begun is done, and return its frames."""
    visitor.finish()
    return visitor.frames()


def column(frames: NDArray[np.float64], part: int, name: str) -> NDArray[np.float64]:
    values: NDArray[np.float64] = frames[part, COLUMNS.index(name)]
    return values


def native(**settings: Any) -> NDArray[np.float64]:
    model = Digits()
    model.param.update(**settings)
    return model.trained().frames()


def assert_same(page: NDArray[np.float64], ours: NDArray[np.float64]) -> None:
    """The browser's exp and tanh may round otherwise; what a training makes of that grows, but stays far below a digit's."""
    counts = [COLUMNS.index(name) for name in ("step", "slopes", "evaluations")]
    np.testing.assert_array_equal(page[:, counts], ours[:, counts])
    for part in (TRAIN, TEST):
        np.testing.assert_allclose(column(page, part, "loss"), column(ours, part, "loss"), rtol=1e-4)
        assert np.abs(column(page, part, "accuracy") - column(ours, part, "accuracy")).max() < 0.3


def pad(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("application", name="Draw a digit")


def clear(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Clear").click()
    visitor.settle()


def said(visitor: Visitor) -> Locator:
    return visitor.page.locator(".answer")


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


def test_differences_alone_read_95_per_cent(digits: Visitor) -> None:
    frames = digits.frames()

    assert column(frames, TEST, "accuracy")[-1] >= 95.0
    assert column(frames, TEST, "evaluations")[-1] == 2 * (32 + 10) * 401
    expect(digits.page.locator("[data-part=summary]")).to_contain_text("no derivative")
    assert digits.numbers()["test"]["evals"] == "33684"
    assert_same(frames, native())


def test_training_in_the_browser_reaches_what_it_reaches_here(digits: Visitor) -> None:
    digits.type("seed, typed", "1")
    frames = trained(digits)

    assert column(frames, TEST, "accuracy")[-1] >= 95.0
    assert_same(frames, native(seed=1))


def test_black_box_is_learnt_all_the_same(digits: Visitor) -> None:
    digits.page.get_by_text("Network and test", exact=True).click()
    pages.pick(digits, "activation", "np.tanh")
    frames = trained(digits)

    assert column(frames, TEST, "accuracy")[-1] >= 95.0
    assert "activation=np.tanh" in pages.tape(digits, "code")
    digits.page.get_by_text("Network and test", exact=True).click()


def test_comparison_with_backprop_is_made_when_asked_for(digits: Visitor) -> None:
    below = digits.page.locator("[data-place=below]")
    expect(below).to_contain_text("Nothing here has asked for a derivative")
    digits.switch("Compare with backprop").check()
    digits.settle()

    rows = below.get_by_role("row").all_inner_texts()
    assert [row.split()[:2] for row in rows[1:]] == [["step", str(step)] for step in (0, 100, 200, 300, 400)]
    assert all(float(row.split()[2]) > 13.0 for row in rows[1:])


def test_script_prints_the_numbers_of_the_page(digits: Visitor) -> None:
    lines = printed_by(pages.tape(digits, "code")).splitlines()

    chances = eval(lines.pop())
    printed = np.array([[float(number) for number in line.split()] for line in lines]).reshape(-1, 2, 3)
    frames = digits.frames()
    ours = np.stack([column(frames, part, "loss") for part in (TRAIN, TEST)], axis=1)
    np.testing.assert_allclose(printed[:, :, 1], ours, rtol=1e-4)
    expect(said(digits)).to_contain_text(f"Read as 3, {100 * chances[3]:.0f} %")


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
    finger.page.touchscreen.tap(box["x"] + 0.6 * box["width"], box["y"] + 0.2 * box["height"])
    finger.settle()

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


def test_answer_follows_the_training(digits: Visitor) -> None:
    certain = said(digits).inner_text()
    digits.stand(0)
    before = said(digits).inner_text()
    digits.stand(digits.last)

    assert "Read as 3" in certain
    assert before != certain
    assert said(digits).inner_text() == certain


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


def test_units_and_wrong_answers_are_browsed_by_keys(digits: Visitor) -> None:
    units = digits.page.get_by_role("listbox", name="What the hidden units look for").get_by_role("option")
    wrong = digits.page.get_by_role("listbox", name="Wrong answers").get_by_role("option")
    assert units.count() == 32
    frames = digits.frames()
    right = column(frames, TEST, "accuracy")[-1]
    tested = 359
    assert wrong.count() == round((100.0 - right) / 100.0 * tested)

    step = digits.step
    wrong.first.click()
    wrong.first.press("ArrowRight")
    expect(wrong.nth(1)).to_be_focused()
    expect(wrong.nth(1)).to_have_attribute("aria-selected", "true")
    wrong.nth(1).press("End")
    expect(wrong.last).to_be_focused()
    assert digits.step == step
    shown = wrong.evaluate_all(
        "options => options.map((option) => [...option.querySelector('canvas').getContext('2d').getImageData(0, 0, 8, 8).data].join())"
    )
    assert len(set(shown)) == len(shown)


def test_wrong_answers_follow_the_step(digits: Visitor) -> None:
    section = digits.page.locator(".gallery").filter(
        has=digits.page.get_by_role("heading", name="Wrong answers")
    )
    options = section.get_by_role("option")
    height = section.bounding_box()
    at_end = options.count()
    digits.stand(0)

    frames, tested = digits.frames(), 359
    for moment in (0, 5, digits.last):
        digits.stand(moment)
        right, step = column(frames, TEST, "accuracy")[moment], int(column(frames, TEST, "step")[moment])
        wrong = round((100.0 - right) / 100.0 * tested)
        expect(section).to_contain_text(f"At step {step}, {wrong} of the test’s digits")
        expect(options).to_have_count(min(wrong, MOST))
    assert options.count() == at_end
    # Nothing jumps.
    assert section.bounding_box() == height


def test_link_with_what_is_no_drawing_is_refused(digits: Visitor) -> None:
    digits.page.evaluate("location.hash = '#v=1&drawing=<b>'")

    expect(digits.page.locator("[data-part=notice]")).to_contain_text("drawing takes no “<b>”")
    expect(said(digits)).to_contain_text("Read as 3")


def test_rate_that_is_too_high_is_named(digits: Visitor) -> None:
    digits.type("rate, typed", "10")
    trained(digits)

    summary = digits.page.locator("[data-part=summary]")
    expect(summary).to_contain_text("the rate is too high")
    expect(digits.status).to_have_attribute("data-state", "live")


def test_training_is_watched_paused_and_stopped(digits: Visitor) -> None:
    work = digits.page.get_by_role("group", name="Training")
    digits.type("steps, typed", "2000")
    digits.page.wait_for_function("document.querySelector('[data-part=work]').dataset.state === 'running'")
    work.get_by_role("button", name="Pause").click()
    digits.page.wait_for_function("document.querySelector('[data-part=work]').dataset.state === 'paused'")
    digits.settle()
    first = np.count_nonzero(np.isfinite(column(digits.frames(), TEST, "loss")))
    work.get_by_role("button", name="Stop").click()
    digits.settle()
    stopped = np.count_nonzero(np.isfinite(column(digits.frames(), TEST, "loss")))

    assert 1 <= first <= stopped < 101
    assert digits.last == stopped - 1
    expect(digits.page.locator("[data-part=summary]")).to_contain_text("of the test digits are read right")


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
