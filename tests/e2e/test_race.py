"""The race as a visitor plays it, and its numbers against native NumPy's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.e2e import pages

import fallline as fl
from fallline_app.demos.race.lap import COLUMNS
from fallline_app.demos.race.model import Race
from fallline_app.demos.race.view import READOUT
from fallline_app.surfaces import OBJECTIVES, OWN

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.e2e.visitor import Visitor

RACERS = [racer.title for racer in Race().racers if racer.runs]
LAST = Race().steps
# Their sines and exponentials are rounded as each C library likes.
ROUNDED = ("Rastrigin", "McCormick", "Ackley", "Griewank", "Levy", "Plateau", "Easom", "Ravine")


def read(text: str) -> tuple[float, float]:
    """Return a printed number, and half a unit of its last digit."""
    plain = text.replace("−", "-")
    digits, _, exponent = plain.partition("e")
    decimals = len(digits.partition(".")[2])
    return float(plain), 0.5 * 10.0 ** (int(exponent or 0) - decimals)


# Numbers


def test_recorded_numbers_are_native_numpys(visitor: Visitor) -> None:
    with visitor.before_python():
        visitor.open("playable")

        visitor.assert_runs_as(Race())


@pytest.mark.parametrize("surface", [name for name in OBJECTIVES if name not in ROUNDED])
def test_numbers_on_every_surface_are_native_numpys(race: Visitor, surface: str) -> None:
    ours = Race()
    ours.surface = surface

    if surface == ours.param.surface.default:
        race.choose("Bowl")
    race.choose(surface)

    race.assert_runs_as(ours)


@pytest.mark.parametrize("surface", ROUNDED)
def test_numbers_on_rounded_surfaces_follow_step_by_step_from_native_numpys(
    race: Visitor, surface: str
) -> None:
    """Hills make much of a little, so each step is taken by itself."""
    ours = Race()
    ours.surface = surface
    objective = OBJECTIVES[surface]

    race.choose(surface)

    for racer, frames in zip(ours.racers[: len(RACERS)], race.frames(), strict=False):
        rows = {name: frames[index] for index, name in enumerate(COLUMNS)}
        points = np.stack([rows["x"], rows["y"]])
        slopes = np.stack([rows["slope_x"], rows["slope_y"]])
        np.testing.assert_allclose(rows["loss"], objective(points), rtol=1e-13, atol=1e-13)
        np.testing.assert_allclose(slopes, objective.gradient(points), rtol=1e-6, atol=1e-6)
        np.testing.assert_array_equal(points, walk(racer.optimizer(), points[:, 0], slopes))


# For each time that the page gets frames, whether the whole answer has come.
TOLD = """async () => {
  const tape = fallline.document.roots().find(({ name }) => name === "tape")
  const start = [...fallline.document.all_models].find(({ key }) => key === "start_x")
  const [told, before] = [[], spy.answers]
  tape.connect(tape.properties.frames.change, () => told.push(spy.answers > before))
  start.value = 1.5
  while (spy.answers === before) await new Promise((resolve) => setTimeout(resolve, 4))
  return told
}"""


def test_first_tracks_of_a_changed_run_come_before_the_others(race: Visitor) -> None:
    ours = Race()
    ours.steps = 500
    race.type("steps", "500")
    ours.start_x = 1.5

    told = race.page.evaluate(TOLD)

    assert told == [False, True]
    race.assert_runs_as(ours)


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

    frames = Race().run().frames
    assert list(printed) == RACERS
    for row, name in zip(frames[: len(RACERS)], RACERS, strict=True):
        for field, heading, _ in READOUT:
            number, half_a_digit = read(printed[name][heading])
            assert abs(number - row[COLUMNS.index(field), step]) <= 1.001 * half_a_digit, (name, heading)


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
    race.assert_runs_as(ours)
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

    (left_edge, right_edge), (lower_edge, upper_edge) = OBJECTIVES["Himmelblau"].domain
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
    race.assert_runs_as(ours)


def test_same_start_and_settings_give_the_same_run(race: Visitor) -> None:
    race.choose("Bowl")
    race.choose("Himmelblau")
    first = race.frames()
    put_start(race, 0.5, 0.5)
    moved = race.frames()

    race.choose("Bowl")
    race.choose("Himmelblau")

    assert not np.array_equal(moved, first, equal_nan=True)
    np.testing.assert_array_equal(race.frames(), first)


def test_back_to_the_start_and_forward_again_shows_the_same_numbers(race: Visitor) -> None:
    race.stand(50)
    first = race.numbers()

    race.player("start").click()
    at_start = race.numbers()
    race.stand(50)

    assert len({(row["x"], row["y"]) for row in at_start.values()}) == 1
    assert race.numbers() == first


def test_arrow_keys_move_the_start_on_the_map(race: Visitor) -> None:
    ours = Race()
    x, y = ours.start
    start = race.map.get_by_label("Start")

    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowLeft"):
        start.press(key)
    race.settle()

    # A fortieth of the domain's side of 12 for a stride, a tenth of that with shift.
    assert race.sent("point") == [pytest.approx(x + 0.6 - 0.03, abs=2e-3), pytest.approx(y + 0.3, abs=2e-3)]
    ours.start_x, ours.start_y = race.sent("point")
    race.assert_runs_as(ours)
    assert race.step == 0


def test_start_that_is_typed_moves_the_start(race: Visitor) -> None:
    ours = Race()
    ours.start_x = 2.5

    race.type("start x", "2.5")

    race.assert_runs_as(ours)


def test_hover_on_a_track_reads_out_its_numbers(race: Visitor) -> None:
    race.stand(LAST)

    pages.hover(race, "curve", ("step", "height"), track=0, step=20)

    tooltip = race.page.locator(".bk-Tooltip").first
    expect(tooltip).to_contain_text("step: 20")
    x, y = (race.frames()[0, COLUMNS.index(name), 20] for name in "xy")
    expect(tooltip).to_contain_text(f"x, y: {x:.4f}, {y:.4f}")
    race.page.mouse.move(0, 0)


# What else the page can be asked


def test_own_function_runs_as_native_numpys(race: Visitor) -> None:
    ours = Race()
    ours.surface = OWN
    # Products alone: C libraries round powers as they like.
    ours.own = "(x*x - 4) * (x*x - 4) + y*y"

    race.choose(OWN)
    race.type("f(x, y)", ours.own)

    race.assert_runs_as(ours)


def test_wrong_function_is_explained_and_leaves_the_run_alone(race: Visitor) -> None:
    race.choose(OWN)
    before = race.frames()

    race.type("f(x, y)", "x +* y")

    expect(race.page.get_by_role("alert").filter(has_text="no Python expression")).to_be_visible()
    np.testing.assert_array_equal(race.frames(), before)


@pytest.mark.parametrize(
    ("setting", "choice"), [("gradient", "exact"), ("gradient", "spsa"), ("schedule", "cosine")]
)
def test_choice_runs_as_native_numpys(race: Visitor, setting: str, choice: str) -> None:
    ours = Race()
    ours.param.update(**{setting: choice})

    race.page.get_by_role("combobox", name=setting, exact=True).select_option(choice)
    race.settle()

    np.testing.assert_allclose(race.frames(), ours.run().frames, rtol=1e-9, atol=1e-9)


def test_map_tells_where_starts_end_and_the_surface_turns_by_keys(race: Visitor) -> None:
    race.page.get_by_role("combobox", name="map shows", exact=True).select_option("Adam")
    race.settle()
    expect(race.page.locator("[data-part=summary]")).to_contain_text("where Adam ends")
    surface = race.page.get_by_role("application", name="Surface")
    before = surface.screenshot()

    surface.press("ArrowLeft")
    race.page.wait_for_timeout(100)

    assert surface.screenshot() != before
