"""The race as a visitor plays it, and its numbers against native NumPy's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect

import fallline as fl
from fallline_app.demos.race.lap import COLUMNS
from fallline_app.demos.race.model import SURFACES, Race
from fallline_app.demos.race.view import READOUT

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.e2e.conftest import Visitor

RACERS = [racer.name for racer in Race().racers]
LAST = Race().steps


def native(race: Race) -> NDArray[np.float64]:
    """Run a race with this machine's Python and NumPy."""
    return race.run().frames


def set_rate(race: Race, racer: str, rate: float) -> None:
    race.racers[RACERS.index(racer)].param.update(rate=rate)


def column(frames: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    return frames[:, COLUMNS.index(name)]


def assert_same_numbers(theirs: NDArray[np.float64], ours: NDArray[np.float64]) -> None:
    """Bit for bit."""
    np.testing.assert_array_equal(theirs, ours)


def read(text: str) -> tuple[float, float]:
    """Return a printed number, and half a unit of its last digit."""
    plain = text.replace("−", "-")
    digits, _, exponent = plain.partition("e")
    decimals = len(digits.partition(".")[2])
    return float(plain), 0.5 * 10.0 ** (int(exponent or 0) - decimals)


# Numbers


def test_recorded_numbers_are_native_numpys(visitor: Visitor) -> None:
    with visitor.without_python():
        visitor.open("playable")

        assert_same_numbers(visitor.frames(), native(Race()))


@pytest.mark.parametrize("surface", [name for name in SURFACES if name != "Rastrigin"])
def test_numbers_on_every_surface_are_native_numpys(race: Visitor, surface: str) -> None:
    ours = Race()
    ours.surface = surface

    if surface == ours.param.surface.default:
        race.choose("Bowl")
    race.choose(surface)

    assert_same_numbers(race.frames(), native(ours))


def test_numbers_on_rastrigin_follow_step_by_step_from_native_numpys(race: Visitor) -> None:
    """C libraries round its sine as they like and its hills make much of a little, so each step is taken by itself."""
    ours = Race()
    ours.surface = "Rastrigin"

    race.choose("Rastrigin")

    for racer, frames in zip(ours.racers, race.frames(), strict=True):
        rows = {name: frames[index] for index, name in enumerate(COLUMNS)}
        points = np.stack([rows["x"], rows["y"]])
        slopes = np.stack([rows["slope_x"], rows["slope_y"]])
        np.testing.assert_allclose(rows["loss"], fl.rastrigin(points), rtol=1e-14, atol=1e-13)
        np.testing.assert_allclose(slopes, fl.rastrigin.gradient(points), rtol=1e-7, atol=1e-7)
        np.testing.assert_array_equal(points, walk(racer.optimizer(), points[:, 0], slopes))


def walk(optimizer: fl.Optimizer[Any], start: NDArray[np.float64], slopes: NDArray[np.float64]) -> Any:
    """Return the points that an optimizer comes to on these slopes, shape (n, steps + 1)."""
    points, state = [start], optimizer.init(start)
    for slope in slopes.T[:-1]:
        point, state = optimizer.step(points[-1], slope, state)
        points.append(point)
    return np.transpose(points)


@pytest.mark.parametrize("step", [0, 1, 7, LAST])
def test_table_prints_the_numbers_of_the_step(race: Visitor, step: int) -> None:
    race.stand(step)

    printed = race.numbers()

    frames = native(Race())
    assert list(printed) == RACERS
    for row, name in zip(frames, RACERS, strict=True):
        for field, heading, _ in READOUT:
            number, half_a_digit = read(printed[name][heading])
            assert abs(number - row[COLUMNS.index(field), step]) <= 1.001 * half_a_digit, (name, heading)


def test_typed_rate_changes_that_racer_alone(race: Visitor) -> None:
    ours = Race()
    before = column(native(ours), "x")

    race.type("RMSProp: rate", "0,0123")

    set_rate(ours, "RMSProp", 0.0123)
    assert_same_numbers(race.frames(), native(ours))
    changed = (column(race.frames(), "x") != before).any(axis=1)
    assert changed.tolist() == [name == "RMSProp" for name in RACERS]


def test_slider_by_keyboard_changes_the_numbers(race: Visitor) -> None:
    ours = Race()

    for _ in range(3):
        race.slider("Momentum: rate").press("ArrowLeft")
    race.settle()

    rate = race.sent("value")
    set_rate(ours, "Momentum", rate)
    assert 0.0 < rate < 0.01
    assert float(race.field("Momentum: rate").input_value()) == rate
    assert_same_numbers(race.frames(), native(ours))


def test_hidden_settings_count_too(race: Visitor) -> None:
    ours = Race()
    race.page.get_by_text("more", exact=True).first.click()
    race.type("Momentum: momentum", "0.5")
    after = race.frames()
    race.type("Momentum: momentum", "0.9")
    race.page.get_by_text("more", exact=True).first.click()

    ours.racers[RACERS.index("Momentum")].param.update(momentum=0.5)
    assert_same_numbers(after, native(ours))


def test_racer_that_is_switched_off_leaves_the_table_and_comes_back_the_same(race: Visitor) -> None:
    race.stand(30)
    before = race.numbers()

    race.switch("Nesterov").uncheck()
    race.settle()
    without = race.numbers()
    race.switch("Nesterov").check()
    race.settle()

    assert without == {name: row for name, row in before.items() if name != "Nesterov"}
    assert race.numbers() == before


def test_nobody_runs_when_all_are_switched_off(race: Visitor) -> None:
    for name in RACERS:
        race.switch(name).uncheck()
    race.settle()

    assert race.numbers() == {}
    expect(race.page.locator("[data-part=summary]")).to_contain_text("switch a racer on")


def test_steps_set_the_length_of_the_run(race: Visitor) -> None:
    ours = Race()
    ours.steps = 37

    race.type("steps", "37")

    assert race.last == 37
    assert_same_numbers(race.frames(), native(ours))


def test_condition_of_the_bowl_is_asked_for_only_there(race: Visitor) -> None:
    ours = Race()
    ours.surface, ours.condition = "Bowl", 3.0
    expect(race.slider("condition")).to_be_hidden()

    race.choose("Bowl")
    expect(race.slider("condition")).to_be_visible()
    race.type("condition", "3")

    assert_same_numbers(race.frames(), native(ours))


# The start


def put_start(race: Visitor, x: float, y: float, *way: tuple[float, float]) -> None:
    """Press on the map at a fraction of its size from the upper left, drag along the way if there is one, let go."""
    box = race.map.bounding_box()
    assert box is not None
    places = [(box["x"] + box["width"] * u, box["y"] + box["height"] * v) for u, v in ((x, y), *way)]
    race.page.mouse.move(*places[0])
    race.page.mouse.down()
    for place in places[1:]:
        race.page.mouse.move(*place, steps=5)
    race.page.mouse.up()
    race.settle()


def test_click_on_the_map_starts_everyone_there(race: Visitor) -> None:
    ours = Race()

    put_start(race, 0.4, 0.6)
    start = race.sent("point")

    ours.start_x, ours.start_y = start
    assert_same_numbers(race.frames(), native(ours))
    race.stand(0)
    assert {(row["x"], row["y"]) for row in race.numbers().values()} == {tuple(map(printed, start))}


def printed(number: float) -> str:
    """Print four digits, as the table does of numbers from 0.001 to 9999."""
    whole = max(1, int(np.floor(np.log10(abs(number)))) + 1)
    return f"{number:.{max(0, 4 - whole)}f}".replace("-", "−")


def test_x_grows_to_the_right_and_y_upwards(race: Visitor) -> None:
    put_start(race, 0.4, 0.6)
    x, y = race.sent("point")

    put_start(race, 0.6, 0.3)
    right, up = race.sent("point")

    (left_edge, right_edge), (lower_edge, upper_edge) = SURFACES["Himmelblau"].domain
    # The map's frame takes most of its place: a fifth of the place is a bit more than a fifth of the domain.
    assert 0.2 * (right_edge - left_edge) <= right - x < 0.26 * (right_edge - left_edge)
    assert 0.3 * (upper_edge - lower_edge) <= up - y < 0.39 * (upper_edge - lower_edge)


def test_dragged_start_ends_where_it_is_let_go(race: Visitor) -> None:
    ours = Race()
    put_start(race, 0.7, 0.3)
    there = race.sent("point")

    put_start(race, 0.3, 0.7, (0.5, 0.5), (0.7, 0.3))

    assert race.sent("point") == there
    ours.start_x, ours.start_y = there
    assert_same_numbers(race.frames(), native(ours))


def test_same_start_and_settings_give_the_same_run(race: Visitor) -> None:
    race.choose("Bowl")
    race.choose("Himmelblau")
    first = race.frames()
    put_start(race, 0.5, 0.5)
    moved = race.frames()

    race.choose("Bowl")
    race.choose("Himmelblau")

    assert not np.array_equal(moved, first, equal_nan=True)
    assert_same_numbers(race.frames(), first)


def test_back_to_the_start_and_forward_again_shows_the_same_numbers(race: Visitor) -> None:
    race.stand(50)
    first = race.numbers()

    race.player("start").click()
    at_start = race.numbers()
    race.stand(50)

    assert len({(row["x"], row["y"]) for row in at_start.values()}) == 1
    assert race.numbers() == first


def test_hover_on_a_track_reads_out_its_numbers(race: Visitor) -> None:
    put_start(race, 0.35, 0.6)
    race.stand(LAST)
    box = race.map.bounding_box()
    assert box is not None

    race.page.mouse.move(box["x"] + box["width"] * 0.35 + 1, box["y"] + box["height"] * 0.6)
    race.page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.6)

    expect(race.page.locator(".bk-Tooltip").first).to_contain_text("step")
    race.page.mouse.move(0, 0)


