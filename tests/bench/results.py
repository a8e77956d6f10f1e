"""What the loads came to: medians, the ratios that the site promises, and both as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.browser import Load

Medians = Mapping[str, Load]
MEBIBYTE = 2**20
COLUMNS = ("first paint", "shown", "playable", "live", "MiB sent", "MiB memory")


@dataclass(frozen=True)
class Promise:
    """A ratio, or a difference, and the limit that it must keep."""

    text: str
    value: Callable[[Medians], float | None]
    limit: float
    at_least: bool = False
    unit: str = "×"

    def kept(self, value: float) -> bool:
        """Tell whether a value keeps the limit."""
        return value >= self.limit if self.at_least else value <= self.limit


def ratio(over: str, under: str) -> Callable[[Medians], float | None]:
    """Return what divides one time by another, each named as `page.mark`."""

    def value(medians: Medians) -> float | None:
        top, bottom = _time(medians, over), _time(medians, under)
        return top / bottom if top is not None and bottom else None

    return value


def difference(later: str, sooner: str) -> Callable[[Medians], float | None]:
    """Return what subtracts one time from another, each named as `page.mark`."""

    def value(medians: Medians) -> float | None:
        end, start = _time(medians, later), _time(medians, sooner)
        return end - start if end is not None and start is not None else None

    return value


PROMISES = (
    Promise("live, sooner than the plain start's", ratio("plain.live", "image.live"), 8, at_least=True),
    Promise(
        "playable, sooner than the plain start's live",
        ratio("plain.live", "image.playable"),
        10,
        at_least=True,
    ),
    Promise("shown, of the bare page's", ratio("image.shown", "bare.shown"), 1.3),
    Promise("playable, after shown", difference("image.playable", "image.shown"), 100, unit=" ms"),
    Promise("first paint, of live", ratio("image.paint", "image.live"), 0.1),
    Promise(
        "fallback live, sooner than the plain start's",
        ratio("plain.live", "fallback.live"),
        2,
        at_least=True,
    ),
    Promise("usb folder live, of the web's", ratio("folder.live", "image.live"), 1.5),
    Promise("single file live, of the web's", ratio("single.live", "image.live"), 2),
)
PROMISES_WHEN_SLOW = (Promise("playable, of live", ratio("image.playable", "image.live"), 0.25),)


def _time(medians: Medians, name: str) -> float | None:
    page, _, mark = name.partition(".")
    value: float | None = getattr(medians[page], mark) if page in medians else None
    return value


def medians(loads: Sequence[Load]) -> Load:
    """Return the median of each number; None where a page has no such mark."""
    return Load(
        paint=_median([load.paint for load in loads]),
        shown=_median([load.shown for load in loads]),
        playable=_median([load.playable for load in loads]),
        live=_median([load.live for load in loads]),
        memory=median(load.memory for load in loads),
        bytes=_median([load.bytes for load in loads]),
    )


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if len(known) == len(values) else None


def times_table(results: Medians) -> str:
    """Return the medians as lines of text: milliseconds, then mebibytes."""
    rows = [[name, *_cells(load)] for name, load in results.items()]
    return _table([["", *COLUMNS], *rows])


def promises_table(promises: Sequence[Promise], results: Medians) -> str:
    """Return each promise with its value, its limit and whether it is kept, as lines of text."""
    return _table([["", "measured", "limit", ""], *(_promise_row(promise, results) for promise in promises)])


def missed(promises: Sequence[Promise], results: Medians) -> list[str]:
    """Return the promises that were measured and not kept."""
    values = [(promise, promise.value(results)) for promise in promises]
    return [promise.text for promise, value in values if value is not None and not promise.kept(value)]


def _promise_row(promise: Promise, results: Medians) -> list[str]:
    value = promise.value(results)
    limit = f"{'≥' if promise.at_least else '≤'} {promise.limit:g}{promise.unit}"
    if value is None:
        return [promise.text, "–", limit, "not measured"]
    verdict = "reached" if promise.kept(value) else "NOT REACHED"
    return [promise.text, f"{value:.3g}{promise.unit}", limit, verdict]


def _cells(load: Load) -> list[str]:
    times = [load.paint, load.shown, load.playable, load.live]
    sizes = [load.bytes, load.memory]
    return [
        *("–" if time is None else f"{time:.0f}" for time in times),
        *("–" if size is None else f"{size / MEBIBYTE:.1f}" for size in sizes),
    ]


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines)
