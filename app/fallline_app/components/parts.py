"""An answer in parts: what is seen first goes to the page at once, and the rest follows when it has been computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Parts:
    """What is left of an answer; whoever tells the page in parts opens it, else nothing is ever left."""

    def __init__(self) -> None:
        self.is_open = False
        self._left: list[Callable[[], None]] = []

    @property
    def are_left(self) -> bool:
        """Whether there is something to be done."""
        return bool(self._left)

    def then(self, do: Callable[[], None]) -> None:
        """Do this once what has changed so far has been told, or now; what is asked for twice is done once."""
        if not self.is_open:
            do()
        elif do not in self._left:
            self._left.append(do)

    def go_on(self) -> None:
        """Do what is left; what that asks for in its turn is left for the part that follows."""
        left, self._left = self._left, []
        for do in left:
            do()
