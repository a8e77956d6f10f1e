"""Nothing leaves its card: the numbers of a step and the table of a race, at every width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.e2e.test_look import options

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTHS = (360, 390, 600, 768, 1000, 1024, 1280, 1360, 1440, 1600, 1920)
# What is wider inside than outside: the cards of numbers, and tables, also those in shadow trees.
TOO_WIDE = """() => {
  const inside = (root) => [...root.querySelectorAll("*")].flatMap((node) => [node, ...(node.shadowRoot ? inside(node.shadowRoot) : [])])
  return inside(document).filter((node) => node.matches(".numbers, .outcome") && node.scrollWidth > node.clientWidth)
    .map(({ className, scrollWidth, clientWidth }) => [className, scrollWidth, clientWidth])
}"""


@pytest.mark.parametrize("page", ["index", "slope", "step-size", "race"])
def test_numbers_and_tables_fit_their_cards(visits: Callable[..., Any], page: str) -> None:
    with visits(**options("laptop", "light")) as visitor, visitor.before_python():
        visitor.open("playable", page=page)

        found = {}
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": 900})
            found[width] = visitor.page.evaluate(TOO_WIDE)
        assert found == {width: [] for width in WIDTHS}
