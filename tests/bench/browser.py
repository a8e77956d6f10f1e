"""One cold load: a Chromium that has never run, its page opened once, watched and ended."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--window-size=1024,987",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
)
STARTS_WITHIN = 30.0
SETTLES_WITHIN = 1.5  # seconds: a browser that has just started is busy with pages of its own
PERIOD = 0.012  # seconds: short against what is measured, long against a switch of processes
READ = """() => {
  const at = (name) => performance.getEntriesByName(name)[0]?.startTime ?? null
  return [at("first-contentful-paint"), at("fallline:shown"), at("fallline:playable"), at("fallline:live")]
}"""
REACHED = (
    """["failed", %r].filter((name) => performance.getEntriesByName(`fallline:${name}`).length > 0).join()"""
)
# Seldom: a page that is asked at each frame has less time for itself.
ASKED_EVERY = 0.25


class LoadError(Exception):
    """A page that did not come as far as it should."""


@dataclass(frozen=True)
class Load:
    """What one cold load took: milliseconds since the navigation began, bytes; None where a page has no such thing."""

    paint: float | None
    shown: float | None
    playable: float | None
    live: float | None
    memory: float
    bytes: float | None = None

    def with_bytes(self, count: int) -> Load:
        """Return the same with what came over the line."""
        return replace(self, bytes=count)


def load(playwright: Playwright, url: str, until: str, patience: float, slower: int = 1) -> Load:
    """Open a page in a browser of its own until a mark is reached; `slower` times slower than the machine is.

    Raises
    ------
    LoadError
        If the browser does not start or the page says that it failed.
    """
    with _chromium() as process:
        browser = playwright.chromium.connect_over_cdp(_debugger(process))
        page = browser.contexts[0].pages[0]
        time.sleep(SETTLES_WITHIN)
        with _slowed(process.group, slower):
            page.goto(url, wait_until="commit", timeout=patience * 1000)
            _wait(page, until, patience)
        paint, shown, playable, live = page.evaluate(READ)
        memory = _peak(process.group)
        browser.close()
    return Load(paint, shown, playable, live, memory)


def _wait(page: Page, mark: str, patience: float) -> None:
    # Playwright's own way of waiting brings a third of a megabyte of JavaScript into the page, just before its first paint.
    session = page.context.new_cdp_session(page)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        time.sleep(ASKED_EVERY)
        reached = session.send("Runtime.evaluate", {"expression": REACHED % mark})["result"].get("value", "")
        if "failed" in reached:
            raise LoadError(f"{page.url} failed: {page.locator('body').inner_text()[:300]}")
        if reached:
            return
    raise LoadError(f"{page.url} did not get to {mark!r} in {patience:.0f} s")


@dataclass(frozen=True)
class _Chromium:
    profile: Path
    group: int


@contextmanager
def _chromium() -> Iterator[_Chromium]:
    profile = Path(tempfile.mkdtemp(prefix="fallline-bench-"))
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [find_chromium(), *FLAGS, *root, f"--user-data-dir={profile}", "about:blank"]
    # A group of its own holds all of its processes, to be slowed down, measured and ended together.
    process = subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield _Chromium(profile, process.pid)
    finally:
        _signal(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(profile, ignore_errors=True)


def find_chromium() -> str:
    """Return the Chromium of this machine, or the one that FALLLINE_CHROMIUM names."""
    found = os.environ.get("FALLLINE_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise LoadError("there is no Chromium: install one or name one by FALLLINE_CHROMIUM")
    return found


def _debugger(process: _Chromium) -> str:
    port = process.profile / "DevToolsActivePort"
    deadline = time.monotonic() + STARTS_WITHIN
    while not (port.is_file() and len(port.read_text().split()) == 2):
        if time.monotonic() > deadline:
            raise LoadError(f"Chromium did not start within {STARTS_WITHIN:.0f} s")
        time.sleep(0.05)
    return f"http://127.0.0.1:{port.read_text().split()[0]}"


@contextmanager
def _slowed(group: int, times: int) -> Iterator[None]:
    """Let the browser run for one part of `times` of the time, workers and compilers included.

    The browser's own emulation slows down the main thread alone; most of a start happens elsewhere.
    """
    done = Event()
    thread = Thread(target=_interrupt, args=(group, times, done))
    if times > 1:
        thread.start()
    try:
        yield
    finally:
        done.set()
        if times > 1:
            thread.join()


def _interrupt(group: int, times: int, done: Event) -> None:
    run = PERIOD / times
    while not done.is_set():
        _signal(group, signal.SIGSTOP)
        time.sleep(PERIOD - run)
        _signal(group, signal.SIGCONT)
        time.sleep(run)
    _signal(group, signal.SIGCONT)


def _signal(group: int, number: signal.Signals) -> None:
    # It may have ended by itself.
    with suppress(ProcessLookupError):
        os.killpg(group, number)


def _peak(group: int) -> int:
    """Return the sum of what each process of the group held at most, in bytes."""
    return sum(_high_water(path) for path in Path("/proc").glob("[0-9]*") if _group(path) == group)


def _group(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[2])
    except OSError:
        return None


def _high_water(process: Path) -> int:
    try:
        lines = (process / "status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
