"""Long work on a page: it says how far it is, is paused, stopped and replaced, and never blocks the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator
    from tests.e2e.visitor import Visitor

# From here on, how long each picture of the page stood.
COUNT_PICTURES = """() => {
  window.gaps = []
  let last = performance.now()
  const next = () => {
    const now = performance.now()
    gaps.push(now - last)
    last = now
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}"""
# From here on, how long the page's own scripts took of each picture that took long: not what the machine did meanwhile.
COUNT_OWN_WORK = """() => {
  window.works = [0]
  const sum = (frame) => frame.scripts.reduce((taken, { duration }) => taken + duration, 0)
  new PerformanceObserver((list) => works.push(...list.getEntries().map(sum))).observe({ type: "long-animation-frame" })
}"""
SET_AND_WAIT = """async ([key, value]) => {
  const model = [...fallline.document.all_models].find((model) => model.key === key)
  const begin = performance.now()
  model.value = value
  do await new Promise((resolve) => setTimeout(resolve)); while (spy.sent.length !== spy.answers)
  return performance.now() - begin
}"""


@pytest.fixture
def cost(visitor: Visitor) -> Visitor:
    """The page whose work is to measure, Python live; so many rounds take half a minute."""
    visitor.open("live", query="#v=1&rounds=25", page="cost")
    visitor.settle()
    return visitor


def bar(visitor: Visitor, part: str = "") -> Locator:
    return visitor.page.locator(f"[data-work={part}]" if part else "[data-part=work]")


def begin(visitor: Visitor) -> None:
    bar(visitor, "go").click()
    expect(bar(visitor)).to_have_attribute("data-state", "running")
    visitor.page.wait_for_function("document.querySelector('[data-work=progress]').value > 0.14")


def fraction(visitor: Visitor) -> float:
    return float(bar(visitor, "progress").evaluate("bar => bar.value"))


def stand_still(visitor: Visitor) -> tuple[float, Any]:
    """Return how far the work is and what there is of it, half a second apart twice the same."""
    visitor.settle()
    first = fraction(visitor), visitor.frames()
    visitor.page.wait_for_timeout(500)
    second = fraction(visitor), visitor.frames()
    assert first[0] == second[0]
    np.testing.assert_array_equal(first[1], second[1])
    return second


def test_work_says_how_far_it_is_and_the_player_follows_until_it_is_touched(cost: Visitor) -> None:
    expect(bar(cost, "share")).to_have_text("")
    begin(cost)

    expect(bar(cost, "share")).to_have_text(re.compile(r"^\d+ %$"))
    first = fraction(cost)
    cost.page.wait_for_function(
        "before => document.querySelector('[data-work=progress]').value > before", arg=first
    )
    assert cost.step == cost.last
    cost.stand(0)
    before = cost.last
    cost.page.wait_for_function(
        "last => Number(document.querySelector('[data-player=scrub]').max) > last", arg=before
    )
    assert cost.step == 0


def test_pause_holds_still_resume_goes_on_and_stop_keeps_what_there_is(cost: Visitor) -> None:
    begin(cost)
    bar(cost, "go").click()
    expect(bar(cost, "go")).to_have_text("Resume", use_inner_text=True)
    paused, _ = stand_still(cost)

    bar(cost, "go").click()
    cost.page.wait_for_function(
        "before => document.querySelector('[data-work=progress]').value > before", arg=paused
    )
    bar(cost, "stop").click()
    stopped, frames = stand_still(cost)

    expect(bar(cost)).to_have_attribute("data-state", "stopped")
    assert paused < stopped < 1.0
    assert np.isfinite(frames).any()
    expect(cost.page.locator("[data-part=summary]")).to_contain_text("Measured on this machine")
    expect(bar(cost, "go")).to_have_text("Measure here", use_inner_text=True)


def test_keys_begin_pause_and_stop(cost: Visitor) -> None:
    bar(cost, "go").focus()
    cost.page.keyboard.press("Enter")
    expect(bar(cost)).to_have_attribute("data-state", "running")
    cost.page.keyboard.press("Space")
    expect(bar(cost)).to_have_attribute("data-state", "paused")
    cost.page.keyboard.press("Tab")
    cost.page.keyboard.press("Enter")

    expect(bar(cost)).to_have_attribute("data-state", "stopped")
    expect(bar(cost, "stop")).to_be_focused()
    expect(bar(cost, "said")).to_have_text(re.compile("^Measuring was stopped"))


def test_setting_that_is_changed_meanwhile_is_answered_at_once(cost: Visitor) -> None:
    begin(cost)

    times = [cost.page.evaluate(SET_AND_WAIT, ["budget", value]) for value in (3.0, 4.0, 5.0, 6.0, 8.0)]
    replaced = cost.page.evaluate(SET_AND_WAIT, ["batch", 32])

    assert np.median(times) < 300.0
    assert replaced < 600.0
    expect(bar(cost)).to_have_attribute("data-state", "running")
    expect(bar(cost, "phrase")).to_contain_text(", 1 of")


def test_page_is_never_blocked(cost: Visitor) -> None:
    """Pictures go on while work streams in, whatever else the machine does; the median is that of a screen."""
    cost.page.evaluate(COUNT_PICTURES)
    cost.page.evaluate(COUNT_OWN_WORK)
    begin(cost)
    cost.page.wait_for_timeout(2000)

    gaps = np.array(cost.page.evaluate("gaps"))

    assert np.median(gaps) < 1000.0 / 55.0
    # Two pictures of a hundred may stand longer, where the processor is wanted elsewhere: with no script of the page at work.
    assert np.quantile(gaps, 0.98) < 200.0
    assert max(cost.page.evaluate("works")) < 300.0


def test_reset_takes_away_what_was_measured(cost: Visitor) -> None:
    before = cost.frames()
    begin(cost)
    cost.reset()

    np.testing.assert_array_equal(cost.frames(), before)
    expect(bar(cost)).to_have_attribute("data-state", "idle")
    assert fraction(cost) == 0.0


def test_python_that_breaks_down_in_the_middle_comes_back_without_what_it_had_done(cost: Visitor) -> None:
    cost.type("batch, typed", "128")
    before = cost.frames()
    begin(cost)

    # As a worker whose memory ran out would say.
    cost.page.evaluate("crash()")

    expect(cost.page.locator("[data-part=notice]")).to_contain_text(
        "has to be started again; the settings are as they were"
    )
    expect(cost.status).to_have_attribute("data-state", "live")
    cost.settle()
    expect(bar(cost)).to_have_attribute("data-state", "idle")
    expect(cost.field("batch, typed")).to_have_value("128")
    np.testing.assert_array_equal(cost.frames(), before)


def test_step_that_never_ends_is_stopped_after_ten_seconds(cost: Visitor) -> None:
    before = cost.frames()
    begin(cost)
    cost.page.evaluate("spy.deaf = true")

    expect(cost.page.locator("[data-part=notice]")).to_contain_text(
        "Stopped after 10 seconds. What was", timeout=20_000
    )
    cost.page.evaluate("spy.deaf = false")
    expect(cost.status).to_have_attribute("data-state", "live")
    expect(bar(cost)).to_have_attribute("data-state", "idle")
    np.testing.assert_array_equal(cost.frames(), before)
