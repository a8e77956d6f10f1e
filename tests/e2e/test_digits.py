"""No backprop anywhere: the digits' page by its numbers, its controls and its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.running import printed_by

from fallline_app.demos.digits.mistakes import MOST
from fallline_app.demos.digits.model import Digits
from fallline_app.demos.digits.training import COLUMNS, TEST, TRAIN

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Locator
    from tests.e2e.visitor import Visitor

PAGE = "digits"


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


def said(visitor: Visitor) -> Locator:
    return visitor.page.locator(".answer")


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


def test_answer_follows_the_training(digits: Visitor) -> None:
    certain = said(digits).inner_text()
    digits.stand(0)
    before = said(digits).inner_text()
    digits.stand(digits.last)

    assert "Read as 3" in certain
    assert before != certain
    assert said(digits).inner_text() == certain


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
