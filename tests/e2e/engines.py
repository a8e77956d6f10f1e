"""Firefox and WebKit through their own protocols, as their users have them: no policy of theirs is switched off.

Playwright's Firefox and WebKit are builds of its own, and on Firefox it lets pages from a disk read other files.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.drivers import ADDRESS, Firefox, WebKit, retry
from tests.e2e.inspector import Inspector

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.e2e.drivers import Engine, Hands

SCREEN = ("xvfb-run", "--auto-servernum")
STATE = "document.documentElement.dataset.fallline"
TAPE = "fallline.document.roots().find(({ name }) => name === 'tape')"
STEPS = "[...fallline.document.all_models].find(({ title }) => title === 'steps')"
# In a profile: where the browser puts what a page lets one save.
DOWNLOADS = "downloads"
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
user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", "{downloads}");
"""


@contextmanager
def firefox(profile: Path) -> Iterator[Hands]:
    """Start Debian's Firefox."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.fail("there is no Firefox: tests/e2e/install-engines installs one (`make test-slow` does)")
    port = _free_port()
    preferences = FIREFOX_PREFERENCES.format(port=port, downloads=profile / DOWNLOADS)
    (profile / "user.js").write_text(preferences, encoding="utf-8")
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    with _running(command), closing(Firefox(port)) as browser:
        yield browser


@contextmanager
def webkit(profile: Path) -> Iterator[Hands]:
    """Start WebKitGTK's small browser on a screen of its own."""
    browser, port = _mini_browser(), _free_port()
    with _running([*SCREEN, "WebKitWebDriver", f"--port={port}"], _at_home(profile)):
        yield WebKit(port, browser)


@contextmanager
def remembering_webkit(profile: Path) -> Iterator[Engine]:
    """Start the same browser as its users do: it keeps what it has seen."""
    browser, address = _mini_browser(), (ADDRESS, _free_port())
    inspector = {"WEBKIT_INSPECTOR_HTTP_SERVER": f"{address[0]}:{address[1]}"}
    with _running([*SCREEN, browser, "about:blank"], _at_home(profile) | inspector):
        yield retry(lambda: Inspector(address))


def _at_home(profile: Path) -> dict[str, str]:
    """Return the environment of someone whose home is the profile."""
    (profile / DOWNLOADS).mkdir(exist_ok=True)
    (profile / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{profile / DOWNLOADS}"\n', encoding="utf-8")
    folders = ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    return {**os.environ, **dict.fromkeys(folders, str(profile))}


def _mini_browser() -> str:
    browser = next((str(path) for path in Path("/").glob(MINI_BROWSERS.lstrip("/"))), None)
    if browser is None or shutil.which("WebKitWebDriver") is None or shutil.which("xvfb-run") is None:
        pytest.fail(
            "there is no WebKitWebDriver with MiniBrowser and xvfb-run: tests/e2e/install-engines installs them"
        )
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


def saved(path: Path, patience: float = 60.0) -> bytes:
    """Wait until a file is saved whole, take it away and return what it holds."""
    end = time.monotonic() + patience
    # Firefox writes beside an empty file, which it replaces at the end.
    while not path.is_file() or path.stat().st_size == 0 or any(path.parent.glob("*.part")):
        assert time.monotonic() < end, (
            f"not saved after {patience} s: {path}; there are {sorted(path.parent.iterdir())}"
        )
        time.sleep(0.1)
    content = path.read_bytes()
    path.unlink()
    return content


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
