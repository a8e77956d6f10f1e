"""Everyone under way at once, for as long as an answer may take: who has looked at the fewest samples goes next."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fallline_app.demos.batches.lap import Going, Lap

# The clock is looked at after about so many samples.
AT_ONCE = 32


class Together:
    """Racers under way, None for those who do not take part."""

    def __init__(self, going: list[Going | None], budget: int) -> None:
        self._going, self._budget = going, budget

    def replace(self, index: int, going: Going | None) -> None:
        """Let one racer begin anew, or take no part."""
        self._going[index] = going

    @property
    def share(self) -> float:
        """How much of all there is to be seen has been."""
        parts = [1.0 if one.has_ended else one.seen / self._budget for one in self._going if one is not None]
        return min(1.0, sum(parts) / len(parts)) if parts else 1.0

    @property
    def has_ended(self) -> bool:
        """Whether nobody is under way any more."""
        return all(one is None or one.has_ended for one in self._going)

    def go(self, seconds: float = float("inf")) -> bool:
        """Go on for so long, or to the end; return whether that is reached."""
        end = time.perf_counter() + seconds
        while not self.has_ended and time.perf_counter() < end:
            under_way = (one for one in self._going if one is not None and not one.has_ended)
            min(under_way, key=lambda one: one.seen).go(AT_ONCE)
        return self.has_ended

    def laps(self) -> list[Lap | None]:
        """Return what everyone has done so far."""
        return [None if one is None else one.lap() for one in self._going]
