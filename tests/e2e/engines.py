"""Firefox and WebKit through their own protocols, as their users have them: no policy of theirs is switched off.

Playwright's Firefox and WebKit are builds of its own, and on Firefox it lets pages from a disk read other files.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from tests.e2e.inspector import Inspector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ADDRESS = "127.0.0.1"
# Opening a page ends when all of it is read, which takes a busy machine its time.
PATIENCE = 120.0
SCREEN = ("xvfb-run", "--auto-servernum")
STATE = "document.documentElement.dataset.fallline"
TAPE = "fallline.document.roots().find(({ name }) => name === 'tape')"
STEPS = "[...fallline.document.all_models].find(({ title }) => title === 'steps')"
MINI_BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
# Marionette would relax the policy for files, among other things; and a request to any host fails.
FIREFOX_PREFERENCES = """
user_pref("remote.prefs.recommended", false);
user_pref("security.fileuri.strict_origin_policy", true);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
user_pref("marionette.port", {port});
"""


class Engine(Protocol):
    """A browser with one page."""

    def goto(self, url: str) -> None:
        """Open a page."""

    def enter(self) -> None:
        """Go into the page's first frame."""

    def run(self, script: str) -> Any:
        """Run the body of a function in the page and return its value."""


class Firefox:
    """Firefox by Marionette: a JSON list after its length, over a socket."""

    def __init__(self, port: int) -> None:
        self._socket = _retry(lambda: socket.create_connection((ADDRESS, port), timeout=PATIENCE))
        self._file = self._socket.makefile("rb")
        self._sent = 0
        self._read()
        self._send("WebDriver:NewSession", capabilities={"alwaysMatch": {}})

    def goto(self, url: str) -> None:
        self._send("WebDriver:Navigate", url=url)

    def enter(self) -> None:
        self._send("WebDriver:SwitchToFrame", id=0)

    def run(self, script: str) -> Any:
        return self._send("WebDriver:ExecuteScript", script=script, args=[], sandbox=None)["value"]

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._socket.close()

    def _send(self, command: str, **parameters: Any) -> Any:
        self._sent += 1
        message = json.dumps([0, self._sent, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, value = self._read()
        assert error is None, error
        return value

    def _read(self) -> Any:
        length = b""
        while (byte := self._file.read(1)) != b":":
            assert byte, "Firefox hung up"
            length += byte
        return json.loads(self._file.read(int(length)))


class WebKit:
    """WebKit by WebDriver: JSON over HTTP."""

    def __init__(self, port: int, browser: str) -> None:
        self._url = f"http://{ADDRESS}:{port}/session"
        wanted = {"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}}
        session = _retry(lambda: self._send("", {"capabilities": {"alwaysMatch": wanted}}))
        self._url += f"/{session['sessionId']}"

    def goto(self, url: str) -> None:
        self._send("/url", {"url": url})

    def enter(self) -> None:
        self._send("/frame", {"id": 0})

    def run(self, script: str) -> Any:
        return self._send("/execute/sync", {"script": script, "args": []})

    def _send(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(self._url + path, json.dumps(body).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)["value"]


@contextmanager
def firefox(profile: Path) -> Iterator[Engine]:
    """Start Debian's Firefox, or skip the test where there is none."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("there is no Firefox: tests/e2e/install-engines installs one")
    port = _free_port()
    (profile / "user.js").write_text(FIREFOX_PREFERENCES.format(port=port), encoding="utf-8")
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    with _running(command), closing(Firefox(port)) as browser:
        yield browser


@contextmanager
def webkit(_: Path) -> Iterator[Engine]:
    """Start WebKitGTK's small browser on a screen of its own, or skip the test where there is none."""
    browser, port = _mini_browser(), _free_port()
    with _running([*SCREEN, "WebKitWebDriver", f"--port={port}"]):
        yield WebKit(port, browser)


@contextmanager
def remembering_webkit(profile: Path) -> Iterator[Engine]:
    """Start the same browser as its users do: it keeps what it has seen."""
    browser, address = _mini_browser(), (ADDRESS, _free_port())
    folders = {name: str(profile) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    inspector = {"WEBKIT_INSPECTOR_HTTP_SERVER": f"{address[0]}:{address[1]}"}
    with _running([*SCREEN, browser, "about:blank"], {**os.environ, **folders, **inspector}):
        yield _retry(lambda: Inspector(address))


def _mini_browser() -> str:
    browser = next((str(path) for path in Path("/").glob(MINI_BROWSERS.lstrip("/"))), None)
    if browser is None or shutil.which("WebKitWebDriver") is None or shutil.which("xvfb-run") is None:
        pytest.skip("there is no WebKitWebDriver with MiniBrowser and xvfb-run: tests/e2e/install-engines")
    return browser


def wait(browser: Engine, script: str, patience: float = 30.0) -> None:
    """Wait until a script is true."""
    end = time.monotonic() + patience
    while not browser.run(script):
        assert time.monotonic() < end, f"still not so after {patience} s: {script}"
        time.sleep(0.1)


def state(browser: Engine) -> str:
    """Wait until Python is live or cannot be, and tell which."""
    wait(browser, f"return ['live', 'failed'].includes({STATE})")
    return str(browser.run(f"return {STATE}"))


def is_answered(browser: Engine) -> bool:
    """Ask for fewer steps and tell whether Python's answer has them."""
    steps = browser.run(f"return {STEPS}.value")
    browser.run(f"{STEPS}.value -= 7")
    wait(browser, f"return {TAPE}.frames.shape[2] === {steps - 6}")
    return True


@contextmanager
def _running(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True, env=environment)
    try:
        yield
    finally:
        # A browser is many processes; the group is theirs alone.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
        return port


def _retry(attempt: Callable[[], Any]) -> Any:
    """Connect to a program that takes a while until it listens."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return attempt()
        except (ConnectionError, urllib.error.URLError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
