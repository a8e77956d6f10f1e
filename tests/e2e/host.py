"""A host of the built site that comes and goes, and sends what it should not."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from tests.e2e.serving import SUBPATH, WEB, PlainHandler, PlainServer, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.server import ThreadingHTTPServer


class FaultyHandler(PlainHandler):
    """Notes what is asked for, and sends of some files something else than they hold."""

    def do_GET(self) -> None:  # noqa: N802 (the base class calls it so)
        """Send a file, or what the host's fault makes of it."""
        host: Host = self.server.host  # type: ignore[attr-defined]
        host.asked.append(self.path)
        if host.spoiled is None or not re.search(host.spoiled, self.path):
            super().do_GET()
            return
        content = Path(self.translate_path(self.path)).read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(host.spoil(content))


@dataclass
class Host:
    """A server that comes and goes, always at the same address."""

    root: Path
    port: int = 0
    asked: list[str] = field(default_factory=list)
    spoiled: str | None = None
    spoil: Callable[[bytes], bytes] = bytes

    def start(self) -> None:
        self._server: ThreadingHTTPServer = PlainServer(
            ("127.0.0.1", self.port), partial(FaultyHandler, directory=str(self.root))
        )
        self._server.host = self  # type: ignore[attr-defined]
        self.port = self._server.server_port
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def site(self, path: str = SUBPATH) -> Site:
        return Site(f"http://127.0.0.1:{self.port}/{path}/", self.root / path)


def put(folder: Path) -> None:
    """Put the built site somewhere; files that a test changes are written anew, never in place."""
    shutil.copytree(WEB, folder, copy_function=os.link, ignore=shutil.ignore_patterns("*.br"))


@contextmanager
def hosted(root: Path) -> Iterator[Host]:
    """Serve a copy of the built site."""
    put(root / SUBPATH)
    made = Host(root)
    made.start()
    yield made
    made.stop()
