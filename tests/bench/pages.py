"""How soon the pages show what one asks of them: python -m tests.bench.pages.

Frames a second while a run is played, 4 paths × 500 steps of the race among them; from a change of a setting until its first new
picture, and until all of it; from the button that stops endless code until everything is as it was before that.
Medians; how busy the machine was is printed beside them.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Thread
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from tests.bench.browser import find_chromium
from tests.bench.server import Host, Line
from tests.e2e.own_code import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WEB = ROOT / "site" / "dist" / "web"
SPY = ROOT / "tests" / "e2e" / "spy.js"
LIVE = "document.documentElement.dataset.fallline === 'live'"
ROUNDS, STOPS, PLAYED = 15, 5, 5000
# Two of the six first racers rest, so that four paths of 500 steps run.
FOUR_PATHS = {"AdaGrad.runs": False, "RMSProp.runs": False, "steps": 500}


@dataclass(frozen=True)
class Change:
    """Values that a setting takes in turn, and what is promised of it in milliseconds: its first picture, and all of it."""

    text: str
    page: str
    key: str
    begin: float
    stride: float
    first: float = 150.0
    whole: float = 500.0

    def values(self) -> list[float]:
        """Return the values, none of them the one before."""
        return [round(self.begin + self.stride * index, 6) for index in range(ROUNDS)]


CHANGES = (
    Change("slope, x", "slope", "x", 1.0, 0.01, 60.0, 60.0),
    Change("grid, the start", "grid", "start_x", 1.0, 0.01),
    Change("step-size, x", "step-size", "x", 1.0, 0.01),
    Change("race, a rate", "race", "GradientDescent.rate", 0.005, 0.0001),
    Change("race, the start of all", "race", "start_x", 0.5, 0.01),
    Change("batches, the rate", "batches", "rate", 0.05, 0.001),
    Change("network, the rate", "network", "learning.rate", 0.05, 0.001),
    Change("cost, the batch", "cost", "batch", 64.0, 1.0),
    Change("digits, the rate", "digits", "rate", 0.05, 0.001),
    Change("black box, the start", "black-box", "start_x", 6.0, 0.01),
)
# What is played, at which settings: the first run but for the race's, of which alone something is promised. A page has a picture
# for each of its steps at most.
PLAYERS: dict[str, Mapping[str, object]] = {"race": FOUR_PATHS, "batches": {}, "network": {}}
LEAST_FRAMES, BACK_WITHIN = 55.0, 2000.0


def main() -> int:
    """Measure and print; 1 where a promise is not kept."""
    if not (WEB / "index.html").is_file():
        print(f"{WEB} has no index.html: build the site first (make build)", file=sys.stderr)
        return 1
    with Host(WEB, Line(None)) as host, sync_playwright() as playwright:
        thread = Thread(target=host.serve_forever)
        thread.start()
        flags = ["--no-sandbox", "--disable-gpu"] if os.geteuid() == 0 else ["--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        kept = [*_report(browser, host), *_stopped(browser, host)]
        browser.close()
        host.shutdown()
        thread.join()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} of {os.cpu_count()} processors")
    return 0 if all(kept) else 1


def _report(browser: Browser, host: Host) -> Iterator[bool]:
    for change in CHANGES:
        page = _open(
            browser, host.address(f"{change.page}.html"), FOUR_PATHS if change.page == "race" else {}
        )
        times = [
            page.evaluate("change => pages.change(...change)", [change.key, value])
            for value in change.values()
        ]
        first, whole = (median(each) for each in zip(*times, strict=True))
        page.close()
        yield _say(f"{change.text}: first picture", first, change.first, "ms")
        yield _say(f"{change.text}: complete", whole, change.whole, "ms")
    for name, values in PLAYERS.items():
        page = _open(browser, host.address(f"{name}.html"), values)
        frame, picture = (median(times) for times in page.evaluate("time => pages.playing(time)", PLAYED))
        page.close()
        limit = LEAST_FRAMES if values is FOUR_PATHS else None
        yield _say(f"{name}, played: frames a second", 1000.0 / frame, limit, "", at_least=True)
        yield _say(f"{name}, played: pictures a second", 1000.0 / picture, limit, "", at_least=True)


def _stopped(browser: Browser, host: Host) -> Iterator[bool]:
    for own in FIELDS:
        page = _open(browser, host.address(f"{own.page}.html"), {})
        given = [own.choice, own.good, own.endless]
        times = [page.evaluate("given => pages.stop(...given)", given) for _ in range(STOPS)]
        page.close()
        yield _say(f"{own.page}, stopped: all as before", median(times), BACK_WITHIN, "ms")


def _open(browser: Browser, address: str, values: Mapping[str, object]) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(path=SPY)
    page.goto(address)
    page.wait_for_function(LIVE, timeout=90_000)
    page.add_script_tag(path=HERE / "pages.js")
    page.evaluate("values => pages.set(values)", dict(values))
    return page


def _say(what: str, value: float, limit: float | None, unit: str, *, at_least: bool = False) -> bool:
    if limit is None:
        print(f"{what:40} {value:7.1f} {unit:2}", flush=True)
        return True
    kept = value >= limit if at_least else value <= limit
    sign, verdict = ("≥" if at_least else "≤"), ("reached" if kept else "NOT REACHED")
    print(f"{what:40} {value:7.1f} {unit:2}  {sign} {limit:g}  {verdict}", flush=True)
    return kept


if __name__ == "__main__":
    sys.exit(main())
