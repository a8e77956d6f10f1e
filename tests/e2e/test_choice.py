"""Which way Python starts: from the image, unless the connection is so slow that the archives are sooner there."""

from __future__ import annotations

import re
import shutil
import time
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from tests.e2e.conftest import SUBPATH, WEB, PlainHandler, PlainServer, Site, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

# Where even a machine that is ten times slower than today's gains from fetching less.
BYTES_A_SECOND = 40_000
CHUNK = 4_000


class SlowHandler(PlainHandler):
    """Sends what Python needs slowly, until something of the archives is asked for."""

    def send_head(self) -> Any:
        """Notice which way the page has chosen."""
        if re.search(r"vendor\.", self.path):
            self.server.chosen.set()  # type: ignore[attr-defined]
        return super().send_head()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file as fast as the connection is."""
        chosen: Event = self.server.chosen  # type: ignore[attr-defined]
        while chunk := source.read(CHUNK):
            if self.path.endswith(".gz") and not chosen.is_set():
                time.sleep(len(chunk) / BYTES_A_SECOND)
            outputfile.write(chunk)
            outputfile.flush()


@pytest.fixture
def slow_site(tmp_path: Path) -> Iterator[Site]:
    shutil.copytree(WEB, tmp_path / SUBPATH)
    with PlainServer(("127.0.0.1", 0), partial(SlowHandler, directory=str(tmp_path))) as server:
        server.chosen = Event()  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield Site(f"http://127.0.0.1:{server.server_port}/{SUBPATH}/", tmp_path / SUBPATH)
        server.shutdown()
        thread.join()


def test_slow_connection_gets_the_archives(browser: Browser, slow_site: Site) -> None:
    with visit(browser, slow_site) as visitor:
        said: list[str] = []
        visitor.page.on("console", lambda message: said.append(message.text))
        visitor.open("live")

        assert any("the archives are quicker" in text for text in said)


def test_quick_connection_gets_the_image(visits: Callable[..., Any]) -> None:
    with visits() as visitor:
        said: list[str] = []
        visitor.page.on("console", lambda message: said.append(message.text))
        visitor.open("live")

        assert not any("from the archives" in text for text in said)
