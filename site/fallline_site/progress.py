"""One line for each step of a build, so that no step longer than a second passes in silence."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step and, while it lasts, how long it has taken.

    A terminal sees one line that counts seconds; a log sees a line at the start, one every 15 seconds and,
    for a step longer than a second, one at the end.
    """
    start, done = time.monotonic(), threading.Event()
    live = sys.stdout.isatty()
    _write(f"{text} …", live)
    ticker = threading.Thread(target=_tick, args=(text, start, done, live), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()
        seconds = time.monotonic() - start
        if live:
            _write(f"{text} ({seconds:.1f} s)\n", live)
        elif seconds > 1:
            _write(f"{text}: {seconds:.1f} s", live)


def say(text: str) -> None:
    """Print a line at once, even into a pipe."""
    print(text, flush=True)


def megabytes(size: int) -> str:
    """Return a size as people read it: '106 MB', '2.9 MB', '0.02 MB'."""
    return f"{size / 1e6:.{0 if size >= 1e7 else 1 if size >= 1e5 else 2}f} MB"


def _tick(text: str, start: float, done: threading.Event, live: bool) -> None:
    while not done.wait(1 if live else 15):
        _write(f"{text} … {time.monotonic() - start:.0f} s", live)


def _write(text: str, live: bool) -> None:
    # "\x1b[K" wipes what a longer line left behind.
    print(f"\r\x1b[K{text}" if live else text, end="" if live else "\n", flush=True)
