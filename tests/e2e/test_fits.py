"""Nothing leaves its card, on any page and at every width: numbers, their arithmetic, tables, the player, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.e2e.test_look import options

from fallline_app.catalogue import DEMOS
from fallline_app.demos.cost.words import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTHS = (360, 390, 600, 680, 768, 1000, 1024, 1280, 1360, 1440, 1600, 1920)
FULL_SCREENS = (1024, 1280, 1366, 1440, 1600, 1920, 2560)
# How much of the screen is beside the page.
BESIDE = "innerWidth - document.querySelector('main').offsetWidth"
ALL = """const inside = (root) => [...root.querySelectorAll("*")].flatMap((node) => [node, ...(node.shadowRoot ? inside(node.shadowRoot) : [])])
  const all = inside(document)
  """
# Settings and what stands below are drawn last.
DRAWN = "globalThis.fallline?.document !== undefined"
OPEN = f"""() => {{ {ALL}for (const node of all) if (node.tagName === "DETAILS") node.open = true }}"""
# What is wider inside than outside, also in shadow trees, once all is laid out; code may be scrolled.
TOO_WIDE = f"""async () => {{
  for (let frames = 0; frames < 4; frames += 1) await new Promise(requestAnimationFrame)
  {ALL}const cards = ".trail, .player, .numbers, .settings, .below, .away, .outcome"
  return all.filter((node) => node.matches(cards) && node.scrollWidth > node.clientWidth)
    .map(({{ className, scrollWidth, clientWidth }}) => [className, scrollWidth, clientWidth])
}}"""
# Settings keep their own.
LONGEST = """() => {
  const own = (text) => text.startsWith("0.9") || text.length < 3
  for (const number of document.querySelectorAll("[data-part=equations] mn"))
    if (!own(number.textContent)) number.textContent = "−1.234e−15"
}"""
CELLS = f"""async () => {{
  for (let frames = 0; frames < 4; frames += 1) await new Promise(requestAnimationFrame)
  {ALL}const table = all.find((node) => node.matches(".outcome > table"))
  return [...table.querySelectorAll("tbody tr:first-child td")].map((cell) => {{
    const {{ content }} = getComputedStyle(cell, "::before")
    return [content === "none" ? "" : JSON.parse(content), cell.offsetTop]
  }})
}}"""


@pytest.mark.parametrize("page", ["index", *(demo.name for demo in DEMOS)])
def test_what_a_card_holds_fits_it(visits: Callable[..., Any], page: str) -> None:
    with visits(**options("laptop", "light")) as visitor, visitor.before_python():
        visitor.open("playable", page=page)
        visitor.page.wait_for_function(DRAWN)
        visitor.page.evaluate(OPEN)

        found = {}
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": 900})
            found[width] = visitor.page.evaluate(TOO_WIDE)
        assert found == {width: [] for width in WIDTHS}


def test_arithmetic_of_a_race_fits_its_card_with_the_longest_numbers(visits: Callable[..., Any]) -> None:
    with visits(**options("laptop", "light")) as visitor, visitor.before_python():
        visitor.open("playable", page="race")
        visitor.page.wait_for_function(DRAWN)
        visitor.page.evaluate(OPEN)
        visitor.page.evaluate(LONGEST)

        found = {}
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": 900})
            found[width] = visitor.page.evaluate(TOO_WIDE)
        assert found == {width: [] for width in WIDTHS}


@pytest.mark.parametrize("page", ["index", *(demo.name for demo in DEMOS)])
def test_what_a_card_holds_fits_it_on_the_full_screen(visits: Callable[..., Any], page: str) -> None:
    with visits(**options("laptop", "light")) as visitor, visitor.before_python():
        visitor.open("playable", page=page)
        visitor.page.wait_for_function(DRAWN)
        visitor.page.keyboard.press("f")
        visitor.page.wait_for_function("document.fullscreenElement !== null")

        found = {}
        for width in FULL_SCREENS:
            visitor.page.set_viewport_size({"width": width, "height": width * 9 // 16})
            found[width] = (*visitor.page.evaluate(TOO_WIDE), visitor.page.evaluate(BESIDE))
        assert found == dict.fromkeys(FULL_SCREENS, (0,))


def test_cells_without_room_stand_below_each_other_each_after_its_heading(visits: Callable[..., Any]) -> None:
    with visits(**options("laptop", "light")) as visitor, visitor.before_python():
        visitor.open("playable", page="cost")
        visitor.page.wait_for_function(DRAWN)

        wide = visitor.page.evaluate(CELLS)
        visitor.page.set_viewport_size({"width": 360, "height": 900})
        narrow = visitor.page.evaluate(CELLS)
        assert {heading for heading, _ in wide} == {""}
        assert len({down for _, down in wide}) == 1
        assert [heading for heading, _ in narrow] == list(HEADINGS[1:])
        assert len({down for _, down in narrow}) == len(narrow)
