"""A host like the ones that will have the site: it compresses what it serves, and its line has a speed.

The line is slowed down here and not in the browser, whose emulation would leave out what a worker fetches.
"""

from __future__ import annotations

import os
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SO_SNDBUF, SOL_SOCKET
from threading import Lock
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESS = "127.0.0.1"
CHUNK = 16_384
# What a socket holds back would arrive at once: little, when the line is to be slow.
BUFFER = 65_536


class Line:
    """What all answers share: so many bytes in a second, in the order of asking, and a count of them."""

    def __init__(self, megabits: float | None) -> None:
        self.bytes = 0
        self.megabits = megabits
        self._lock = Lock()
        self._free_at = 0.0

    def carry(self, size: int) -> None:
        """Wait until `size` bytes have gone over the line."""
        with self._lock:
            self.bytes += size
            if self.megabits is None:
                return
            self._free_at = max(self._free_at, time.monotonic()) + size * 8 / (self.megabits * 1e6)
            pause = self._free_at - time.monotonic()
        time.sleep(max(pause, 0.0))


class Host(ThreadingHTTPServer):
    """Serves a folder over a line; browsers hang up whenever they like."""

    daemon_threads = True

    def __init__(self, folder: Path, line: Line) -> None:
        super().__init__((ADDRESS, 0), partial(_Handler, directory=str(folder)))
        self.line = line

    def address(self, path: str) -> str:
        """Return the address of a file."""
        return f"http://{ADDRESS}:{self.server_port}/{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: the page tells what did not arrive."""


class _Handler(SimpleHTTPRequestHandler):
    server: Host
    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 (the base class declares it so)
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/octet-stream",
    }

    def setup(self) -> None:
        """Keep little back in the socket of a slow line."""
        super().setup()
        if self.server.line.megabits is not None:
            self.connection.setsockopt(SOL_SOCKET, SO_SNDBUF, BUFFER)

    def send_head(self) -> BinaryIO | None:
        """Answer with the .gz beside a file where the browser takes it."""
        plain = Path(self.translate_path(self.path))
        packed = plain.with_name(f"{plain.name}.gz")
        if not packed.is_file() or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return super().send_head()
        content = packed.open("rb")
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(plain)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(os.fstat(content.fileno()).st_size))
        self.end_headers()
        return content

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file as fast as the line is."""
        read: Callable[[], bytes] = partial(source.read, CHUNK)
        for chunk in iter(read, b""):
            self.server.line.carry(len(chunk))
            outputfile.write(chunk)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
