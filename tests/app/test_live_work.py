"""Long work behind a page: done in slices, between which the page's changes are answered."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from bokeh.models import ColumnDataSource
from tests.app.telling import frames_on, page_of

from fallline_app import live as live_module
from fallline_app.components.models import NumberSetting, Tape
from fallline_app.components.work import Step, Work
from fallline_app.live import Answer, LiveDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = 40


class Growing:
    """A run that grows by one frame a step; `setting` is how far apart the frames are."""

    def __init__(self) -> None:
        self.setting = NumberSetting(value=1.0, start=0.0, end=5.0)
        self.tape = Tape(columns=["value"])
        self.source = ColumnDataSource({"x": [0.0]})
        self.work = Work(self.grow, self.show, title="Growing", action="Grow")
        self.roots = {
            "settings": self.setting,
            "tape": self.tape,
            "source": self.source,
            "work": self.work.model,
        }
        self.setting.on_change("value", lambda _attribute, _old, _new: self.work.cancel())
        self.fails_at = -1
        self.seconds = 0.0
        self.show()

    def show(self) -> None:
        self.tape.frames = np.zeros((1, 1, 1))

    def grow(self) -> Iterator[Step]:
        for step in range(1, STEPS + 1):
            if step == self.fails_at:
                raise FloatingPointError("the loss is no number")
            self.seconds += 0.002
            self.source.data = {"x": [float(step)]}
            self.tape.frames = np.arange(step + 1.0).reshape(1, 1, -1) * self.setting.value
            yield Step(step / STEPS, f"step {step} of {STEPS}")


@pytest.fixture
def growing() -> Growing:
    return Growing()


@pytest.fixture
def live(growing: Growing, monkeypatch: pytest.MonkeyPatch) -> LiveDocument:
    demo = SimpleNamespace(name="growing", title="Growing", load=lambda: lambda: growing)
    monkeypatch.setattr(live_module, "catalogue", SimpleNamespace(find=lambda _: demo, position=lambda _: 90))
    monkeypatch.setattr(live_module, "time", SimpleNamespace(perf_counter=lambda: growing.seconds))
    return LiveDocument("growing")


def send(live: LiveDocument, model: Any, name: str, value: Any) -> Answer:
    event = {"kind": "ModelChanged", "model": {"id": model.id}, "attr": name, "new": value}
    return live.answer(json.dumps({"events": [event]}))


def begin(live: LiveDocument, growing: Growing) -> Answer:
    return send(live, growing.work.model, "state", "running")


def changed(answer: Answer) -> list[str]:
    return [event["attr"] for event in json.loads(answer.patch)["events"]] if answer.patch else []


def test_document_without_work_has_none_to_do() -> None:
    live = LiveDocument("slope")

    assert not live.works
    assert live.advance(0.0) == Answer("", [], [])


def test_slice_does_as_many_steps_as_its_time_holds(live: LiveDocument, growing: Growing) -> None:
    begin(live, growing)
    live.advance(0.0)
    one = growing.work.model.fraction
    live.advance(0.0099)

    assert one == 1 / STEPS
    assert growing.work.model.fraction == 6 / STEPS
    assert live.works


def test_slice_tells_each_property_once_and_as_it_is_now(live: LiveDocument, growing: Growing) -> None:
    page = page_of(live)
    begin(live, growing)

    told = live.advance(0.02)

    assert sorted(changed(told)) == ["data", "fraction", "frames", "phrase"]
    np.testing.assert_array_equal(frames_on(page, told), growing.tape.frames)
    assert page.get_model_by_name("work").phrase == growing.work.model.phrase


def test_slice_that_is_not_to_tell_leaves_its_news_to_the_next(live: LiveDocument, growing: Growing) -> None:
    begin(live, growing)

    silent, told = live.advance(0.0, False), live.advance(0.0)

    assert silent == Answer("", [], [])
    assert sorted(changed(told)) == ["data", "fraction", "frames", "phrase"]


def test_last_slice_tells_in_any_case(live: LiveDocument, growing: Growing) -> None:
    begin(live, growing)

    told = live.advance(10.0, False)

    assert not live.works
    assert "state" in changed(told)
    assert growing.tape.frames.shape[-1] == STEPS + 1


def test_change_of_a_setting_is_answered_in_the_middle_and_may_replace_the_work(
    live: LiveDocument, growing: Growing
) -> None:
    begin(live, growing)
    live.advance(0.0)

    answer = send(live, growing.setting, "value", 3.0)
    begin(live, growing)
    live.advance(0.0)

    assert "frames" in changed(answer)
    np.testing.assert_array_equal(growing.tape.frames, [[[0.0, 3.0]]])


def test_stop_keeps_what_is_there(live: LiveDocument, growing: Growing) -> None:
    begin(live, growing)
    live.advance(0.0)
    before = growing.tape.frames

    stopped = send(live, growing.work.model, "state", "stopped")

    assert not live.works
    assert "frames" not in changed(stopped)
    assert growing.tape.frames is before


def test_error_of_a_step_is_said_and_ends_the_work_but_not_the_document(
    live: LiveDocument, growing: Growing
) -> None:
    growing.fails_at = 2
    begin(live, growing)

    told = live.advance(10.0)

    assert told.errors == ["FloatingPointError: the loss is no number"]
    assert growing.work.model.state == "failed"
    assert not live.works
    assert send(live, growing.setting, "value", 2.0).errors == []


def test_rehearsal_does_steps_and_leaves_the_document_as_it_was(live: LiveDocument, growing: Growing) -> None:
    growing.source.data = {"x": [1.0]}
    seen: list[str] = []
    growing.work.model.on_change("phrase", lambda _attribute, _old, new: seen.append(new))
    before = growing.tape.frames

    live.rehearse()

    assert seen[:2] == [f"step 1 of {STEPS}", f"step 2 of {STEPS}"]
    assert growing.work.model.state == "idle"
    np.testing.assert_array_equal(growing.tape.frames, before)


def test_step_that_goes_wrong_makes_no_image(live: LiveDocument, growing: Growing) -> None:
    growing.fails_at = 1

    with pytest.raises(RuntimeError, match="does not answer: FloatingPointError"):
        live.rehearse()
