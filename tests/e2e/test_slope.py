"""A gradient is a limit that a computer cannot reach: the slope's page by its numbers, its controls and its code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.running import printed_by

from fallline_app.curves import CURVES, Curve
from fallline_app.demos.slope.model import COLUMNS, STEPS, Slope

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.e2e.visitor import Visitor, Visits

PAGE = "slope"
EPS = np.finfo(float).eps
# Leaves a trace where it runs; the second finds it.
TRACE = "setattr(__import__('builtins'), 'trace', 1) or x**2 + 40"
FIND = "1/0 if hasattr(__import__('builtins'), 'trace') else x**3"


@pytest.fixture
def slope(at_first: Visitor) -> Visitor:
    return at_first


def column(frames: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    return frames[:, COLUMNS.index(name)]


def native(curve: str, x: float | None = None, own: str | None = None) -> NDArray[np.float64]:
    model = Slope()
    if own is not None:
        model.own = own
    model.curve = curve
    if x is not None:
        model.x = x
    return model.look().frames()


def assert_same(page: NDArray[np.float64], ours: NDArray[np.float64]) -> None:
    """The browser's exp and sin may round the last digit otherwise: that much of a value, over h, in a slope."""
    np.testing.assert_array_equal(column(page, "x_before"), column(ours, "x_before"))
    values = np.nanmax(np.abs(column(ours, "y_after")))
    tolerance = 4.0 * EPS * values / STEPS + 1e-9 * EPS
    off = np.abs(column(page, "slope") - column(ours, "slope"))
    np.testing.assert_array_equal(np.isnan(column(page, "slope")), np.isnan(column(ours, "slope")))
    assert (off <= tolerance)[~np.isnan(off)].all()


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.text)
def test_every_curve_has_the_numbers_of_native_numpy(slope: Visitor, curve: Curve) -> None:
    if curve is CURVES[0]:
        pages.pick(slope, "curve", CURVES[1].text)
    pages.pick(slope, "curve", curve.text)

    assert_same(slope.frames(), native(curve.text))


def test_limit_is_not_reached(slope: Visitor) -> None:
    pages.pick(slope, "curve", "np.sin(x)")

    errors = column(slope.frames(), "error")[2]
    assert np.nanmin(errors) < 1e-11
    assert np.nanargmin(errors) < 30
    assert errors[np.isfinite(errors)][-1] > 1e-3
    said = slope.page.locator("[data-part=summary]")
    expect(said).to_contain_text("The slope is 0.540302")
    expect(said).to_contain_text("Smaller steps are worse.")


def test_kink_is_no_slope(slope: Visitor) -> None:
    pages.pick(slope, "curve", "abs(x)")

    expect(slope.page.locator("[data-part=summary]")).to_contain_text(
        "forward sees 1, backward sees −1, central sees 0"
    )


def test_dial_shows_the_step_and_the_table_its_slopes(slope: Visitor) -> None:
    slope.stand(10)

    expect(slope.player("position")).to_have_text("h = 0.000977")
    numbers = slope.numbers()
    ours = column(native("param**2"), "slope")[:, 10]
    assert [float(row["slope"]) for row in numbers.values()] == [
        pytest.approx(value, rel=1e-3) for value in ours
    ]


def test_point_moves_by_keys_and_by_typing(slope: Visitor) -> None:
    slope.map.get_by_label("Point").press("ArrowRight")
    slope.settle()
    by_key = slope.sent("point")[0]
    slope.slider("x").press("ArrowRight")
    slope.settle()
    by_slider = slope.sent("value")
    slope.type("x, typed", "1.25")

    # A fortieth of the domain from −3 to 3.
    assert by_key == pytest.approx(2.15, abs=2e-3)
    assert by_slider > by_key
    assert_same(slope.frames(), native("param**2", 1.25))


def test_script_prints_the_slopes_of_the_page(slope: Visitor) -> None:
    pages.pick(slope, "curve", "x**3 - 3*x")
    slope.type("x, typed", "0.7")

    said = printed_by(pages.tape(slope, "code"))

    numbers = [[float(number) for number in line.split(":")[1].split()] for line in said.splitlines()]
    again = slope.frames()
    again[:, COLUMNS.index("slope")] = np.transpose(numbers)
    assert_same(slope.frames(), again)


