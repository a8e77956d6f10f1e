from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from fallline_site.errors import BuildError
from fallline_site.serve import open_server


@pytest.fixture
def web(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<h1>Fall Line</h1>")
    return tmp_path


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[str]:
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def test_page_is_served_without_a_log(web: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with running(open_server(web, 8700)) as address, urllib.request.urlopen(address) as answer:
        content, cached = answer.read(), answer.headers["Cache-Control"]

    assert content == b"<h1>Fall Line</h1>"
    assert cached == "no-cache"
    assert capfd.readouterr() == ("", "")


def test_server_takes_the_next_free_port(web: Path) -> None:
    with open_server(web, 8720) as first, open_server(web, first.server_port) as second:
        assert second.server_port > first.server_port


def test_server_is_for_this_machine_alone(web: Path) -> None:
    with open_server(web, 8740) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_site_that_is_not_built_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"has no index\.html: build the site first"):
        open_server(tmp_path, 8760)


SERVE = """
import sys
from pathlib import Path
from fallline_site.serve import serve
serve(Path(sys.argv[1]), int(sys.argv[2]))
"""


def test_taken_port_is_said_and_interrupt_ends_quietly(web: Path) -> None:
    with open_server(web, 8780) as taken:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, web, str(taken.server_port)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(2)]
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=20)

    assert said[0].startswith(f"Port {taken.server_port} is taken, using ")
    assert "http://127.0.0.1:" in said[1]
    assert (process.returncode, errors) == (0, "")
