"""A visitor: a real browser on the built site, and watched."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tests.e2e.watch import Watch
from tests.running import printed_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from playwright.sync_api import Browser, Locator, Page, Route
    from tests.e2e.serving import Site

    from fallline_app.demos.race.model import Race

SPY = Path(__file__).with_name("spy.js")
DESKTOP = {"width": 1024, "height": 900}
# What a phone is to Playwright: small, and touched.
PHONE = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 844}}
WITHIN, LIVE_WITHIN = 15_000, 90_000


class Visitor:
    """What a person does on a page of the site, and what there is to see."""

    def __init__(self, page: Page, watch: Watch, site: Site) -> None:
        self.page = page
        self.watch = watch
        self.site = site
        self.status = page.locator("[data-part=status]")
        self.map = page.locator("[data-place=map]")

    def open(self, until: str = "playable", query: str = "", page: str = "race") -> None:
        """Open a page, the race if none is named, and wait until it is `shown`, `playable`, `live` or `failed`, or beyond."""
        self.page.goto(f"{self.site.url}{page}.html{query}")
        self.wait(until)

    def wait(self, state: str) -> None:
        """Wait for a mark, or for a failure; who waits for a page that can be played waits until all of it is drawn."""
        reached = """marks => marks.some((mark) => performance.getEntriesByName(`fallline:${mark}`).length > 0
            && (mark !== "playable" || globalThis.fallline?.document))"""
        self.page.wait_for_function(reached, arg=[state, "failed"], timeout=LIVE_WITHIN)
        assert (self.state == "failed") == (state == "failed"), self.status.inner_text()

    @property
    def state(self) -> str | None:
        """The last mark that was reached."""
        return self.page.locator("html").get_attribute("data-fallline")

    def player(self, part: str) -> Locator:
        """Return a part of the player: start, back, play, forward, scrub, position or speed."""
        return self.page.locator(f"[data-player={part}]")

    @property
    def step(self) -> int:
        """The step that is shown."""
        return int(self.player("scrub").input_value())

    @property
    def last(self) -> int:
        """The last step that can be shown."""
        return int(self.player("scrub").get_attribute("max") or "0")

    def stand(self, step: int) -> None:
        """Go to a step and stay there."""
        self.player("scrub").fill(str(step))

    def field(self, label: str) -> Locator:
        """Return the field in which a number can be typed."""
        return self.page.get_by_role("textbox", name=label)

    def slider(self, label: str) -> Locator:
        """Return the slider of a setting."""
        return self.page.get_by_role("slider", name=label, exact=True)

    def switch(self, racer: str) -> Locator:
        """Return the switch of a racer."""
        return self.page.get_by_role("checkbox", name=racer, exact=True)

    def type(self, label: str, text: str) -> None:
        """Type a number instead of what was there, and wait for Python's answer."""
        self.field(label).fill(text)
        self.field(label).press("Enter")
        self.settle()

    def choose(self, surface: str) -> None:
        """Choose another surface and wait for Python's answer."""
        self.page.get_by_role("combobox", name="surface", exact=True).select_option(surface)
        self.settle()

    def row(self, track: str) -> Locator:
        """Return the row of a track in the table of numbers, which follows a moment later while a run is played."""
        name = self.page.get_by_text(track, exact=True)
        return self.page.locator("[data-part=readout] tbody tr").filter(has=name)

    def reset(self) -> None:
        """Undo all that was set, and wait for Python's answer."""
        self.page.get_by_role("button", name="Reset all settings").click()
        self.finish()

    @contextmanager
    def before_python(self, part: str = "pyodide") -> Iterator[None]:
        """Keep a part of Python, and with it Python, from arriving inside the block; it comes at its end."""
        held: list[Route] = []
        self.page.route(f"**/{part}.*", lambda route: held.append(route), times=1)
        with self.page.expect_request(f"**/{part}.*"):
            yield
        # The route is told of after the request.
        self.page.evaluate("0")
        held.pop().continue_()

    def settle(self) -> None:
        """Wait until everything that was sent to Python is answered."""
        # What a finger changes is sent a moment later.
        self.page.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))")
        self.page.wait_for_function("spy.sent.length === spy.answers")

    def answered(self, act: Callable[[], None]) -> None:
        """Do something that Python is to be told of, and wait for its answer; what a finger does takes effect a little later."""
        changes = self.changes
        act()
        self.page.wait_for_function("changes => spy.sent.length > changes", arg=changes)
        self.settle()

    def finish(self) -> None:
        """Wait until everything is answered, and what takes longer than an answer is done."""
        self.page.wait_for_function(
            """() => {
              const work = fallline.document.roots().find(({ name }) => name === "work")
              return spy.sent.length === spy.answers && work?.state !== "running"
            }""",
            timeout=LIVE_WITHIN,
        )

    @property
    def changes(self) -> int:
        """How many times the page has told Python of a change."""
        count: int = self.page.evaluate("spy.sent.length")
        return count

    def sent(self, attribute: str) -> Any:
        """Return the value that the page last sent for an attribute."""
        events = self.page.evaluate("spy.sent.flat()")
        return next(event["new"] for event in reversed(events) if event.get("attr") == attribute)

    def frames(self) -> NDArray[np.float64]:
        """Return the frames of the run on the page, shape (tracks, columns, steps + 1)."""
        shape, values = self.page.evaluate(
            """() => {
              const { frames } = fallline.document.roots().find(({ name }) => name === "tape")
              return [frames.shape, Array.from(frames)]
            }"""
        )
        return np.array(values, dtype=float).reshape(shape)

    def running(self) -> list[NDArray[np.float64]]:
        """Return the frames of those that take part in a race, shape (columns, steps + 1) each."""
        return [frames for frames in self.frames() if not np.isnan(frames[1]).all()]

    def assert_ends_as(self, script: str) -> None:
        """Compare what a race's script prints with where each of its paths ends on the page, to the last digit."""
        losses = [float(found) for found in re.findall(r"f\(x\) = (\S+),", printed_by(script))]
        assert losses == [frames[3, -1] for frames in self.running()]

    def assert_runs_as(self, race: Race) -> None:
        """Compare the run on the page with one by this machine's Python and NumPy, bit for bit."""
        np.testing.assert_array_equal(self.frames(), race.run().frames)

    def numbers(self) -> dict[str, dict[str, str]]:
        """Return what the table of numbers says, by the first cell of each row and the heading of each column."""
        head, *rows = self.page.locator("[data-part=readout] tr:visible").evaluate_all(
            "rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
        )
        return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


@contextmanager
def visit(browser: Browser, site: Site, **options: Any) -> Iterator[Visitor]:
    """Let a visitor come, in a browser as fresh as on the first day, and check afterwards what the page did."""
    context = browser.new_context(**{"viewport": DESKTOP, **options})
    watch = Watch(context, site.url)
    context.add_init_script(path=SPY)
    context.set_default_timeout(WITHIN)
    try:
        yield Visitor(context.new_page(), watch, site)
    finally:
        context.close()
    watch.check()


Visits = Callable[..., AbstractContextManager[Visitor]]
