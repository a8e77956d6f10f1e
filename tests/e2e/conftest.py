"""A visitor: a real browser on the built site, served from a subpath by a plain server, and watched."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Route

    from fallline_app.demos.race.model import Race

ROOT = Path(__file__).parents[2]
WEB = ROOT / "site" / "dist" / "web"
SPY = Path(__file__).with_name("spy.js")
SUBPATH = "some/folder"
# The order in which `install-chromium` looks for one.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for, nothing leaves the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
DESKTOP = {"width": 1024, "height": 900}
WITHIN, LIVE_WITHIN = 15_000, 90_000
MOST_COMPLAINTS = 20


class PlainHandler(SimpleHTTPRequestHandler):
    """A server that has never heard of WebAssembly, modules or wheels."""

    extensions_map = {  # noqa: RUF012 (the base class declares it so)
        **SimpleHTTPRequestHandler.extensions_map,
        ".wasm": "application/octet-stream",
        ".mjs": "text/plain",
        ".whl": "text/plain",
        ".zip": "application/octet-stream",
    }

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class PlainServer(ThreadingHTTPServer):
    """Takes no offence when a page is closed in the middle of a file."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: the browser says what did not arrive."""


class Site(NamedTuple):
    """The built site: where it is served, and the folder that it is served from."""

    url: str
    folder: Path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not (WEB / "index.html").is_file():
        pytest.fail(f"{WEB} has no index.html: build the site first (`make test` and `make build` do)")
    root = tmp_path_factory.mktemp("host")
    shutil.copytree(WEB, root / SUBPATH)
    with PlainServer(("127.0.0.1", 0), partial(PlainHandler, directory=str(root))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield Site(f"http://127.0.0.1:{server.server_port}/{SUBPATH}/", root / SUBPATH)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def chromium() -> dict[str, Any]:
    """Return what Playwright launches Chromium with."""
    named = os.environ.get("FALLLINE_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("there is no Chromium: install one (`make test` does) or name one by FALLLINE_CHROMIUM")
    flags = ["--no-sandbox", *FLAGS] if os.geteuid() == 0 else FLAGS
    return {"executable_path": found, "args": flags}


@pytest.fixture(scope="session")
def browser(chromium: dict[str, Any]) -> Iterator[Browser]:
    expect.set_options(timeout=WITHIN)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium)
        yield browser
        browser.close()


class Watch:
    """Notes what a page should not do: ask elsewhere, throw, or write warnings and errors."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.complaints: list[str] = []
        self._home = home
        self._expected: list[str] = []
        context.on("request", lambda request: self._see("request to another place", request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._see("socket", socket.url)))
        context.on("console", self._read)
        context.on("weberror", lambda error: self._note(f"uncaught: {error.error}"))

    def expect(self, *patterns: str) -> None:
        """Let pass what matches one of these from now on: the browser's own words about a fault that a test makes."""
        self._expected.extend(patterns)

    def check(self) -> None:
        """Fail if anything was noted since the last time."""
        noted, self.complaints = self.complaints, []
        assert not noted, "\n".join(["the page did what it should not:", *noted[:MOST_COMPLAINTS]])

    def _see(self, what: str, url: str) -> None:
        if not url.startswith((self._home, f"blob:{self._home[: -len(SUBPATH) - 1]}", "data:")):
            self._note(f"{what}: {url}")

    def _read(self, message: ConsoleMessage) -> None:
        # `info` is what the page and BokehJS say of themselves; `log` is what Python prints.
        if message.type in ("error", "warning", "assert", "log"):
            self._note(f"console {message.type}: {message.text} ({message.location['url']})")

    def _note(self, complaint: str) -> None:
        if not any(re.search(pattern, complaint) for pattern in self._expected):
            self.complaints.append(complaint)


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
        self.page.wait_for_function("spy.sent.length === spy.answers")

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


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Someone who has not opened a page yet."""
    with visit(browser, site) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def live_visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Someone for whom Python is live; the tests share the page, which takes seconds to come so far."""
    with visit(browser, site) as visitor:
        visitor.open("live")
        yield visitor


@pytest.fixture
def race(live_visitor: Visitor) -> Iterator[Visitor]:
    """The race as it is at first, Python live and nobody playing."""
    live_visitor.stand(0)
    live_visitor.page.locator("h1").click()
    changes = live_visitor.changes
    yield live_visitor
    live_visitor.watch.check()
    live_visitor.player("speed").select_option("1")
    if live_visitor.changes != changes:
        live_visitor.reset()


@pytest.fixture(scope="session")
def visits(browser: Browser, site: Site) -> Callable[..., Any]:
    """Let tests choose who comes, with Playwright's options of a context, and where to."""

    def come(place: Site = site, **options: Any) -> AbstractContextManager[Visitor]:
        return visit(browser, place, **options)

    return come