# What goes wrong


def test_divergence_is_shown_and_explained(race: Visitor) -> None:
    race.choose("Bowl")

    race.type("Gradient descent: rate", "0.9")
    race.stand(LAST)

    (row,) = [name for name in race.numbers() if name.startswith("Gradient descent")]
    assert re.search(r"the loss grew past 1e12 at step \d+: the rate 0.9 is above 2/L = 0.08", row)
    step = int(re.findall(r"at step (\d+)", row)[0])
    losses = column(race.frames(), "loss")[0]
    assert abs(losses[step]) > 1e12
    assert (np.abs(losses[:step]) <= 1e12).all()
    assert np.isnan(losses[step + 1 :]).all()
    # Not before it happens.
    race.stand(step - 1)
    assert "Gradient descent" in race.numbers()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("Gradient descent: rate", "fast", "rate takes a number from"),
        ("Gradient descent: rate", "", "rate takes a number from"),
        ("Gradient descent: rate", "-0.1", "rate takes a number from"),
        ("Gradient descent: rate", "11", "to 10"),
        ("Gradient descent: rate", "Infinity", "rate takes a number from"),
        ("Gradient descent: rate", "NaN", "rate takes a number from"),
        ("steps", "501", "steps takes a number from 10 to 500"),
        ("steps", "9", "steps takes a number from 10 to 500"),
    ],
)
def test_bad_input_is_refused_with_a_message_and_the_old_value_stays(
    race: Visitor, field: str, text: str, said: str
) -> None:
    before = race.slider(field).get_attribute("aria-valuetext")
    sent = race.page.evaluate("spy.sent.length")

    race.type(field, text)

    message = race.page.get_by_role("alert").filter(has_text=said)
    expect(message).to_be_visible()
    expect(race.field(field)).to_have_attribute("aria-invalid", "true")
    assert race.slider(field).get_attribute("aria-valuetext") == before
    assert race.page.evaluate("spy.sent.length") == sent
    race.type(field, (before or "").split()[0])
    expect(message).to_have_count(0)
    expect(race.field(field)).to_have_attribute("aria-invalid", "false")
