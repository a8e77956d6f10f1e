"""No formula needed: the page of black boxes by its numbers, its controls and its code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.running import printed_by

from fallline_app.demos.black_box import measuring
from fallline_app.demos.black_box.methods import METHODS
from fallline_app.demos.black_box.model import BlackBox
from fallline_app.demos.black_box.run import COLUMNS
from fallline_app.demos.black_box.simulations import SIMULATIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Locator
    from tests.e2e.visitor import Visitor, Visits

PAGE = "black-box"
VALLEY = "steps = round(8 * a) / 8\nreturn (a - b)**2 + (steps - 0.5)**2"
TITLES = [method.title for method in METHODS]
# What each track's source in the plot of the simulation holds.
DRAWN = """() => {
  const tape = fallline.document.roots().find(({ name }) => name === "tape")
  return tape.followers[0].sources.map(({ data }) => [Array.from(data.x), Array.from(data.y)])
}"""


@pytest.fixture
def box(at_first: Visitor) -> Visitor:
    return at_first


def column(frames: NDArray[np.float64], title: str, name: str) -> NDArray[np.float64]:
    found: NDArray[np.float64] = frames[TITLES.index(title), COLUMNS.index(name)]
    return found


def native(**settings: Any) -> NDArray[np.float64]:
    model = BlackBox()
    for name, value in settings.items():
        model.param.update(**{name: value})
    return model.run().frames


def assert_same(page: NDArray[np.float64], ours: NDArray[np.float64]) -> None:
    """The browser's sine and cosine may round the last digit otherwise; so short a step as the tiny one magnifies that."""
    assert page.shape == ours.shape
    np.testing.assert_array_equal(np.isnan(page), np.isnan(ours))
    np.testing.assert_allclose(page, ours, rtol=1e-6, atol=1e-6)


def test_numbers_are_native_numpys(box: Visitor) -> None:
    box.type("seed, typed", "3")

    assert_same(box.frames(), native(seed=3))


def test_thermostats_numbers_are_native_numpys(box: Visitor) -> None:
    pages.pick(box, "simulation", "thermostat")

    assert_same(box.frames(), native(simulation="thermostat"))
    head = box.page.locator("[data-part=readout] thead")
    expect(head).to_contain_text("set point, °C")
    expect(box.page.locator("[data-part=summary]")).to_contain_text("Tiny step never does")


def test_throw_that_hits_is_found_from_values_alone(box: Visitor) -> None:
    frames = box.frames()

    assert abs(column(frames, "SPSA", "missed")[-1]) < 0.3
    assert abs(column(frames, "step h", "missed")[-1]) < 0.3
    # Over a step of some millionths two values differ by their errors alone.
    assert abs(column(frames, "tiny step", "missed")[-1]) > 1.0
    expect(box.page.locator("[data-part=summary]")).to_contain_text(
        "Tiny step never does, and ends at 12.6: over so short a step it sees noise alone"
    )


def test_without_noise_the_tiny_step_lives(box: Visitor) -> None:
    box.switch("noise").uncheck()
    box.settle()

    assert abs(column(box.frames(), "tiny step", "missed")[-1]) < 0.3
    expect(box.page.locator("[data-part=summary]")).not_to_contain_text("Tiny step never does")


def test_all_have_spent_the_same_at_each_frame(box: Visitor) -> None:
    box.stand(30)

    expect(box.player("position")).to_have_text("evals = 60")
    steps = {title: row["steps"] for title, row in box.numbers().items()}
    assert (steps["tiny step"], steps["step h"], steps["SPSA"]) == ("15", "15", "30")
    assert int(steps["automatic"]) < 5


