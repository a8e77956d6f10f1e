"""Why backprop exists: counted, measured, and the same in Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.running import printed_by

from fallline_app.demos.cost.fitting import fit
from fallline_app.demos.cost.model import COLUMNS, METHODS, Cost

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.e2e.visitor import Visitor

PAGE = "cost"
NAMES = [method.name for method in METHODS]


@pytest.fixture
def cost(at_first: Visitor) -> Visitor:
    return at_first


def column(frames: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    return frames[:, COLUMNS.index(name)]


def native(**settings: Any) -> NDArray[np.float64]:
    model = Cost()
    model.param.update(**settings)
    return model.count().frames()


def exponents(frames: NDArray[np.float64]) -> dict[str, float]:
    drawn = column(frames, "drawn")
    return {name: fit(column(frames, "P")[0], drawn[index]).exponent for index, name in enumerate(NAMES)}


def test_counts_are_native_ones_to_the_last_digit(cost: Visitor) -> None:
    first = cost.frames()
    cost.type("hidden layers, typed", "3")
    cost.type("batch, typed", "7")

    np.testing.assert_array_equal(first, native())
    np.testing.assert_array_equal(cost.frames(), native(depth=3, batch=7))


def test_counted_naive_grows_with_the_square_and_backprop_and_node_with_the_number(cost: Visitor) -> None:
    grows = exponents(cost.frames())

    assert grows["naive"] == pytest.approx(2.0, abs=0.02)
    assert grows["node"] == pytest.approx(1.0, abs=0.02)
    assert grows["backprop"] == pytest.approx(1.0, abs=0.02)
    expect(cost.page.locator("[data-part=summary]")).to_contain_text("Counted, not timed")
    expect(cost.page.locator("[data-part=summary]")).to_contain_text("like P to the 2.00 for naive")
    expect(cost.page.locator("[data-place=below]")).to_contain_text("the same on every machine")


def test_times_measured_in_this_browser_prove_it(cost: Visitor) -> None:
    """Whatever else the machine does meanwhile: the exponents of naive and the others are most of 1 apart."""
    cost.page.get_by_role("button", name="Measure here").click()
    expect(cost.page.locator("[data-part=work]")).to_have_attribute("data-state", "done", timeout=90_000)

    frames = cost.frames()
    grows, milliseconds = exponents(frames), column(frames, "milliseconds")[:, -1]
    assert grows["naive"] > 1.5
    assert grows["backprop"] < 1.4
    assert grows["node"] < 1.4
    assert grows["naive"] - max(grows["backprop"], grows["node"]) > 0.6
    assert milliseconds[NAMES.index("naive")] > 5_000 * milliseconds[NAMES.index("backprop")]
    expect(cost.page.locator("[data-part=summary]")).to_contain_text("Measured on this machine")
    expect(cost.page.locator("[data-place=below]")).to_contain_text("tracemalloc")
    predicted, seen = (column(each, "memory")[:, -1] for each in (native(), frames))
    there = np.isfinite(seen)
    assert (np.abs(np.log2(predicted[there] / seen[there])) < 1.0).all()


def test_budget_is_drawn_and_told(cost: Visitor) -> None:
    cost.type("budget, MB, typed", "50")

    expect(cost.page.locator("[data-place=curve]")).to_have_attribute(
        "aria-label", re.compile("with the budget of 50 MB")
    )
    more = cost.page.locator("[data-place=below] >> css=tbody tr").last.inner_text()
    cost.type("budget, MB, typed", "5")
    less = cost.page.locator("[data-place=below] >> css=tbody tr").last.inner_text()
    assert parameters(more) > 5 * parameters(less)


def parameters(row: str) -> float:
    """Return how many parameters a row of the table says the budget holds."""
    return float(row.split("\t")[-1].split(" parameters")[0].replace("\N{NO-BREAK SPACE}", ""))


def test_keys_move_a_slider_and_mouse_switches_a_method(cost: Visitor) -> None:
    cost.slider("hidden layers").press("ArrowRight")
    cost.settle()
    deep = cost.frames()
    cost.switch("naive").uncheck()
    cost.settle()

    np.testing.assert_array_equal(deep, native(depth=2))
    assert "naive" not in cost.numbers()
    assert "naive" not in cost.page.locator("[data-part=summary]").inner_text()
    cost.player("forward").press("End")
    assert cost.step == cost.last
    expect(cost.player("position")).to_have_text(f"P = {deep[0, COLUMNS.index('P'), -1]:.0f}")


def test_script_prints_the_numbers_of_the_page(cost: Visitor) -> None:
    cost.type("widest layer, typed", "40")
    cost.type("batch, typed", "8")

    lines = [line.split() for line in printed_by(pages.tape(cost, "code")).splitlines()]

    frames = cost.frames()
    for name, place in (("P", 0), ("evaluations", 2), ("operations", 3), ("memory", 4)):
        printed = np.reshape([float(line[place]) for line in lines], (-1, len(METHODS))).T
        np.testing.assert_array_equal(printed, column(frames, name))


def test_finger_measures_and_stops(finger: Visitor) -> None:
    finger.page.get_by_role("button", name="Measure here").tap()
    expect(finger.page.locator("[data-work=phrase]")).to_contain_text("2 of")
    finger.page.locator("[data-work=stop]").tap()

    expect(finger.page.locator("[data-part=work]")).to_have_attribute("data-state", "stopped")
    finger.page.get_by_text("Methods", exact=True).tap()
    finger.answered(finger.page.locator("[data-place=settings]").get_by_text("weight", exact=True).tap)
    expect(finger.row("weight")).to_have_attribute("hidden", "")
    assert finger.page.evaluate("document.documentElement.scrollWidth") == 390
