"""The site without a server: pages opened from a disk, a single page that was mailed, a frame that may only run scripts."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

import pytest
from tests.e2e.engines import firefox, is_answered, state, wait, webkit
from tests.e2e.serving import ROOT, PlainHandler, PlainServer, Site
from tests.e2e.visitor import Visitor, visit

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Page
    from tests.e2e.drivers import Engine
    from tests.e2e.visitor import Visits

USB = ROOT / "site" / "dist" / "usb"
FOLDER, SINGLE = "race.html", "fallline.html"
# The worker's own script, which the page has made.
BLOB = r"blob:(null|http://127)"
FRAMED = '<!doctype html><iframe sandbox="allow-scripts" width="1000" height="850" src="{}"></iframe>'


@pytest.fixture
def disk(browser: Browser) -> Callable[..., Any]:
    """Visitors of the folder on a disk, without a network, whose page may ask for nothing but its own files."""
    assert (USB / FOLDER).is_file(), (
        f"{USB} has no {FOLDER}: build the site first (`make test` and `make build` do)"
    )

    @contextmanager
    def visit_disk() -> Iterator[Visitor]:
        with visit(browser, Site(f"{USB.as_uri()}/", USB), offline=True) as visitor:
            visitor.watch.expect(BLOB)
            yield visitor

    return visit_disk


@pytest.fixture
def host() -> Iterator[str]:
    """Where the folder is served, as a learning platform does."""
    with PlainServer(("127.0.0.1", 0), partial(PlainHandler, directory=str(USB))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("page", [FOLDER, SINGLE])
def test_page_from_a_disk_is_shown_plays_and_is_answered(
    page: str, disk: Callable[[], AbstractContextManager[Visitor]]
) -> None:
    with disk() as visitor:
        visitor.page.goto(f"{visitor.site.url}{page}", wait_until="commit")
        visitor.wait("shown")
        visitor.wait("playable")
        visitor.stand(10)
        step = visitor.step
        visitor.wait("live")

        answered = answer_changes_the_run(visitor)

    assert step == 10
    assert answered


def test_single_page_needs_nothing_beside_it(
    tmp_path: Path, disk: Callable[[], AbstractContextManager[Visitor]]
) -> None:
    (tmp_path / "mail.html").write_bytes((USB / SINGLE).read_bytes())
    asked: list[str] = []

    with disk() as visitor:
        visitor.watch.expect(tmp_path.as_uri())
        visitor.page.on("request", lambda request: asked.append(request.url))
        visitor.page.goto((tmp_path / "mail.html").as_uri(), wait_until="commit")
        visitor.wait("live")

    assert [url for url in asked if url.startswith(("file:", "http"))] == [(tmp_path / "mail.html").as_uri()]


def test_single_page_is_taken_from_the_home_page_of_a_host(
    tmp_path: Path, visits: Visits, disk: Callable[[], AbstractContextManager[Visitor]]
) -> None:
    with visits() as visitor:
        visitor.open("playable", page="index")
        link = visitor.page.get_by_role("link", name="All demonstrations in one file")
        said = link.inner_text()
        with visitor.page.expect_download() as download:
            link.click()
        download.value.save_as(tmp_path / download.value.suggested_filename)
        visitor.wait("live")

    (taken,) = tmp_path.iterdir()
    with disk() as visitor:
        visitor.watch.expect(tmp_path.as_uri())
        visitor.page.goto(taken.as_uri(), wait_until="commit")
        visitor.wait("live")
        assert answer_changes_the_run(visitor)
    assert taken.name == SINGLE
    assert f"about {taken.stat().st_size / 2**20:.0f} MiB" in said


def test_single_page_leads_to_every_demonstration_and_each_is_answered(
    disk: Callable[[], AbstractContextManager[Visitor]],
) -> None:
    with disk() as visitor:
        visitor.page.goto(f"{visitor.site.url}{SINGLE}", wait_until="commit")
        visitor.wait("playable")
        addresses = visitor.page.evaluate(
            "[...document.querySelectorAll('.stations a')].map(({ href }) => href)"
        )
        visitor.page.goto(addresses[0], wait_until="commit")
        visitor.wait("live")
        title, heading = visitor.page.title(), visitor.page.get_by_role("heading", level=1).inner_text()
        before = visitor.frames()

        visitor.slider("x").press("ArrowRight")
        visitor.settle()

        assert len(addresses) == len(DEMOS)
        assert title.startswith(DEMOS[0].title)
        assert heading.startswith(DEMOS[0].title)
        assert (visitor.frames() != before).any()
        assert visitor.page.locator("template, #document").count() <= 2
        assert visitor.page.locator(".instrument").count() == 1


def test_folder_starts_from_the_archives_where_the_image_does_not(
    disk: Callable[[], AbstractContextManager[Visitor]],
) -> None:
    with disk() as visitor:
        visitor.page.goto(f"{visitor.site.url}{FOLDER}?start=archives", wait_until="commit")
        visitor.wait("live")

        assert answer_changes_the_run(visitor)


def test_file_that_was_lost_on_the_way_is_no_obstacle_as_long_as_the_archives_are_there(
    tmp_path: Path, browser: Browser
) -> None:
    for path in USB.rglob("*"):
        if path.is_file() and not path.name.startswith(("heap", SINGLE)):
            (tmp_path / path.relative_to(USB)).parent.mkdir(exist_ok=True)
            (tmp_path / path.relative_to(USB)).symlink_to(path)

    with visit(browser, Site(f"{tmp_path.as_uri()}/", tmp_path)) as visitor:
        visitor.watch.expect(BLOB, "ERR_FILE_NOT_FOUND")
        visitor.page.goto(f"{visitor.site.url}{FOLDER}", wait_until="commit")
        visitor.wait("live")


@pytest.mark.parametrize("page", [FOLDER, SINGLE])
def test_page_starts_in_a_frame_that_may_only_run_scripts(
    page: str, host: str, disk: Callable[[], AbstractContextManager[Visitor]]
) -> None:
    with disk() as visitor:
        visitor.page.context.set_offline(False)
        visitor.watch.expect(host, BLOB)
        visitor.page.goto(f"{host}assets/", wait_until="commit")
        visitor.page.set_content(FRAMED.format(f"{host}{page}"), wait_until="commit")
        # A frame has all that is used of a page here.
        framed = Visitor(cast("Page", visitor.page.frames[1]), visitor.watch, visitor.site)

        framed.wait("live")

        assert framed.page.evaluate("origin") == "null"
        assert answer_changes_the_run(framed)


@pytest.mark.slow
@pytest.mark.parametrize("engine", [firefox, webkit])
def test_other_engines_start_from_a_disk_under_their_own_policies(
    engine: Callable[[Path], AbstractContextManager[Engine]], tmp_path: Path
) -> None:
    frame = tmp_path / "frame.html"
    frame.write_text(FRAMED.format((USB / SINGLE).as_uri()), encoding="utf-8")
    (tmp_path / "profile").mkdir()

    with engine(tmp_path / "profile") as browser:
        for path in (USB / FOLDER, USB / SINGLE, frame):
            browser.goto(path.as_uri())
            if path == frame:
                browser.enter()
            reached = state(browser)
            answered = is_answered(browser)
            # Another file than itself, which Firefox lets a page read.
            browser.run(
                "fetch('slope.html').then(() => (window.read = 'read'), () => (window.read = 'refused'))"
            )
            wait(browser, "return 'read' in window")

            assert reached == "live"
            assert answered
            assert browser.run("return read") == "refused"


def answer_changes_the_run(visitor: Visitor) -> bool:
    """Change a setting and tell whether Python's answer has."""
    frames = visitor.frames()
    visitor.type("Gradient descent: rate", "0.004")
    return bool((visitor.frames()[0] != frames[0]).any())
