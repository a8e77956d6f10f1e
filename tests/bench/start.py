"""How soon the site starts, beside its yardsticks: `python -m tests.bench.start --rounds 9`.

Each load has a browser process and a profile of its own; the pages take turns, so that what the machine does besides
meets all of them. The end is an error where a promise is not kept; on slow lines, of which bytes decide, one is made.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from playwright.sync_api import Playwright, sync_playwright
from tests.bench.browser import Load, load
from tests.bench.results import (
    PROMISES,
    PROMISES_WHEN_SLOW,
    Promise,
    medians,
    missed,
    promises_table,
    times_table,
)
from tests.bench.server import Host, Line
from tests.bench.yardsticks import make_yardsticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
WEB = ROOT / "site" / "dist" / "web"
USB = ROOT / "site" / "dist" / "usb"
YARDSTICKS = ROOT / "site" / ".cache" / "bench"


@dataclass(frozen=True)
class Subject:
    """A page to load: a file in a folder that is served, or opened as a file; and the mark at which it is there."""

    name: str
    folder: Path
    path: str
    until: str = "live"
    served: bool = True

    @property
    def file(self) -> Path:
        """The page itself."""
        return self.folder / self.path.partition("?")[0]


SUBJECTS = (
    Subject("image", WEB, "race.html"),
    Subject("fallback", WEB, "race.html?start=archives"),
    Subject("plain", YARDSTICKS, "plain.html"),
    Subject("bare", YARDSTICKS, "bare.html", until="shown"),
    Subject("folder", USB, "race.html", served=False),
    Subject("single", USB, "fallline.html", served=False),
)


@dataclass(frozen=True)
class Setting:
    """A line and a machine: megabits per second, and how many times slower than this one."""

    megabits: float | None = None
    slower: int = 1
    promises: tuple[Promise, ...] = ()
    patience: float = 90.0  # seconds for one load

    def __str__(self) -> str:
        line = f"{self.megabits:g} Mbit/s" if self.megabits else "full speed"
        return line + (f", processor {self.slower}× slower" if self.slower > 1 else "")


SETTINGS = {
    "full": Setting(promises=PROMISES),
    "20": Setting(megabits=20, slower=4, patience=240.0),
    "5": Setting(megabits=5, slower=4, promises=PROMISES_WHEN_SLOW, patience=360.0),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    options = _options(arguments)
    if not (WEB / "index.html").is_file():
        print(f"{WEB} has no index.html: build the site first (make build)", file=sys.stderr)
        return 1
    make_yardsticks(ROOT, YARDSTICKS)
    subjects = [subject for subject in SUBJECTS if subject.name in options.pages and _is_there(subject)]
    with sync_playwright() as playwright:
        missed = [
            text
            for name in options.at
            for text in _report(playwright, subjects, SETTINGS[name], options.rounds)
        ]
    return 1 if missed else 0


def _options(arguments: Sequence[str] | None) -> Namespace:
    names = [subject.name for subject in SUBJECTS]
    parser = ArgumentParser(
        prog="python -m tests.bench.start", description="Measure how soon the site starts."
    )
    parser.add_argument("--rounds", type=int, default=9, help="loads of each page (default 9)")
    parser.add_argument(
        "--at", nargs="+", choices=SETTINGS, default=list(SETTINGS), help="lines to measure at"
    )
    parser.add_argument("--pages", nargs="+", choices=names, default=names, help="pages to measure")
    return parser.parse_args(arguments)


def _is_there(subject: Subject) -> bool:
    if subject.file.is_file():
        return True
    print(f"{subject.name} is not measured: there is no {subject.file}")
    return False


def _report(playwright: Playwright, subjects: Sequence[Subject], setting: Setting, rounds: int) -> list[str]:
    """Measure, print, and return the promises that were not kept."""
    print(
        f"\n{setting}: medians of {rounds} cold loads in turns, milliseconds from the navigation on",
        flush=True,
    )
    loads: dict[str, list[Load]] = {subject.name: [] for subject in subjects}
    for number in range(rounds):
        for subject in subjects:
            loads[subject.name].append(_load(playwright, subject, setting))
        print(f"round {number + 1} of {rounds}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    results = {name: medians(each) for name, each in loads.items()}
    print(f"\n{times_table(results)}", flush=True)
    if setting.promises:
        print(f"\n{promises_table(setting.promises, results)}", flush=True)
    return missed(setting.promises, results)


def _load(playwright: Playwright, subject: Subject, setting: Setting) -> Load:
    with _address(subject, setting) as (url, line):
        loaded = load(playwright, url, subject.until, setting.patience, setting.slower)
    return loaded if line is None else loaded.with_bytes(line.bytes)


@contextmanager
def _address(subject: Subject, setting: Setting) -> Iterator[tuple[str, Line | None]]:
    if not subject.served:
        yield subject.file.as_uri(), None
        return
    line = Line(setting.megabits)
    with Host(subject.folder, line) as host:
        thread = Thread(target=host.serve_forever)
        thread.start()
        try:
            yield host.address(subject.path), line
        finally:
            host.shutdown()
            thread.join()


if __name__ == "__main__":
    sys.exit(main())
