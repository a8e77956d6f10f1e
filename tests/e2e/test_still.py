"""What is seen before BokehJS is there: the plots as they will be, where they will be, so that nothing jumps."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image, ImageFilter
from tests.e2e import pages
from tests.e2e.test_look import options, violations

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from playwright.sync_api import Page
    from tests.e2e.visitor import Visitor

WIDTHS = [(390, 844), (1024, 768), (1600, 900)]
MORE_WIDTHS = [(360, 740), (768, 1024), (1280, 720)]
SIZES = [(demo.name, size) for demo in DEMOS for size in WIDTHS] + [("race", size) for size in MORE_WIDTHS]
each_size = pytest.mark.parametrize(
    ("demo", "size"), SIZES, ids=[f"{demo}-{width}" for demo, (width, _) in SIZES]
)
PLACES = ("map", "curve")
# Keeps what is gone once BokehJS is there; a face that has arrived moves words, so it is waited for, as BokehJS does. The
# instrument is laid out a frame after the words.
EARLY = """
addEventListener("DOMContentLoaded", async () => {
  await document.fonts.load("400 13px Inter")
  document.getAnimations().forEach((wait) => wait.finish())
  globalThis.stills = Object.fromEntries([...document.querySelectorAll("[data-place] + .still")].map((still) => {
    const { place } = still.previousElementSibling.dataset
    const { x, y, width, height } = still.querySelector(".outline").getBoundingClientRect()
    const said = (name) => [...still.querySelectorAll(name)].map(({ textContent }) => textContent)
    return [place, { box: [x, y + scrollY, width, height], across: said(".below"), up: said(".before") }]
  }))
})
"""
HELD = """
const held = new CSSStyleSheet()
held.replaceSync("main > * { animation-play-state: paused !important }")
document.adoptedStyleSheets = [held]
"""
DRAWN = """() => Object.fromEntries(fallline.document.views_manager.roots.filter(({ frame }) => frame).map((view) => {
  const place = view.model.name
  const { x, y } = view.canvas_view.el.getBoundingClientRect()
  const { left, top, width, height } = view.frame.bbox
  const labels = ([axis], range) => axis.formatter.doFormat(axis.ticker.get_ticks(range.start, range.end, range, NaN).major, { loc: 0 })
  const { below, left: beside, x_range, y_range } = view.model
  return [place, { box: [x + left, y + top + scrollY, width, height], across: labels(below, x_range), up: labels(beside, y_range) }]
}))"""


@each_size
def test_plots_take_the_place_of_their_stills_to_the_pixel(
    visits: Callable[..., Any], demo: str, size: tuple[int, int]
) -> None:
    with visits(viewport=dict(zip(("width", "height"), size, strict=True))) as visitor:
        visitor.page.add_init_script(EARLY)
        with visitor.before_python():
            visitor.open("playable", page=demo)
            stills, drawn = visitor.page.evaluate("stills"), visitor.page.evaluate(DRAWN)

            assert stills == drawn
            assert visitor.page.locator(".still").count() == 0


@each_size
def test_nothing_jumps_when_plots_and_settings_arrive(
    visits: Callable[..., Any], demo: str, size: tuple[int, int]
) -> None:
    viewport = dict(zip(("width", "height"), size, strict=True))
    come = visits(viewport=viewport, reduced_motion="reduce")
    with come as visitor, pages.with_one_face(visitor), visitor.before_python():
        visitor.open("playable", page=demo)


def test_plots_wait_until_the_instrument_is_on_the_screen(visitor: Visitor) -> None:
    visitor.page.add_init_script(HELD)
    visitor.page.goto(f"{visitor.site.url}race.html")
    visitor.page.evaluate("new Promise((resolve) => setTimeout(resolve, 1500))")
    assert visitor.page.locator(".still").count() > 0
    assert visitor.state is None

    visitor.page.evaluate("document.getAnimations().forEach((wait) => wait.finish())")

    visitor.wait("playable")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_still_looks_as_the_plot_does(visits: Callable[..., Any], scheme: str) -> None:
    seen = []
    for javascript in (False, True):
        with visits(**options("laptop", scheme), java_script_enabled=javascript) as visitor:
            if javascript:
                with visitor.before_python():
                    visitor.open("playable")
                    visitor.page.evaluate("new Promise((resolve) => setTimeout(resolve, 300))")
                    seen.append(picture(visitor.page))
            else:
                visitor.page.goto(f"{visitor.site.url}race.html")
                seen.append(picture(visitor.page))

    # Smoothed: a still has fewer tints, and its letters are set by another hand.
    assert abs(seen[0] - seen[1]).mean() < 0.02
    assert np.quantile(abs(seen[0] - seen[1]), 0.99) < 0.2


def picture(page: Page) -> NDArray[np.float64]:
    """Return the map as it is on the screen, shape (height, width, 3) from 0 to 1, smoothed."""
    shot = Image.open(io.BytesIO(page.locator(".hero").screenshot())).convert("RGB")
    return np.asarray(shot.filter(ImageFilter.GaussianBlur(3)), dtype=float) / 255.0


def test_page_without_javascript_shows_the_race_and_nothing_that_does_not_work(
    visits: Callable[..., Any],
) -> None:
    with visits(java_script_enabled=False) as visitor:
        visitor.page.goto(f"{visitor.site.url}race.html")

        assert "This page needs JavaScript." in visitor.status.inner_text()
        assert (
            visitor.page.locator("[data-part=summary]")
            .inner_text()
            .startswith("Gradient descent is the first")
        )
        assert visitor.page.get_by_role("figure").count() == len(PLACES)
        assert "Contour map" in (visitor.map.get_attribute("aria-label") or "")
        assert visitor.page.get_by_role("button").count() == 0
        assert visitor.page.locator(".still svg").first.is_visible()


def test_numbers_of_the_still_are_those_of_the_last_step(visits: Callable[..., Any]) -> None:
    with visits(java_script_enabled=False) as still:
        still.page.goto(f"{still.site.url}race.html")
        rows = still.page.locator("[data-part=readout] tr")
        written = [rows.nth(i).inner_text().split() for i in range(rows.count())]

    with visits(**options("laptop", "light")) as visitor, visitor.before_python():
        visitor.open("playable")
        rows = visitor.page.locator("[data-part=readout] tr")
        shown = [rows.nth(i).inner_text().split() for i in range(rows.count()) if rows.nth(i).is_visible()]
        assert shown == written


def test_axe_finds_nothing_in_the_still(visits: Callable[..., Any]) -> None:
    with visits(**options("phone", "dark")) as visitor:
        visitor.page.route(
            "**/page.*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
        )
        visitor.page.goto(f"{visitor.site.url}race.html")

        assert visitor.page.locator(".still").count() == len(PLACES)
        assert violations(visitor.page) == []
