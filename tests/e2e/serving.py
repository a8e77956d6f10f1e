"""A plain server of the built site, at a subpath: what any static host is to a page."""

from __future__ import annotations

from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
WEB = ROOT / "site" / "dist" / "web"
SUBPATH = "some/folder"


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
