"""How a page comes to life: shown, playable, live, or a message that says why not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.e2e.visitor import LIVE_WITHIN

from fallline_app.demos.race.model import Race

if TYPE_CHECKING:
    from playwright.sync_api import Route
    from tests.e2e.visitor import Visitor

DEEP_CANVASES = """() => {
  const inside = (root) => [...root.querySelectorAll("*")].flatMap((node) => [
    ...(node.localName === "canvas" ? [node] : []), ...(node.shadowRoot ? inside(node.shadowRoot) : [])])
  return inside(document)
}"""


def test_page_is_shown_then_playable_then_live(live_visitor: Visitor) -> None:
    marks = live_visitor.page.evaluate(
        "performance.getEntriesByType('mark').filter(({ name }) => name.startsWith('fallline:'))"
        ".map(({ name, startTime }) => [startTime, name])"
    )

    assert [name for _, name in sorted(marks)] == ["fallline:shown", "fallline:playable", "fallline:live"]
    assert live_visitor.state == "live"


def test_progress_says_how_far_it_is_and_never_goes_back(visitor: Visitor) -> None:
    parts = ("heap", "image", "libraries", "pyodide")
    files = [file for part in parts for file in visitor.site.folder.glob(f"assets/{part}.*.gz")]
    megabytes = sum(file.stat().st_size for file in files) / 1e6

    # What comes before the page listens is said at once; most of Python comes after.
    with visitor.before_python("heap"):
        visitor.open("playable")
    visitor.wait("live")
    said = visitor.page.evaluate("spy.said")

    steps = [(words, shown["done"]) for shown in said if (words := fetched(shown["text"]))]
    done = [done for (done, _), _ in steps]
    assert len(files) == len(parts)
    assert len(set(done)) > 5
    assert done == sorted(done)
    assert {total for (_, total), _ in steps} == {float(f"{megabytes:.1f}")}
    assert done[-1] == float(f"{megabytes:.1f}")
    bar = [part for _, part in steps if part is not None]
    assert bar == sorted(bar)


def fetched(text: str) -> tuple[float, float] | None:
    """Return the megabytes that have come, and all, as a status line says it."""
    words = re.search(r"Fetching Python\s+([\d.]+) of ([\d.]+) MB", text)
    return (float(words[1]), float(words[2])) if words else None


def test_python_begins_before_the_code_of_the_page_is_there(visitor: Visitor) -> None:
    held: list[Route] = []
    visitor.page.route("**/page.*.js", lambda route: held.append(route))
    with visitor.page.expect_request_finished(lambda request: "/heap." in request.url, timeout=LIVE_WITHIN):
        visitor.page.goto(f"{visitor.site.url}race.html", wait_until="commit")

    begun_without_it = visitor.state
    held.pop().continue_()
    visitor.wait("live")

    assert begun_without_it is None
    assert visitor.state == "live"


def test_heading_is_painted_before_the_rest_of_the_page_has_come(visitor: Visitor) -> None:
    held: list[Route] = []
    visitor.page.route("**/guard.*.js", lambda route: held.append(route))
    visitor.page.goto(f"{visitor.site.url}race.html", wait_until="commit")

    visitor.page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")

    assert visitor.page.get_by_role("heading", level=1).is_visible()
    assert visitor.page.locator(".instrument").count() == 0
    held.pop().continue_()
    visitor.wait("playable")
    assert visitor.page.locator(".instrument").is_visible()


def test_nothing_of_the_instrument_is_shown_that_would_move_when_the_rest_comes(visitor: Visitor) -> None:
    visitor.open("playable")

    shown = visitor.page.evaluate(
        """() => {
          const shows = () => getComputedStyle(document.querySelector(".instrument")).display
          const whole = shows()
          document.querySelector(".colophon").remove()
          return [whole, shows()]
        }"""
    )

    assert shown == ["grid", "none"]


def test_page_lives_on_without_a_network(race: Visitor) -> None:
    race.page.context.set_offline(True)
    offline = race.page.evaluate("!navigator.onLine")

    race.type("Gradient descent: rate", "0.005")
    frames = race.frames()
    race.type("Gradient descent: rate", "0.004")
    race.stand(20)

    race.page.context.set_offline(False)
    assert offline
    assert (race.frames()[0] != frames[0]).any()
    assert race.step == 20


def test_recorded_run_plays_before_python_is_there(visitor: Visitor) -> None:
    with visitor.before_python():
        visitor.open("playable")

        visitor.stand(10)
        at_10 = visitor.numbers()
        visitor.player("forward").click()
        visitor.player("forward").click()
        visitor.player("back").click()
        at_11 = visitor.numbers()
        visitor.player("play").click()

        visitor.page.wait_for_function("document.querySelector('[data-player=scrub]').valueAsNumber > 15")
        assert at_10 != at_11
        assert visitor.state == "playable"


def test_change_made_before_python_is_there_is_answered_in_the_same_document(visitor: Visitor) -> None:
    with visitor.before_python():
        visitor.open("playable")
        canvases = visitor.page.evaluate_handle(DEEP_CANVASES)
        visitor.stand(20)
        before = visitor.numbers()
        visitor.slider("Adam: rate").press("ArrowRight")
        visitor.slider("Adam: rate").press("ArrowRight")
        sent_too_early = visitor.page.evaluate("spy.sent")
        expect(visitor.status).to_contain_text("waits for Python")

    visitor.wait("live")
    visitor.settle()

    after = visitor.numbers()
    assert sent_too_early == []
    assert before.pop("Adam") != after.pop("Adam")
    assert before == after
    assert visitor.step == 20
    assert len(visitor.page.evaluate("spy.sent.flat().filter(({ attr }) => attr === 'value')")) == 1
    kept = visitor.page.evaluate(
        f"kept => ({DEEP_CANVASES})().map((node, index) => node === kept[index])", canvases
    )
    assert len(kept) >= 2
    assert all(kept)


def lose(route: Route) -> None:
    route.fulfill(status=404)


def cut(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(status=200, body=answer.body()[:100_000])


@pytest.mark.parametrize(
    ("file", "fault"), [("**/heap.*", lose), ("**/libraries.*", cut)], ids=["missing", "cut short"]
)
def test_python_starts_from_its_archives_where_its_image_does_not_arrive(
    visitor: Visitor, file: str, fault: Any
) -> None:
    visitor.watch.expect("Failed to load resource")
    visitor.page.route(file, fault)
    visitor.open("live")
    done = [words[0] for shown in visitor.page.evaluate("spy.said") if (words := fetched(shown["text"]))]
    ours = Race()
    ours.racers[5].rate = 0.1

    visitor.type("Adam: rate", "0.1")

    assert done == sorted(done)
    np.testing.assert_array_equal(visitor.frames(), ours.run().frames)
