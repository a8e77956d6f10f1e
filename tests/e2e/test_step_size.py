"""Smaller is not always better: the step size's page by its numbers, its controls and its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.running import printed_by

from fallline_app.demos.step_size.model import COLUMNS, ENTRIES, STEPS, StepSize
from fallline_app.words import printed

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.e2e.visitor import Visitor

PAGE = "step-size"
EPS = np.finfo(float).eps
TITLES = [entry.title for entry in ENTRIES]


@pytest.fixture
def step_size(at_first: Visitor) -> Visitor:
    return at_first


def column(frames: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    return frames[:, COLUMNS.index(name)]


def native(**settings: Any) -> NDArray[np.float64]:
    model = StepSize()
    model.param.update(**settings)
    return model.compare().frames()


def assert_same(page: NDArray[np.float64], ours: NDArray[np.float64], rounding: float = EPS) -> None:
    """The browser's exp, sin and cos may round the last digit otherwise; a slope then differs by that over h."""
    real = column(page, "slope")[:-1], column(ours, "slope")[:-1]
    assert_near(*real, 16.0 * rounding * 3.0 / STEPS + 16.0 * EPS)
    assert_near(
        column(page, "slope")[-1], column(ours, "slope")[-1], np.full(STEPS.shape, 16.0 * rounding * 3.0)
    )


def assert_near(page: NDArray[np.float64], ours: NDArray[np.float64], tolerance: NDArray[np.float64]) -> None:
    finite = np.isfinite(ours)
    np.testing.assert_array_equal(np.isfinite(page), finite)
    assert (np.abs(page[finite] - ours[finite]) <= np.broadcast_to(tolerance, ours.shape)[finite]).all()


@pytest.mark.parametrize("curve", ["np.exp(x)", "np.sin(x)", "param**2", "x**3 - 3*x"])
def test_slopes_are_native_numpys(step_size: Visitor, curve: str) -> None:
    if curve == "np.exp(x)":
        pages.pick(step_size, "curve", "np.sin(x)")
    pages.pick(step_size, "curve", curve)

    assert_same(step_size.frames(), native(curve=curve))


def test_smaller_is_not_always_better(step_size: Visitor) -> None:
    errors = column(step_size.frames(), "error")

    best = np.log10(STEPS[np.nanargmin(errors, axis=1)])
    # ε^(1/(p + 1)) for a difference of order p; the complex step alone gets no worse.
    for title, order in (("forward", 1), ("central", 2), ("central, order 4", 4)):
        index = TITLES.index(title)
        assert best[index] == pytest.approx(np.log10(EPS) / (order + 1), abs=1.5)
        assert np.nanmedian(errors[index][STEPS < 1e-13]) > 1e3 * np.nanmin(errors[index])
    assert errors[-1][STEPS < 1e-10].max() < 1e-15
    expect(step_size.page.locator("[data-part=summary]")).to_contain_text("smaller steps are worse")


def test_automatic_step_claims_what_it_keeps(step_size: Visitor) -> None:
    automatic = StepSize().compare().automatic

    said = step_size.page.locator("[data-part=summary]")
    expect(said).to_contain_text(
        f"The automatic step claims 2.71828 ± {printed(automatic.error[0], 2)} after"
    )
    assert abs(automatic.value[0] - np.e) <= automatic.error[0]


def test_single_precision_and_noise_lift_the_floor(step_size: Visitor) -> None:
    central = TITLES.index("central")
    double = np.nanmin(column(step_size.frames(), "error")[central])

    pages.pick(step_size, "precision", "float32")
    single = step_size.frames()
    step_size.reset()
    step_size.switch("noise").check()
    step_size.settle()
    step_size.type("deviation, typed", "1e-4")
    noisy = step_size.frames()

    assert np.nanmin(column(single, "error")[central]) > 1e3 * double
    assert np.nanmin(column(noisy, "error")[central]) > 1e3 * double
    assert_same(single, native(precision="float32"), float(np.finfo(np.float32).eps))
    assert_same(noisy, native(noisy=True, noise=1e-4))


def test_scheme_that_is_switched_off_leaves_and_comes_back(step_size: Visitor) -> None:
    before = step_size.numbers()
    step_size.switch("central").uncheck()
    step_size.settle()
    without = step_size.numbers()
    step_size.switch("central").check()
    step_size.settle()

    assert "central" not in without
    assert step_size.numbers() == before


def test_keys_move_point_and_slider(step_size: Visitor) -> None:
    step_size.slider("x").press("ArrowLeft")
    step_size.settle()
    by_slider = step_size.sent("value")
    step_size.page.locator("[data-place=curve]").get_by_label("Point").press("ArrowRight")
    step_size.settle()

    assert by_slider < 1.0
    assert step_size.sent("point")[0] == pytest.approx(by_slider + 0.1, abs=2e-3)


def test_script_prints_the_slopes_of_the_page(step_size: Visitor) -> None:
    pages.pick(step_size, "curve", "np.sin(x)")
    step_size.switch("noise").check()
    step_size.settle()

    said = printed_by(pages.tape(step_size, "code"))

    numbers = [float(line.split(":")[1]) for line in said.splitlines() if line.startswith("h = ")]
    ours = np.array(step_size.frames())
    ours[:, COLUMNS.index("slope")] = np.reshape(numbers, (len(ENTRIES), -1))
    assert_same(step_size.frames(), ours)


def test_kink_and_functions_without_complex_numbers_are_no_errors(step_size: Visitor) -> None:
    said = step_size.page.locator("[data-part=summary]")
    pages.pick(step_size, "curve", "abs(x)")
    expect(said).to_contain_text("has no slope at 0 that could be told")

    pages.pick(step_size, "curve", "own")
    pages.use(step_size, "np.heaviside(x, 0.5) + x")
    step_size.settle()

    expect(step_size.page.locator("[data-part=notes]")).to_contain_text("takes no complex numbers")
    expect(step_size.status).to_have_attribute("data-state", "live")


def test_finger_switches_and_drags(finger: Visitor) -> None:
    finger.page.get_by_text("Schemes", exact=True).tap()
    finger.answered(finger.page.get_by_text("forward", exact=True).last.tap)
    expect(finger.row("forward")).to_have_attribute("hidden", "")

    finger.player("forward").tap()
    pages.tap_half_way(finger)
    assert finger.step == pytest.approx(finger.last / 2, abs=finger.last / 20)


def test_hover_on_an_error_reads_out_its_step(step_size: Visitor) -> None:
    step_size.stand(step_size.last)

    pages.hover(step_size, "map", ("h", "drawn"), track=0, step=40)

    tooltip = step_size.page.locator(".bk-Tooltip").first
    expect(tooltip).to_contain_text(TITLES[0])
    expect(tooltip).to_contain_text("h: 1.00e-5")
    expect(tooltip).to_contain_text("off by")
    step_size.page.mouse.move(0, 0)
