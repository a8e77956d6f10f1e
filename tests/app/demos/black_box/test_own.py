"""The visitor's own simulation: what is taken and refused, how it is shown, and who survives on it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.running import printed_by

from fallline_app.demos.black_box import own
from fallline_app.demos.black_box.code import script
from fallline_app.demos.black_box.measuring import question
from fallline_app.demos.black_box.methods import METHODS
from fallline_app.demos.black_box.model import BlackBox
from fallline_app.demos.black_box.run import COLUMNS, Run
from fallline_app.demos.black_box.view import view

TITLES = [method.title for method in METHODS]
# A valley along a = b, whose floor is steps.
VALLEY = "steps = round(8 * a) / 8\nreturn (a - b)**2 + (steps - 0.5)**2"


def model(text: str = own.FIRST, **settings: object) -> BlackBox:
    made = BlackBox()
    made.own = text
    made.simulation = own.OWN
    made.param.update(**settings)
    return made


def last(run: Run, title: str) -> dict[str, float]:
    index = TITLES.index(title)
    return dict(zip(COLUMNS, run.frames[index, :, run.lasts[index]].tolist(), strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_step_by_the_noise_survives_on_the_first_one_and_the_tiny_step_does_not(seed: int) -> None:
    run = model(seed=seed).run()

    assert last(run, "SPSA")["loss"] < 0.75 * last(run, "tiny step")["loss"]
    assert last(run, "step h")["loss"] < 0.8 * last(run, "tiny step")["loss"]


def test_first_one_suits_its_goal() -> None:
    made = model(noisy=False)
    run = made.run()

    assert "is the first to come to" in run.summary
    assert np.mean(own.own_simulation(own.FIRST).survey(0.0) <= made.goal) == pytest.approx(0.08, abs=0.03)


def test_loss_of_each_frame_is_what_the_lines_return() -> None:
    run = model(VALLEY, noisy=False).run()

    for title in TITLES:
        a, b, loss = (run.frames[TITLES.index(title), COLUMNS.index(name)] for name in ("x", "y", "loss"))
        seen = np.isfinite(loss)
        said = (a - b) ** 2 + (np.round(8.0 * a) / 8.0 - 0.5) ** 2
        np.testing.assert_allclose(loss[seen], said[seen], rtol=1e-12)


def test_path_is_the_loss_along_a_with_a_line_down_from_where_one_is() -> None:
    box = own.own_simulation(VALLEY)
    grid = np.linspace(0.0, 1.0, own.LOOKS)

    x, y = box.see(np.array([0.3, 0.25]), 0.0).path

    floor = box.stage.shown[1][0]
    down = y == floor
    assert x[down].tolist() == [0.3]
    at_grid = np.isin(x, grid)
    said = (x - 0.25) ** 2 + (np.round(8.0 * x) / 8.0 - 0.5) ** 2
    np.testing.assert_allclose(y[at_grid], said[at_grid], rtol=1e-12)
    assert (np.diff(x) >= 0.0).all()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("return a - 0.5", "a loss is 0 at best, and here it is −0.5 at a = 0, b = "),
        ("return -float('inf') if a > 0.9 else a - 0.5", "here it is −0.5 at a = 0, b = "),
        ("return 3", "it is flat"),
        ("pass", "must return one real number"),
        ("return np.array([a, b])", "must return one real number"),
        ("return np.nan", "it is nowhere finite"),
        ("x = a\nreturn x / (b - 0.5)", "line 2: ZeroDivisionError"),
        ("x = a +\nreturn x", "line 1: this is no Python"),
        ("import time\ntime.sleep(0.02)\nreturn a", "one simulation takes 2.* ms, and a run makes some 1500"),
    ],
)
def test_what_is_no_simulation_is_refused_with_a_reason(text: str, says: str) -> None:
    with pytest.raises((ValueError, TypeError), match=says):
        own.own_simulation(text)


def test_lines_that_fail_outside_the_map_end_who_goes_there_with_a_reason() -> None:
    outside = "if a < 0:\n    raise ArithmeticError('a is below 0')\nreturn 1 + a"
    run = model(outside, noisy=False, rate=0.3).run()

    assert all("line 2: ArithmeticError: a is below 0" in note for note in run.notes)
    assert last(run, "SPSA")["x"] >= 0.0


def test_loss_that_is_no_number_ends_who_looks_at_it_with_a_reason() -> None:
    run = model("return np.nan if a < 0.5 else a + b", noisy=False, rate=0.1).run()

    assert "the loss nearby is no number" in run.notes[TITLES.index("step h")]


def test_other_lines_bring_their_goal_and_leave_what_was_set_by_hand() -> None:
    made = model(VALLEY)
    goal = made.goal
    made.rate = 0.07
    made.own = "return 1000 * a + b"

    assert made.goal > 50.0 > goal
    assert made.rate == 0.07


def test_other_lines_are_another_question() -> None:
    assert question(model(VALLEY)) == question(model(VALLEY))
    assert question(model(VALLEY)) != question(model("return a + b"))
    assert question(BlackBox()).at_steps.own == ""


@pytest.mark.parametrize("text", [own.FIRST, VALLEY, "(a - 0.25)**2 + {1: b}[1]"])
def test_script_makes_the_same_descents(text: str) -> None:
    made = model(text)
    made.takers[3].runs = False
    run = made.run()

    lines = printed_by(script(made)).splitlines()

    assert [float(line.rpartition(" ")[2]) for line in lines] == [
        last(run, title)["loss"] for title in TITLES[:3]
    ]


def test_view_shows_the_lines_their_map_and_their_profile() -> None:
    shown = view()
    shown.model.simulation = own.OWN
    before = shown.tape.frames
    shown.own.value = VALLEY

    assert shown.own.shown
    assert shown.own.error == ""
    assert (shown.map.plot.xaxis[0].axis_label, shown.scene.plot.xaxis[0].axis_label) == ("a", "a")
    assert not np.array_equal(shown.tape.frames, before, equal_nan=True)
    assert "the loss along a, at the b of each" in dict(shown.tape.descriptions)["curve"]


def test_lines_that_are_refused_leave_all_as_it_was() -> None:
    shown = view()
    shown.model.simulation = own.OWN
    frames, code = shown.tape.frames, shown.tape.code
    shown.own.value = "x = a\nreturn x / 0"

    assert shown.own.error == "line 2: ZeroDivisionError: float division by zero"
    assert (shown.tape.frames is frames, shown.tape.code) == (True, code)
