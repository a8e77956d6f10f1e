"""The player: play, pause, step and scrub, by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from fallline_app.demos.race.model import Race

if TYPE_CHECKING:
    from tests.e2e.visitor import Visitor

LAST = Race().steps
# How often the map's landscape and what moves on it are painted while the player steps.
PAINTINGS = """async () => {
  const view = fallline.document.views_manager.roots.find(({ model }) => model.name === "map")
  const counts = {}
  for (const name of ["_paint_primary", "_paint_overlays"]) {
    counts[name] = 0
    view[name] = function (...given) { counts[name] += 1; return Object.getPrototypeOf(view)[name].apply(this, given) }
  }
  for (let steps = 0; steps < 5; steps += 1) {
    document.querySelector("[data-player=forward]").click()
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame)
  }
  delete view._paint_primary
  delete view._paint_overlays
  return counts
}"""


def test_play_goes_to_the_end_and_stops(race: Visitor) -> None:
    race.player("speed").select_option("4")
    race.player("play").click()
    expect(race.player("play")).to_have_accessible_name("Pause")

    race.page.wait_for_function("document.querySelector('[data-player=play]').dataset.playing === 'false'")

    assert race.step == race.last == LAST
    expect(race.player("play")).to_have_accessible_name("Play")


def test_play_at_the_end_begins_anew(race: Visitor) -> None:
    race.stand(LAST)

    race.player("play").click()
    race.page.wait_for_function("document.querySelector('[data-player=scrub]').valueAsNumber > 0")
    race.player("play").click()

    assert 0 < race.step < LAST


def test_a_step_paints_what_moves_and_no_landscape(race: Visitor) -> None:
    race.stand(10)

    counts = race.page.evaluate(PAINTINGS)

    assert counts["_paint_overlays"] >= 5
    assert counts["_paint_primary"] == 0


def test_pause_holds_the_step(race: Visitor) -> None:
    race.player("play").click()
    race.page.wait_for_function("document.querySelector('[data-player=scrub]').valueAsNumber > 3")

    race.player("play").click()
    step = race.step
    race.page.evaluate("new Promise((resolve) => setTimeout(resolve, 200))")

    assert race.step == step


def test_steps_go_one_forward_and_one_back_and_no_farther_than_the_ends(race: Visitor) -> None:
    race.player("back").click()
    at_start = race.step
    race.player("forward").click()
    race.player("forward").click()
    race.player("back").click()
    after_three = race.step
    race.stand(LAST)
    race.player("forward").click()
    at_end = race.step
    race.player("start").click()

    assert (at_start, after_three, at_end, race.step) == (0, 1, LAST, 0)


def test_scrub_by_mouse_goes_where_the_mouse_is(race: Visitor) -> None:
    box = race.player("scrub").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2

    race.page.mouse.click(box["x"] + box["width"] / 2, middle)
    at_half = race.step
    race.page.mouse.down()
    race.page.mouse.move(box["x"] + box["width"] * 0.75, middle, steps=4)
    race.page.mouse.up()

    assert at_half == pytest.approx(LAST / 2, abs=LAST / 50)
    assert race.step == pytest.approx(LAST * 0.75, abs=LAST / 25)


def test_scrub_by_keyboard_moves_by_one_and_to_the_ends(race: Visitor) -> None:
    steps = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home"):
        race.player("scrub").press(key)
        steps.append(race.step)

    assert steps == [1, 2, 1, LAST, 0]


def test_keys_play_from_wherever_in_the_instrument_they_mean_nothing_else(race: Visitor) -> None:
    race.page.locator("#instrument").focus()
    scrolled = race.page.evaluate("scrollY")
    steps = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home"):
        race.page.keyboard.press(key)
        steps.append(race.step)
    race.page.keyboard.press("Space")
    race.page.wait_for_function("document.querySelector('[data-player=scrub]').valueAsNumber > 3")
    race.page.keyboard.press("Space")

    assert steps == [1, 2, 1, LAST, 0]
    expect(race.player("play")).to_have_attribute("data-playing", "false")
    assert race.page.evaluate("scrollY") == scrolled


def test_space_plays_from_the_slider_too(race: Visitor) -> None:
    race.player("scrub").press("Space")

    race.page.wait_for_function("document.querySelector('[data-player=scrub]').valueAsNumber > 3")


def test_keys_in_a_field_belong_to_the_field(race: Visitor) -> None:
    race.field("Adam: rate").focus()
    for key in ("Home", "ArrowRight", "End", "Space"):
        race.page.keyboard.press(key)

    assert race.step == 0
    expect(race.player("play")).to_have_attribute("data-playing", "false")
    race.field("Adam: rate").fill("0.2")


def test_speed_is_in_proportion_to_what_is_chosen(race: Visitor) -> None:
    def steps_a_second(speed: str, steps: int) -> float:
        race.stand(0)
        race.player("speed").select_option(speed)
        race.player("play").click()
        measured: float = race.page.evaluate(
            """steps => new Promise((resolve) => {
              const scrub = document.querySelector("[data-player=scrub]")
              let begun = null
              const look = (now) => {
                const step = scrub.valueAsNumber
                if (begun === null && step > 0) begun = { step, now }
                if (begun === null || step < begun.step + steps) requestAnimationFrame(look)
                else resolve((1000 * (step - begun.step)) / (now - begun.now))
              }
              requestAnimationFrame(look)
            })""",
            steps,
        )
        return measured

    slow, fast = steps_a_second("1", 40), steps_a_second("4", 120)

    assert fast / slow == pytest.approx(4.0, rel=0.2)
