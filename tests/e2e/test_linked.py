"""Python takes up the page that is there: nothing of it is made anew, and what was done before is answered in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fallline_app.catalogue import DEMOS
from fallline_app.demos.race.model import Race

if TYPE_CHECKING:
    from tests.e2e.visitor import Visitor, Visits

DRAWN = "globalThis.fallline?.document && document.querySelector('[data-place] + .still') === null"
# Elements that leave the page from now on, also those in shadow trees.
WATCH = """() => {
  globalThis.gone = []
  const note = (records) => records.forEach(({ removedNodes }) => gone.push(...[...removedNodes].map(({ nodeName }) => nodeName)))
  const observer = new MutationObserver(note)
  const observe = (root) => {
    observer.observe(root, { childList: true, subtree: true })
    root.querySelectorAll("*").forEach(({ shadowRoot }) => shadowRoot && observe(shadowRoot))
  }
  observe(document)
}"""
ELEMENTS = "gone.filter((name) => !name.startsWith('#'))"
IDS = "[...fallline.document.all_models].map(({ id }) => id).sort().join()"


@pytest.mark.parametrize("page", ["index", *(demo.name for demo in DEMOS)])
def test_no_node_is_replaced_when_python_comes(page: str, visits: Visits) -> None:
    with visits(reduced_motion="reduce") as visitor:
        with visitor.before_python():
            visitor.open("playable", page=page)
            visitor.page.wait_for_function(DRAWN)
            visitor.page.evaluate(WATCH)
            ids = visitor.page.evaluate(IDS)

        visitor.wait("live")
        visitor.settle()

        assert visitor.page.evaluate(ELEMENTS) == []
        assert visitor.page.evaluate(IDS) == ids


def test_what_was_done_before_python_is_answered_in_its_order(visitor: Visitor) -> None:
    ours = Race()
    # A surface brings its own start and rates: what is set after it holds.
    ours.surface = "Bowl"
    ours.racers[0].rate = 0.02
    ours.steps = 120

    with visitor.before_python():
        visitor.open("playable")
        visitor.page.get_by_role("combobox", name="surface", exact=True).select_option("Bowl")
        for label, text in (("Gradient descent: rate, typed", "0.02"), ("steps, typed", "120")):
            visitor.field(label).fill(text)
            visitor.field(label).press("Enter")
        assert visitor.changes == 0

    visitor.wait("live")
    visitor.settle()

    visitor.assert_runs_as(ours)
