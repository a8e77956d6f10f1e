"""What arrives damaged, or not at all, is refused, and the page finds another way or says how to."""

from __future__ import annotations

import gzip
import json
import re
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from playwright.sync_api import Route
    from tests.e2e.serving import Site
    from tests.e2e.visitor import Visitor

FIRST = "race"
# The same few numbers on each visit to a page.
CHANGE = """() => {
  const numbers = [...fallline.document.all_models].filter(({ constructor }) => constructor.__name__ === "NumberSetting")
  const named = numbers.sort((one, other) => (one.key < other.key ? -1 : 1))
  for (const model of named.slice(0, 4)) {
    const value = model.start + 0.37 * (model.end - model.start)
    model.value = model.whole ? Math.round(value) : value
  }
}"""
HEAP, IMAGE, LIBRARIES = "**/heap.*.bin.gz", "**/image.*.json.gz", "**/libraries.*.bin.gz"


def flipped(packed: bytes) -> bytes:
    """One bit of what is on its way."""
    middle = len(packed) // 2
    return packed[:middle] + bytes([packed[middle] ^ 1]) + packed[middle + 1 :]


def cut(packed: bytes) -> bytes:
    return packed[: len(packed) // 2]


def other_bit(packed: bytes) -> bytes:
    """One bit of the content, packed as well as ever."""
    return gzip.compress(flipped(gzip.decompress(packed)), 1)


def nothing(packed: bytes) -> bytes:
    return gzip.compress(bytes(len(gzip.decompress(packed))), 1)


def longer(packed: bytes) -> bytes:
    return gzip.compress(gzip.decompress(packed) + bytes(4096), 1)


def described(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    """The description of the image with something else in it."""

    def tamper(packed: bytes) -> bytes:
        meta = json.loads(gzip.decompress(packed))
        change(meta)
        return gzip.compress(json.dumps(meta, separators=(",", ":")).encode())

    return tamper


def move_a_page(meta: dict[str, Any]) -> None:
    meta["runs"][0][0] += 1


DAMAGES = {
    "bit of the heap's content": (HEAP, other_bit, "not the one that was built"),
    "bit of the packed heap": (HEAP, flipped, ""),
    "half of the heap": (HEAP, cut, ""),
    "heap of zeros": (HEAP, nothing, "not the one that was built"),
    "heap that is too long": (HEAP, longer, "longer than its pages"),
    "bit of a library": (LIBRARIES, other_bit, ""),
    "half of the description": (IMAGE, cut, ""),
    "description that is none": (IMAGE, nothing, ""),
    "page in another place": (IMAGE, described(move_a_page), "not the one that was built"),
    "another engine": (IMAGE, described(lambda meta: meta.update(table=1)), "bytes"),
}
QUICK, *SLOW = DAMAGES


@pytest.mark.parametrize("damage", [QUICK, *(pytest.param(each, marks=pytest.mark.slow) for each in SLOW)])
def test_damaged_image_is_refused_and_python_starts_from_its_archives(visitor: Visitor, damage: str) -> None:
    pattern, change, reason = DAMAGES[damage]
    said = listen(visitor)
    visitor.page.route(pattern, partial(give_changed, change))

    visitor.open("live")

    (fallback,) = (text for text in said if "from the archives" in text)
    assert reason in fallback
    before = visitor.frames()
    visitor.type("Adam: rate", "0.02")
    assert not np.array_equal(visitor.frames(), before, equal_nan=True)


def give_changed(change: Callable[[bytes], bytes], route: Route) -> None:
    answer = route.fetch()
    route.fulfill(body=change(answer.body()), content_type="application/octet-stream")


@pytest.mark.parametrize(
    "page",
    [FIRST, *(pytest.param(demo.name, marks=pytest.mark.slow) for demo in DEMOS if demo.name != FIRST)],
)
def test_image_and_archives_give_the_same_document_and_the_same_numbers(
    page: str, visits: Callable[..., Any]
) -> None:
    documents, frames, fallbacks = [], [], []
    for way in ("image", "archives"):
        with visits() as visitor:
            said = listen(visitor)
            visitor.page.goto(f"{visitor.site.url}{page}.html?start={way}")
            visitor.wait("live")
            visitor.stand(visitor.last // 2)
            roots = visitor.page.evaluate("JSON.stringify(fallline.document.to_json().roots)")
            # What BokehJS makes by itself gets ids by chance.
            documents.append(re.sub(r'"[0-9A-F]{32}"', '"by chance"', roots))
            frames.append(changed_frames(visitor))
            fallbacks.append(any("from the archives" in text for text in said))

    assert fallbacks == [False, True]
    assert documents[0] == documents[1]
    # As bits: NaN in the same places too.
    assert frames[0].tobytes() == frames[1].tobytes()


def listen(visitor: Visitor) -> list[str]:
    said: list[str] = []
    visitor.page.on("console", lambda message: said.append(message.text))
    return said


def changed_frames(visitor: Visitor) -> NDArray[np.float64]:
    """Return the run after a few numbers have been changed."""
    before = visitor.frames()
    visitor.page.evaluate(CHANGE)
    visitor.finish()
    after = visitor.frames()
    assert not np.array_equal(before, after, equal_nan=True)
    return after


@pytest.mark.parametrize(
    "last",
    ["<body>", '<a class="skip"', 'data-status="stop"', "<h1>", '<p class="notice"', 'id="document"'],
)
def test_page_that_was_cut_off_says_so(visitor: Visitor, last: str) -> None:
    text = (visitor.site.folder / "race.html").read_text(encoding="utf-8")
    visitor.page.route(
        "**/race.html",
        lambda route: route.fulfill(body=text[: text.index(last)], content_type="text/html; charset=utf-8"),
    )
    visitor.watch.expect("the page was cut off", "preload")

    visitor.page.goto(f"{visitor.site.url}race.html")

    expect(visitor.page.get_by_text("This page did not arrive whole. Load it again.")).to_be_visible()
    assert visitor.state == "failed"


class Line(ThreadingHTTPServer):
    """A server on a line that goes dead after so many bytes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(LineHandler, directory=str(folder)))
        self.left: float = np.inf
        self.sent = 0
        self._lock = Lock()

    def may_send(self, count: int) -> bool:
        with self._lock:
            self.left -= count
            self.sent += count
            return self.left >= 0

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: the browser says what did not arrive."""


class LineHandler(SimpleHTTPRequestHandler):
    server: Line

    def copyfile(self, source: Any, outputfile: Any) -> None:
        while part := source.read(16_384):
            if not self.server.may_send(len(part)):
                raise ConnectionError("the line is dead")
            outputfile.write(part)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def line(site: Site) -> Iterator[Line]:
    with Line(site.folder.parents[1]) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextmanager
def dead_after(line: Line, count: float) -> Iterator[None]:
    line.left = count
    yield
    line.left = np.inf


@pytest.fixture(scope="module")
def whole(line: Line, site: Site, visits: Callable[..., Any]) -> int:
    """How many bytes a first visit takes."""
    begun = line.sent
    # What is kept for later visits comes over the same line as soon as Python is live.
    with visits(on_line(line, site), service_workers="block") as visitor:
        visitor.watch.expect("Service Worker registration blocked")
        visitor.open("live")
    return line.sent - begun


def on_line(line: Line, site: Site) -> Site:
    return site._replace(
        url=f"http://127.0.0.1:{line.server_port}/{site.folder.relative_to(site.folder.parents[1])}/"
    )


@pytest.mark.slow
@pytest.mark.parametrize("tenth", range(10))
def test_page_recovers_from_a_network_that_was_cut(
    tenth: int, line: Line, site: Site, whole: int, visits: Callable[..., Any]
) -> None:
    with visits(on_line(line, site)) as visitor:
        visitor.watch.expect("Failed to load resource", "uncaught")
        with dead_after(line, whole * (tenth + 0.5) / 10):
            visitor.page.goto(f"{visitor.site.url}race.html", wait_until="commit")
            visitor.page.wait_for_function(
                "document.documentElement?.dataset.fallline === 'failed'", timeout=60_000
            )
            visitor.page.wait_for_function(
                "document.querySelector('[data-part=status]').innerText.includes('oad')"
            )

        visitor.page.reload()
        visitor.wait("live")

        visitor.type("Adam: rate", "0.02")
        assert visitor.state == "live"