def test_simulation_follows_the_player_without_python(box: Visitor) -> None:
    changes = box.changes
    model = BlackBox()
    frames = model.run().frames
    for step in (0, 45, 120):
        box.stand(step)
        drawn = box.page.evaluate(DRAWN)
        for index, (x, y) in enumerate(drawn):
            throw = frames[index, 1:3, step]
            path = SIMULATIONS["ball"].see(throw, 6.0).path
            # Two bytes a number: half of 75 m / 65 534.
            np.testing.assert_allclose(np.array([x, y]), path, atol=1e-3)
    assert box.changes == changes


def test_start_moves_by_keys_by_typing_and_by_mouse(box: Visitor) -> None:
    box.map.get_by_label("Start").press("ArrowRight")
    box.settle()
    by_key = box.sent("point")
    box.type("start: speed, m/s, typed", "8.5")
    surface = box.map.locator("canvas").first.bounding_box()
    assert surface is not None
    typed = box.frames()
    box.page.mouse.click(surface["x"] + surface["width"] * 0.6, surface["y"] + surface["height"] * 0.8)
    box.settle()

    # A fortieth of the domain from 4 to 20.
    assert by_key == pytest.approx([5.4, 72.0], abs=0.01)
    assert_same(typed, native(start_x=8.5, start_y=72.0))
    clicked = box.sent("point")
    assert_same(box.frames(), native(start_x=clicked[0], start_y=clicked[1]))


def test_step_by_hand_kills_and_saves(box: Visitor) -> None:
    pages.pick(box, "step h", "hand")
    expect(box.slider("h")).to_be_visible()
    box.type("h, typed", "1e-5")
    short = column(box.frames(), "step h", "missed")[-1]
    box.type("h, typed", "0.05")

    assert abs(short) > 1.0
    assert abs(column(box.frames(), "step h", "missed")[-1]) < 0.3


def test_table_tells_who_survives_and_is_measured_anew(box: Visitor) -> None:
    table = box.page.locator("[data-place=below] table").first
    known = measuring.measured(measuring.question(BlackBox()))
    expect(table).to_contain_text(str(known.cells[2][3]))

    box.type("seed, typed", "5")
    expect(table).to_contain_text(str(known.cells[2][3]))
    box.type("budget, typed", "100")
    expect(table).not_to_contain_text("/5)")
    expect(box.page.get_by_text("Not measured at these settings")).to_be_visible()

    box.page.get_by_role("button", name=re.compile("^Measure")).click()
    expect(table).to_contain_text("/5)")
    expect(box.page.get_by_text("Not measured at these settings")).to_have_count(0, timeout=60_000)
    expect(table.locator("td", has_text="–")).to_have_count(0, timeout=60_000)
    model = BlackBox()
    model.budget = 100
    again = measuring.measured(measuring.question(model))
    for cells in again.cells:
        for cell in cells:
            expect(table).to_contain_text(str(cell))


def test_spsa_wins_where_there_are_many_parameters(box: Visitor) -> None:
    rows = box.page.locator("[data-place=below] table").nth(1).locator("tbody tr")

    losses = [
        [float(text.split()[0]) for text in rows.nth(i).locator("td").all_inner_texts()] for i in range(2)
    ]
    assert losses[0][-1] > 1.5 * losses[1][-1]
    assert losses[0][0] < 1.25 * losses[1][0]


def test_method_that_is_switched_off_leaves_and_comes_back(box: Visitor) -> None:
    box.stand(box.last)
    before = box.numbers()
    box.switch("SPSA").uncheck()
    box.settle()
    without, drawn = box.numbers(), box.page.evaluate(DRAWN)
    box.switch("SPSA").check()
    box.settle()

    assert "SPSA" not in without
    assert drawn[TITLES.index("SPSA")] == [[], []]
    assert box.numbers() == before


def test_who_leaves_the_map_is_told_why(box: Visitor) -> None:
    pages.pick(box, "optimizer", "gradient descent")
    box.type("rate, typed", "0.1")

    expect(box.page.locator("[data-part=notes]")).to_contain_text("a lower rate than 0.1")


def lines(box: Visitor) -> Locator:
    """The field of the visitor's own simulation."""
    return box.page.get_by_role("textbox", name="loss of a and b", exact=True)


