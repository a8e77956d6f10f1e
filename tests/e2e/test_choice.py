"""Which way Python starts is measured: from its archives on a slow line, from its image on any other."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from tests.bench.server import Host, Line

from fallline_app.demos.race.model import Race

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.serving import Site
    from tests.e2e.visitor import Visitor

SLOW, FAST = 2.0, 20.0  # megabits per second
WITHIN = 60_000
CHOSEN = "from the archives, since Error: they save"


class Start(NamedTuple):
    """A page that was just opened, what it says from then on and what it asks for."""

    visitor: Visitor
    said: list[str]
    asked: list[str]


@contextmanager
def on_line(site: Site, line: Line) -> Iterator[Site]:
    root = site.folder.parents[1]
    with Host(root, line) as host:
        thread = Thread(target=host.serve_forever)
        thread.start()
        try:
            yield site._replace(url=host.address(f"{site.folder.relative_to(root)}/"))
        finally:
            host.shutdown()
            thread.join()


@contextmanager
def begun(site: Site, line: Line, visits: Callable[..., Any], query: str = "") -> Iterator[Start]:
    with on_line(site, line) as there, visits(there, service_workers="block") as visitor:
        visitor.watch.expect("Service Worker registration blocked")
        said, asked = [], []
        visitor.page.on("console", lambda message: said.append(message.text))
        visitor.page.on("request", lambda request: asked.append(request.url))
        visitor.page.goto(f"{there.url}race.html{query}", wait_until="commit")
        yield Start(visitor, said, asked)


def test_python_starts_from_its_archives_on_a_slow_line(site: Site, visits: Callable[..., Any]) -> None:
    line = Line(SLOW)
    ours = Race()
    ours.racers[5].rate = 0.1
    with begun(site, line, visits) as (visitor, said, asked):
        visitor.page.wait_for_event("requestfailed", lambda request: "/heap." in request.url, timeout=WITHIN)
        sent_of_the_image = line.bytes
        line.megabits = None
        visitor.wait("live")

        visitor.type("Adam: rate", "0.1")

        assert any(CHOSEN in text for text in said)
        assert sent_of_the_image < 4e6
        assert sum("/pyodide.asm" in url for url in asked) == 1
        assert_never_goes_back(visitor)
        np.testing.assert_array_equal(visitor.frames(), ours.run().frames)


def assert_never_goes_back(visitor: Visitor) -> None:
    bars = [shown["done"] for shown in visitor.page.evaluate("spy.said") if "Fetching" in shown["text"]]
    known = [part for part in bars if part is not None]
    assert len(set(known)) > 5
    assert known == sorted(known)


def test_python_starts_from_its_image_on_any_other_line(site: Site, visits: Callable[..., Any]) -> None:
    with begun(site, Line(FAST), visits) as (visitor, said, asked):
        visitor.wait("live")

        assert not any("from the archives" in text for text in said)
        assert not any("/vendor." in url for url in asked)
