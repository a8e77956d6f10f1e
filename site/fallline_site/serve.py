"""A plain local server for the built site, on this machine alone."""

import errno
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from fallline_site.errors import BuildError
from fallline_site.progress import say

ADDRESS = "127.0.0.1"
TRIES = 20


def serve(folder: Path, port: int) -> None:
    """Serve a folder, on the first free port from `port` on, until Ctrl-C.

    Raises
    ------
    BuildError
        If the folder is not there or no port is free.
    """
    with open_server(folder, port) as server:
        # From the first line on: whoever reads the address may press Ctrl-C at once.
        try:
            if server.server_port != port:
                say(f"Port {port} is taken, using {server.server_port}.")
            say(f"Fall Line is at http://{ADDRESS}:{server.server_port}/ (Ctrl-C ends it)")
            server.serve_forever()
        except KeyboardInterrupt:
            say("")


def open_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server that is bound to the first free port from `port` on."""
    if not (folder / "index.html").is_file():
        raise BuildError(f"{folder} has no index.html: build the site first (serve without --no-build does)")
    for candidate in range(port, min(port + TRIES, 65536)):
        try:
            return LocalServer((ADDRESS, candidate), partial(QuietHandler, directory=str(folder)))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise BuildError(f"ports {port} to {port + TRIES - 1} are all taken: name another by --port")


class QuietHandler(SimpleHTTPRequestHandler):
    """Serve files without a line for each request, and let a rebuilt site be seen on the next load."""

    def end_headers(self) -> None:
        """Ask the browser to ask again."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class LocalServer(ThreadingHTTPServer):
    """A server that takes it for granted that browsers hang up on what they no longer need."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report whatever is not a connection that the browser closed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)
