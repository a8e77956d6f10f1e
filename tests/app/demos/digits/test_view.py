from __future__ import annotations

import numpy as np
import pytest
from bokeh.document import Document
from panel.io.state import set_curdoc

from fallline_app.demos.digits.model import Digits
from fallline_app.demos.digits.training import COLUMNS
from fallline_app.demos.digits.view import DigitsView


@pytest.fixture
def view() -> DigitsView:
    with set_curdoc(Document()):
        return DigitsView(Digits())


def steps(view: DigitsView, count: int) -> None:
    for _ in range(count):
        view.work.advance()


def test_setting_begins_a_training_that_ends_as_one_made_at_once(view: DigitsView) -> None:
    view.model.param.update(steps=30, seed=2)
    first = view.tape.frames
    steps(view, 20)
    begun = view.work.model.state, view.work.model.phrase
    steps(view, 12)

    whole = Digits()
    whole.param.update(steps=30, seed=2)
    assert begun == ("running", "step 19 of 30")
    # The old run stays until there is a new one.
    assert first.shape[2] == 101
    assert view.work.model.state == "done"
    np.testing.assert_array_equal(view.tape.frames, whole.trained().frames())
    assert view.units.pictures.shape == (7, 32, 8, 8)
    assert view.pad.chances.shape == (7, 10)
    assert view.pad.moments == view.units.moments == [0, 5, 10, 15, 20, 25, 30]


def test_defaults_show_the_first_training_again_at_once(view: DigitsView) -> None:
    first, wrong = view.tape.frames, view.wrong.captions
    view.model.seed = 5
    steps(view, 3)
    view.model.seed = 0

    assert view.work.model.state == "idle"
    np.testing.assert_array_equal(view.tape.frames, first)
    assert view.wrong.captions == wrong


def test_stopped_training_shows_what_it_has_come_to(view: DigitsView) -> None:
    view.model.seed = 7
    steps(view, 9)
    view.work.model.state = "stopped"

    losses = view.tape.frames[:, COLUMNS.index("loss")]
    # Of every fourth step.
    assert np.isfinite(losses).sum(axis=1).tolist() == [3, 3]
    assert [track.last for track in view.tracks] == [2, 2]
    assert "It is still learning." in view.tape.summary
    # Of the moments up to then, each with its own.
    assert len(view.wrong.captions) == len(view.wrong.moments) == len(view.wrong.notes) == 2
    assert view.wrong.notes[-1].startswith("At step 8, ")


def test_wrong_answers_and_units_are_those_of_each_moment(view: DigitsView) -> None:
    network, parts = view.model.network, view.model.task().parts()

    steps = [int(view.tape.frames[0, COLUMNS.index("step"), moment]) for moment in view.wrong.moments]
    for theta, step, note, captions in zip(
        view.model.trained().thetas, steps, view.wrong.notes, view.wrong.captions, strict=True
    ):
        missed = int((network.predict(theta, parts.X_test) != parts.y_test).sum())
        assert note.startswith(f"At step {step}, {missed} of the test’s digits")
        assert len(captions) == min(missed, view.wrong.pictures.shape[1])
    assert len(view.units.sentences) == len(view.wrong.moments) == 21


def test_drawing_is_read_without_training(view: DigitsView) -> None:
    certain = view.pad.chances
    view.pad.value = ""
    nothing = view.pad.chances
    view.model.fits = False

    assert view.work.model.state == "idle"
    assert certain.shape == (21, 10)
    assert nothing.shape == (0, 10)
    assert not view.pad.seen.any()


def test_text_that_is_no_drawing_is_refused_with_a_reason(view: DigitsView) -> None:
    with pytest.raises(ValueError, match="a drawing is up to 171 letters"):
        view.pad.value = "§"


def test_no_derivative_is_asked_for_until_one_asks(view: DigitsView) -> None:
    before = view.comparison.rows, view.comparison.note
    view.model.checked = True

    assert before[0] == []
    assert "Nothing here has asked for a derivative" in before[1]
    assert [cells[0] for *_, cells in view.comparison.rows] == [f"step {step}" for step in range(0, 401, 100)]
    assert all(float(cells[1]) > 13.0 for *_, cells in view.comparison.rows)
