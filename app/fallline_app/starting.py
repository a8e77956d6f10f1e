"""Tells the page how far the start of Python is, by counting what is imported."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class ImportCounter:
    """A finder that finds nothing, and says how many modules have been looked for."""

    def __init__(self, report: Callable[[int], object], every: int = 10) -> None:
        self._report = report
        self._every = every
        self.count = 0

    def find_spec(self, *_: object) -> None:
        """Count; the finders after this one do the work."""
        self.count += 1
        if self.count % self._every == 0:
            self._report(self.count)


def count_imports(report: Callable[[int], object]) -> ImportCounter:
    """Call `report` with the number of modules looked for, from now on."""
    counter = ImportCounter(report)
    sys.meta_path.insert(0, counter)
    return counter


def stop_counting(counter: ImportCounter) -> int:
    """Return how many were looked for, and leave the imports alone again."""
    sys.meta_path.remove(counter)
    return counter.count
