"""How a page comes to life: shown, playable, live, or a message that says why not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Route
    from tests.e2e.conftest import Visitor

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


@pytest.fixture(scope="module")
def archives_visitor(visits: Callable[..., Any]) -> Iterator[Visitor]:
    """Someone whose Python started from the archives, the way that is taken where the image fails."""
    with visits() as visitor:
        visitor.open("live", "race.html?start=archives")
        yield visitor


def progress(visitor: Visitor, unit: str) -> tuple[list[float], set[float], list[float]]:
    """Return how much was said to be done, of how much, and where the bar stood."""
    found = [
        (re.search(rf"([\d.]+) of ([\d.]+) {unit}", entry["text"]), entry["done"])
        for entry in visitor.page.evaluate("spy.said")
    ]
    done = [float(words[1]) for words, _ in found if words]
    total = {float(words[2]) for words, _ in found if words}
    return done, total, [shown for words, shown in found if words and shown is not None]


def test_progress_of_the_image_says_how_far_it_is_and_never_goes_back(live_visitor: Visitor) -> None:
    forward_to_the_end(*progress(live_visitor, "MB"))


@pytest.mark.parametrize("unit", ["MB", "modules"])
def test_progress_of_the_archives_says_how_far_it_is_and_never_goes_back(
    archives_visitor: Visitor, unit: str
) -> None:
    forward_to_the_end(*progress(archives_visitor, unit))


def forward_to_the_end(done: list[float], total: set[float], bar: list[float]) -> None:
    assert len(set(done)) > 5
    assert done == sorted(done)
    assert bar == sorted(bar)
    assert len(total) == 1
    assert 0.95 * max(total) <= done[-1] <= max(total)


def test_progress_counts_every_byte_that_is_fetched(live_visitor: Visitor) -> None:
    kinds = ("heap.*.bin.gz", "image.*.json.gz", "libraries.*.bin.gz", "pyodide.*.wasm.gz")
    fetched = sum(path.stat().st_size for kind in kinds for path in live_visitor.site.folder.rglob(kind))

    said = [entry["text"] for entry in live_visitor.page.evaluate("spy.said")]

    assert any(f"{fetched / 1e6:.1f} of {fetched / 1e6:.1f} MB" in text for text in said)


def test_image_and_archives_show_the_same_numbers(live_visitor: Visitor, archives_visitor: Visitor) -> None:
    changed = []
    for visitor in (live_visitor, archives_visitor):
        visitor.type("Adam: rate", "0.125")
        changed.append(visitor.frames())

    np.testing.assert_array_equal(*changed)


def test_archives_start_where_the_image_is_damaged(visitor: Visitor) -> None:
    visitor.page.route("**/heap.*.bin.gz", cut)

    visitor.open("live")

    assert any("modules" in entry["text"] for entry in visitor.page.evaluate("spy.said"))


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
    with visitor.without_python():
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
    with visitor.without_python():
        visitor.open("playable")
        canvases = visitor.page.evaluate_handle(DEEP_CANVASES)
        visitor.stand(20)
        before = visitor.numbers()
        visitor.slider("Adam: rate").press("ArrowRight")
        visitor.slider("Adam: rate").press("ArrowRight")
        sent_too_early = visitor.page.evaluate("spy.sent")

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


def forbid_webassembly(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(
        response=answer, headers={**answer.headers, "content-security-policy": "script-src 'self' blob:"}
    )


def lose(route: Route) -> None:
    route.fulfill(status=404)


def cut(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(status=200, body=answer.body()[:100_000])


FAULTS = [
    pytest.param("**/worker.*.js", forbid_webassembly, "security policy", id="policy without WebAssembly"),
    pytest.param("**/worker.*.js", lose, "did not arrive whole", id="worker missing"),
    pytest.param("**/pyodide.*.wasm.gz", cut, "did not arrive whole", id="file cut short"),
]


@pytest.mark.parametrize(("file", "fault", "said"), FAULTS)
def test_failure_is_explained_and_the_recorded_run_still_plays(
    visitor: Visitor, file: str, fault: Any, said: str
) -> None:
    visitor.watch.expect("Failed to load resource")
    visitor.page.route(file, fault)

    visitor.open("failed")

    explained_and_playing(visitor, said)


def test_page_whose_own_code_is_missing_says_so(visitor: Visitor) -> None:
    visitor.watch.expect("Failed to load resource")
    visitor.page.route("**/page.*.js", lose)

    visitor.page.goto(f"{visitor.site.url}race.html")

    expect(visitor.status).to_contain_text("could not be loaded whole")
    assert visitor.state == "failed"


def test_browser_without_workers_is_told_that_it_is_too_old(visitor: Visitor) -> None:
    visitor.page.add_init_script("delete globalThis.Worker")

    visitor.open("failed")

    explained_and_playing(visitor, "too old")


def test_browser_without_webassembly_is_told_that_it_is_too_old(visitor: Visitor) -> None:
    visitor.page.route("**/worker.*.js", without_webassembly)
    visitor.watch.expect("uncaught: WebAssembly is not defined")

    visitor.open("failed")

    explained_and_playing(visitor, "too old")


def without_webassembly(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=f"delete globalThis.WebAssembly;{answer.text()}")


def explained_and_playing(visitor: Visitor, said: str) -> None:
    expect(visitor.status).to_contain_text(said)
    expect(visitor.status).to_contain_text("The recorded run still plays.")
    expect(visitor.status.get_by_role("button", name="Try again")).to_be_visible()
    expect(visitor.status.get_by_role("progressbar")).to_be_hidden()
    visitor.stand(3)
    visitor.player("forward").click()
    assert visitor.step == 4
    visitor.player("play").click()
    visitor.page.wait_for_function("document.querySelector('[data-player=scrub]').valueAsNumber > 8")
    assert visitor.state == "failed"