def test_own_simulation_is_typed_in_lines_and_run_when_asked(box: Visitor) -> None:
    pages.pick(box, "simulation", "own")
    assert_same(box.frames(), native(simulation="own"))
    expect(box.page.locator("[data-part=summary]")).to_contain_text("From values alone")

    asked = box.changes
    lines(box).fill("steps = round(8 * a) / 8")
    lines(box).press("End")
    lines(box).press("Enter")
    lines(box).press_sequentially("return (a - b)**2 + (steps - 0.5)**2")
    assert box.changes == asked
    lines(box).press("Control+Enter")
    box.settle()

    assert lines(box).input_value() == VALLEY
    assert_same(box.frames(), native(simulation="own", own=VALLEY))
    printed = printed_by(pages.tape(box, "code")).splitlines()
    for line, title in zip(printed, TITLES, strict=True):
        loss = float(line.rpartition(" ")[2])
        assert loss == pytest.approx(column(box.frames(), title, "loss")[-1], rel=1e-6, abs=1e-9)


def test_error_in_ones_own_lines_is_said_with_its_line_and_changes_nothing(box: Visitor) -> None:
    pages.pick(box, "simulation", "own")
    before = box.frames()
    use = box.page.get_by_role("button", name="Use: loss of a and b")

    for text, said in (
        ("x = a\nreturn x / (b - 0.5)", "line 2: ZeroDivisionError"),
        ("x = (a\nreturn x", "line 1: this is no Python"),
        ("return a - b", "a loss is 0 at best"),
        ("return 1", "it is flat"),
    ):
        lines(box).fill(text)
        use.click()
        expect(box.page.get_by_role("alert").filter(has_text=said)).to_be_visible()
        expect(lines(box)).to_have_attribute("aria-invalid", "true")
        box.settle()
        np.testing.assert_array_equal(box.frames(), before)


def test_lines_that_come_with_a_link_run_only_when_the_visitor_says_so(box: Visitor, visits: Visits) -> None:
    pages.pick(box, "simulation", "own")
    lines(box).fill(VALLEY)
    box.page.get_by_role("button", name="Use: loss of a and b").click()
    box.settle()
    link, frames = pages.address(box), box.frames()

    with visits() as visitor:
        visitor.open("live", link, page="black-box")
        expect(lines(visitor)).to_have_value(VALLEY)
        expect(visitor.page.get_by_text("This came with the link. Read it")).to_be_visible()
        visitor.settle()
        assert visitor.page.evaluate("() => !JSON.stringify(spy.sent).includes('steps')")
        visitor.page.get_by_role("button", name="Use: loss of a and b").click()
        visitor.settle()

        assert visitor.frames().tobytes() == frames.tobytes()


def test_script_prints_where_the_page_ends(box: Visitor) -> None:
    box.type("seed, typed", "8")

    lines = printed_by(pages.tape(box, "code")).splitlines()

    frames = box.frames()
    for line, title in zip(lines, TITLES, strict=True):
        assert line.startswith(f"{title}: step {column(frames, title, 'steps')[-1]:.0f}, ")
        loss = float(line.rpartition(" ")[2])
        assert loss == pytest.approx(column(frames, title, "loss")[-1], rel=1e-6, abs=1e-9)


def test_finger_moves_the_start_and_switches(finger: Visitor) -> None:
    surface = finger.map.get_by_label("Start")
    surface.scroll_into_view_if_needed()
    box = surface.bounding_box()
    assert box is not None
    place = box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5
    finger.answered(lambda: finger.page.touchscreen.tap(*place))
    x, y = finger.sent("point")
    assert_same(finger.frames(), native(start_x=x, start_y=y))

    finger.page.get_by_text("Methods", exact=True).tap()
    finger.answered(finger.switch("automatic").tap)
    expect(finger.row("automatic")).to_have_attribute("hidden", "")
