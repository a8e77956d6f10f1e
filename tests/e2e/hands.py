"""What a person does with a control: by keys where the focus is, or by a finger where the control stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.e2e.visitor import Visitor

MOVES, SHORTEST = 6, 24.0
# Milliseconds that a finger rests before it is lifted, and after which nothing more comes of an act.
RESTS, PATIENCE = 150, 3000


@dataclass
class Hand:
    """One way to use the controls of a page, and what came of it; `uses.py` says what is done with which control."""

    visitor: Visitor
    touches: bool
    faults: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    used: list[str] = field(default_factory=list)

    def press(self, key: str = "Enter") -> None:
        """Press the control: with a key, or with a finger in its middle."""
        if not self.touches:
            self.visitor.page.keyboard.press(key)
            return
        place = self.place()
        self.visitor.page.touchscreen.tap(place["x"], place["y"])

    def place(self) -> dict[str, Any]:
        """Return where the control is, and note if one cannot hit it."""
        place: dict[str, Any] = self.visitor.page.evaluate("controls.press()")
        if not place["free"]:
            self.faults.append(f"something lies over it: {self.used[-1]}")
        if min(place["width"], place["height"]) < SHORTEST:
            self.faults.append(f"{place['width']:.0f} × {place['height']:.0f} px: {self.used[-1]}")
        return place

    def drag(self, begin: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a finger over the control, from one place to another in shares of its width and height."""
        place = self.place()
        draw_finger(
            self.visitor.page, [place[name] for name in ("left", "top", "width", "height")], begin, end
        )

    def write(self, text: str, *, entered: bool = True) -> None:
        """Write something instead of what stands in a field."""
        if self.touches:
            self.press()
        self.visitor.page.keyboard.press("Control+A")
        self.visitor.page.keyboard.type(text)
        if entered:
            self.visitor.page.keyboard.press("Enter")

    def tells(self, act: Callable[[], None]) -> bool:
        """Do something; return whether Python was told of it, once that is answered."""
        since = self.visitor.changes
        act()
        self._comes("since => controls.told(since).length > 0", since)
        self.visitor.settle()
        news = self.visitor.page.evaluate("since => controls.told(since)", since)
        self.told.update(news)
        return bool(news)

    def changes(self, act: Callable[[], None]) -> bool:
        """Do something; return whether the control says something else then."""
        before = self.visitor.page.evaluate("controls.says()")
        act()
        return self._comes("before => controls.says() !== before", before)

    def _comes(self, condition: str, given: object) -> bool:
        """Wait for what comes of an act; a finger's takes effect a little later. Return whether it does."""
        try:
            self.visitor.page.wait_for_function(condition, arg=given, timeout=PATIENCE)
        except PlaywrightTimeoutError:
            return False
        return True


def draw_finger(page: Page, area: list[float], begin: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a finger over an area, given by its left, top, width and height, between places in shares of it."""
    touch = page.context.new_cdp_session(page)
    left, top, width, height = area

    def send(kind: str, *points: dict[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    for move in range(MOVES + 1):
        x, y = (a + (b - a) * move / MOVES for a, b in zip(begin, end, strict=True))
        send("touchMove" if move else "touchStart", {"x": left + x * width, "y": top + y * height})
    # A finger that is lifted while it moves flings, and Chromium takes the next tap for the end of that.
    page.wait_for_timeout(RESTS)
    send("touchEnd")
