"""Who comes to the built site: the fixtures of all browser tests."""

from __future__ import annotations

import os
import shutil
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect, sync_playwright
from tests.e2e.serving import SUBPATH, WEB, PlainHandler, PlainServer, Site
from tests.e2e.visitor import PHONE, WITHIN, Visitor, visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser
    from tests.e2e.visitor import Visits

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
def visits(browser: Browser, site: Site) -> Visits:
    """Let tests choose who comes, with Playwright's options of a context, and where to."""

    def come(place: Site = site, **options: Any) -> AbstractContextManager[Visitor]:
        return visit(browser, place, **options)

    return come


@pytest.fixture(scope="module")
def live(request: pytest.FixtureRequest, visits: Visits) -> Iterator[Visitor]:
    """Someone for whom Python is live on the page that the module is about, its PAGE; its tests share the page."""
    with visits() as visitor:
        visitor.open("live", page=request.module.PAGE)
        yield visitor


@pytest.fixture
def at_first(live: Visitor) -> Iterator[Visitor]:
    """The module's page as it is at first."""
    live.stand(0)
    yield live
    live.watch.check()
    live.reset()


@pytest.fixture
def finger(request: pytest.FixtureRequest, visits: Visits) -> Iterator[Visitor]:
    """Someone who touches: on the module's page by phone, Python live."""
    with visits(**PHONE) as visitor:
        visitor.open("live", page=request.module.PAGE)
        yield visitor
