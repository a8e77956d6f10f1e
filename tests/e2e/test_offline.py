"""The site without a network: kept whole, kept on after an interrupt, renewed under open pages, alone in its caches."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.e2e.builds import cache_of, precache, publish_another_build
from tests.e2e.host import Host, hosted, put
from tests.e2e.serving import SUBPATH, Site
from tests.e2e.visitor import DESKTOP, SPY, Visitor
from tests.e2e.watch import Watch

from fallline_site.offline import SERVICE_WORKER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

INNER = f"{SUBPATH}/inner"
KEPT_WITHIN = 60_000
FOREIGN = ("other-site", "fallline:/some/:1234567890", "fallline:/some/folder/of:another/:1234567890")
NAMES = "caches.keys()"
KEPT = "name => caches.open(name).then((cache) => cache.keys()).then((all) => all.map(({ url }) => url))"
IS_GONE = "name => caches.has(name).then((has) => !has)"
IS_WAITING = "navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.waiting))"
# An installation that failed is forgotten; one that has not begun has kept nothing.
HAS_NO_WORKER = """async () => {
  const found = await navigator.serviceWorker.getRegistration()
  return (await caches.keys()).length > 0 && !found?.installing && !found?.active
}"""
STATUS_OF = "url => fetch(url).then(({ status }) => status)"


class Person:
    """Someone with a browser of their own, which remembers what it has seen when it is opened again."""

    def __init__(self, browser: Browser, chromium: dict[str, Any], profile: Path) -> None:
        self._launch = partial(
            browser.browser_type.launch_persistent_context, profile, **{**chromium, "viewport": DESKTOP}
        )

    @contextmanager
    def at_the_browser(self) -> Iterator[BrowserContext]:
        """Open the browser; it stays open when all of the pages that a test opens are closed."""
        context = self._launch()
        context.add_init_script(path=SPY)
        context.set_default_timeout(15_000)
        yield context
        context.close()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    with hosted(tmp_path / "host") as made:
        yield made


@pytest.fixture
def person(browser: Browser, chromium: dict[str, Any], tmp_path: Path) -> Person:
    return Person(browser, chromium, tmp_path / "profile")


def visit(context: BrowserContext, site: Site, until: str = "live", address: str = "race.html") -> Visitor:
    visitor = Visitor(context.new_page(), Watch(context, site.url), site)
    visitor.page.goto(f"{site.url}{address}")
    visitor.wait(until)
    return visitor


def wait_until(page: Page, question: str, arg: Any = None) -> None:
    """Wait until a page answers yes; a promise is an answer only once it is kept."""
    for _ in range(KEPT_WITHIN // 50):
        if page.evaluate(question, arg):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"the page never said yes to {question}")


def wait_until_nothing_waits(context: BrowserContext, host: Host) -> None:
    """Wait, outside of every site, until new versions have taken over from those that no page needs any more."""
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{host.port}/")
    wait_until(
        page,
        "navigator.serviceWorker.getRegistrations().then((all) => all.every(({ waiting }) => !waiting))",
    )
    page.close()


def expect_ready(visitor: Visitor) -> None:
    expect(visitor.page.get_by_text("Ready offline")).to_be_visible(timeout=KEPT_WITHIN)


def test_site_starts_and_answers_after_the_server_is_gone(host: Host, person: Person) -> None:
    with person.at_the_browser() as context:
        expect_ready(visit(context, host.site()))
    host.stop()

    with person.at_the_browser() as context:
        visitor = visit(context, host.site(), address="race.html")
        before = visitor.frames()
        visitor.type("Gradient descent: rate", "0.005")
        after = visitor.frames()
        by_archives = visit(context, host.site(), address="race.html?start=archives").state
        expect_ready(visitor)

    host.start()
    assert (before[0] != after[0]).any()
    assert by_archives == "live"


def test_kept_is_what_pages_ask_for_and_nothing_else(host: Host, person: Person) -> None:
    site = host.site()
    host.spoiled = SERVICE_WORKER
    with person.at_the_browser() as context:
        visit(context, site)
        visit(context, site, address="?start=archives")

    asked = {f"http://127.0.0.1:{host.port}{path.partition('?')[0]}" for path in host.asked}

    listed = {f"{site.url}{name}" for name in precache(site)["files"]}
    pages = {f"{site.url}{path.name}" for path in site.folder.glob("*.html")}
    assert listed - asked - pages == set()
    assert asked - listed == {site.url, f"{site.url}{SERVICE_WORKER}"}


FAULTS = [
    pytest.param(lambda content: content[: len(content) // 2], id="cut short"),
    pytest.param(lambda content: content[:-1] + b"!", id="another byte"),
]


@pytest.mark.parametrize("spoil", FAULTS)
def test_half_finished_installation_goes_on_at_the_next_visit(
    host: Host, person: Person, spoil: Callable[[bytes], bytes]
) -> None:
    site = host.site()
    host.spoiled, host.spoil = r"vendor\..*\.gz", spoil
    with person.at_the_browser() as context:
        visitor = visit(context, site)
        wait_until(visitor.page, HAS_NO_WORKER)
        kept = set(visitor.page.evaluate(KEPT, cache_of(site)))
        ready_too_early = visitor.page.get_by_text("Ready offline").is_visible()
        mark_kept(visitor, cache_of(site), min(kept))
    host.spoiled = None

    with person.at_the_browser() as context:
        visitor = visit(context, site)
        expect_ready(visitor)
        whole = set(visitor.page.evaluate(KEPT, cache_of(site)))
        is_the_same = visitor.page.evaluate(
            "url => caches.match(url).then(({ headers }) => headers.has('X-Kept'))", min(kept)
        )

    assert not ready_too_early
    assert not any("vendor" in url for url in kept)
    assert kept < whole
    assert len(whole) == len(precache(site)["files"])
    assert is_the_same


def mark_kept(visitor: Visitor, cache: str, url: str) -> None:
    visitor.page.evaluate(
        """async ([name, url]) => {
          const cache = await caches.open(name)
          const body = await (await cache.match(url)).blob()
          await cache.put(url, new Response(body, { headers: { "X-Kept": "yes", "Content-Type": body.type } }))
        }""",
        [cache, url],
    )


def test_file_that_was_lost_is_fetched_again_before_the_site_counts_as_ready(
    host: Host, person: Person
) -> None:
    site = host.site()
    lost = next(f"{site.url}{name}" for name in precache(site)["files"] if "heap" in name)
    with person.at_the_browser() as context:
        visitor = visit(context, site)
        expect_ready(visitor)
        visitor.page.evaluate(
            "url => caches.keys().then(([name]) => caches.open(name)).then((all) => all.delete(url))", lost
        )

        expect_ready(visit(context, site))

        assert lost in visitor.page.evaluate(KEPT, cache_of(site))


def test_other_build_reaches_new_pages_and_leaves_open_ones_theirs(host: Host, person: Person) -> None:
    site = host.site()
    with person.at_the_browser() as context:
        open_page = visit(context, site)
        expect_ready(open_page)
        old, lazy = cache_of(site), next(name for name in precache(site)["files"] if "vendor" in name)
        open_page.page.evaluate("names => Promise.all(names.map((name) => caches.open(name)))", list(FOREIGN))

        publish_another_build(site)
        second = visit(context, site)
        wait_until(second.page, IS_WAITING)
        new = cache_of(site)
        second.page.close()
        third = visit(context, site)

        assert third.page.locator("html").get_attribute("data-build") == "another"
        assert not (site.folder / lazy).exists()
        assert open_page.page.evaluate(STATUS_OF, lazy) == 200
        open_page.type("Gradient descent: rate", "0.005")
        assert open_page.status.get_attribute("data-state") == "live"
        assert set(third.page.evaluate(NAMES)) == {old, new, *FOREIGN}

        open_page.page.reload()
        open_page.wait("live")
        assert open_page.page.locator("html").get_attribute("data-build") == "another"

        open_page.page.close()
        third.page.close()
        wait_until_nothing_waits(context, host)
        last = visit(context, site)
        wait_until(last.page, IS_GONE, old)
        expect_ready(last)

        assert set(last.page.evaluate(NAMES)) == {new, *FOREIGN}


def test_two_sites_one_within_the_other_do_not_disturb_each_other(host: Host, person: Person) -> None:
    put(host.root / INNER)
    outer, inner = host.site(), host.site(INNER)
    with person.at_the_browser() as context:
        for site in (outer, inner):
            expect_ready(visit(context, site))
    old = cache_of(inner)
    publish_another_build(inner)
    with person.at_the_browser() as context:
        visitor = visit(context, inner)
        wait_until(visitor.page, IS_WAITING)
        visitor.page.close()
        wait_until_nothing_waits(context, host)
        wait_until(visit(context, inner).page, IS_GONE, old)
    host.stop()

    with person.at_the_browser() as context:
        builds = {
            site: visit(context, site).page.locator("html").get_attribute("data-build")
            for site in (outer, inner)
        }
        names = set(context.pages[-1].evaluate(NAMES))

    host.start()
    assert builds == {outer: None, inner: "another"}
    assert names == {cache_of(outer), cache_of(inner)}


@pytest.mark.parametrize("code", [None, "this is not JavaScript", "throw new Error('broken')"])
def test_service_worker_that_is_missing_or_broken_harms_nobody(
    host: Host, person: Person, code: str | None
) -> None:
    path = host.site().folder / SERVICE_WORKER
    path.unlink()
    if code is not None:
        path.write_text(code, encoding="utf-8")

    with person.at_the_browser() as context:
        visitor = visit(context, host.site())
        visitor.watch.expect("Failed to load resource")
        before = visitor.frames()
        visitor.type("Gradient descent: rate", "0.005")

        assert (visitor.frames()[0] != before[0]).any()
        assert visitor.state == "live"
        assert visitor.page.get_by_text("Ready offline").is_hidden()
