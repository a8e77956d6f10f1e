"""The fields that take Python of the visitor's own, one for each page that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.e2e import pages

if TYPE_CHECKING:
    from playwright.sync_api import Locator
    from tests.e2e.visitor import Visitor


class OwnCode(NamedTuple):
    """A field for code: where it is, what can be typed into it, and what never ends."""

    page: str
    # The choice of which one option is the visitor's own code.
    choice: str
    label: str
    good: str
    other: str
    endless: str

    def choose(self, visitor: Visitor) -> None:
        """Choose one's own code, and wait for all that comes of it."""
        pages.pick(visitor, self.choice, "own")
        visitor.finish()

    def field(self, visitor: Visitor) -> Locator:
        """Return the field."""
        return visitor.page.get_by_role("textbox", name=self.label, exact=True)

    def use(self, visitor: Visitor, text: str) -> None:
        """Type code and use it; whether that is answered is another matter."""
        self.field(visitor).fill(text)
        # Enter alone would begin a new line, where the field has several.
        self.field(visitor).press("Control+Enter")


ENDLESS = "[0 for _ in iter(int, 1)]"
FIELDS = (
    OwnCode("slope", "curve", "f(x)", "x * np.sin(x)", "np.cos(x)", ENDLESS),
    OwnCode("grid", "surface", "f(x, y)", "x*x + 3*y*y", "x*x + y*y", ENDLESS),
    OwnCode("step-size", "curve", "f(x)", "x * np.sin(x)", "np.cos(x)", ENDLESS),
    OwnCode("race", "surface", "f(x, y)", "x*x + 3*y*y", "x*x + y*y", ENDLESS),
    OwnCode("network", "activation", "f(x)", "np.maximum(x, 0.1*x)", "np.tanh(x)", ENDLESS),
    OwnCode(
        "black-box",
        "simulation",
        "loss of a and b",
        "return (a - 0.2)**2 + (b - 0.6)**2",
        "return (a - 0.7)**2 + b",
        "day = 0\nwhile True:\n    day += 1\nreturn a + b",
    ),
)
