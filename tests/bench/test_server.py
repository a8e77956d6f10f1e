from __future__ import annotations

import gzip
import time
import urllib.request
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from tests.bench.server import Host, Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Fetch = Callable[[str, str], tuple[bytes, str | None]]
TEXT = b"what a page says, over and over " * 1000


@pytest.fixture
def line() -> Line:
    return Line(None)


@pytest.fixture
def fetch(tmp_path: Path, line: Line) -> Iterator[Fetch]:
    (tmp_path / "page.js").write_bytes(TEXT)
    (tmp_path / "page.js.gz").write_bytes(gzip.compress(TEXT))

    def get(path: str, accepts: str) -> tuple[bytes, str | None]:
        request = urllib.request.Request(host.address(path), headers={"Accept-Encoding": accepts})
        with urllib.request.urlopen(request) as answer:
            return answer.read(), answer.headers["Content-Encoding"]

    with Host(tmp_path, line) as host:
        thread = Thread(target=host.serve_forever)
        thread.start()
        yield get
        host.shutdown()
        thread.join()


def test_a_file_is_sent_packed_to_those_who_unpack_it(fetch: Fetch, line: Line) -> None:
    content, encoding = fetch("page.js", "gzip, br")

    assert (gzip.decompress(content), encoding) == (TEXT, "gzip")
    assert line.bytes == len(content)


def test_a_file_is_sent_as_it_is_to_others(fetch: Fetch, line: Line) -> None:
    assert fetch("page.js", "identity") == (TEXT, None)
    assert line.bytes == len(TEXT)


def test_a_packed_file_that_is_asked_for_by_name_stays_packed(fetch: Fetch) -> None:
    content, encoding = fetch("page.js.gz", "gzip")

    assert (gzip.decompress(content), encoding) == (TEXT, None)


def test_a_line_carries_no_faster_than_its_speed() -> None:
    line = Line(megabits=8)  # a megabyte a second

    began = time.monotonic()
    for _ in range(10):
        line.carry(10_000)

    assert time.monotonic() - began >= 0.1