def test_hover_reads_out_a_slope(slope: Visitor) -> None:
    slope.stand(slope.last)

    pages.hover(slope, "curve", ("h", "slope"), track=0, step=8)

    tooltip = slope.page.locator(".bk-Tooltip").first
    expect(tooltip).to_contain_text("3.906e-3")
    expect(tooltip).to_contain_text(f"{column(slope.frames(), 'slope')[0, 8]:.10f}")
    expect(tooltip).to_contain_text("off by")
    slope.page.mouse.move(0, 0)


def test_listings_run_and_say_what_a_terminal_says(slope: Visitor) -> None:
    outputs = slope.page.locator("output")
    expect(outputs.nth(0)).to_contain_text("TypeError")
    for button in slope.page.get_by_role("button", name=re.compile("^Run: ")).all():
        button.click()
    slope.settle()

    expect(outputs.nth(0)).to_contain_text("line 10: param = param - learning_rate * gradient")
    for route in (1, 2):
        expect(outputs.nth(route)).to_contain_text("2.00000 - 0.1 * 4.00000 = 1.60000")
        expect(outputs.nth(route)).to_contain_text("= 1.28000")


def test_own_function_is_looked_at_and_errors_come_and_go(slope: Visitor) -> None:
    pages.pick(slope, "curve", "own")
    pages.use(slope, "x**2 +")
    wrong = slope.page.get_by_role("alert").filter(has_text="this is no Python expression")
    expect(wrong).to_be_visible()

    pages.use(slope, "x**2 + 1")
    slope.settle()

    expect(wrong).to_have_count(0)
    expect(pages.field(slope)).to_have_attribute("aria-invalid", "false")
    assert_same(slope.frames(), native("own", own="x**2 + 1"))


@pytest.mark.parametrize(
    ("code", "said"), [("3", "The slope is 0"), ("np.log(x - 1)", "it is not finite there")]
)
def test_function_without_a_slope_worth_seeing_is_no_error(slope: Visitor, code: str, said: str) -> None:
    pages.pick(slope, "curve", "own")

    pages.use(slope, code)

    expect(slope.page.locator("[data-part=summary]")).to_contain_text(said)
    slope.settle()
    expect(slope.status).to_have_attribute("data-state", "live")


def test_code_of_a_link_runs_only_when_the_visitor_says_so(visits: Visits) -> None:
    with visits() as visitor:
        visitor.open("live", f"#v=1&curve=own&own={TRACE.replace('+', '%2B').replace(' ', '%20')}", page=PAGE)
        expect(pages.field(visitor)).to_have_value(TRACE)
        expect(
            visitor.page.get_by_text("This came with the link. Read it, then press Use to run it.")
        ).to_be_visible()
        visitor.settle()

        # Nothing that was sent to Python holds it, and the run is of the page's own function.
        assert visitor.page.evaluate("text => !JSON.stringify(spy.sent).includes(text)", TRACE[:20])
        assert_same(visitor.frames(), native("own"))
        assert [told["error"] for told in pages.use_all(visitor, [FIND])] == [""]

        visitor.page.get_by_role("button", name="Use: f(x)").click()
        visitor.settle()
        assert_same(visitor.frames(), native("own", own="x**2 + 40"))
        assert [told["error"] for told in pages.use_all(visitor, [FIND])] == [
            "ZeroDivisionError: division by zero"
        ]


def test_finger_moves_the_point(finger: Visitor) -> None:
    surface = finger.map.get_by_label("Point")
    box = surface.bounding_box()
    assert box is not None

    place = box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.5
    finger.answered(lambda: finger.page.touchscreen.tap(*place))

    x = finger.sent("point")[0]
    assert -1.5 < x < 0.5
    finger.settle()
    (value,) = (setting["value"] for setting in pages.settings(finger) if setting["key"] == "x")
    assert value == x
