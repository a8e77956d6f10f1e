"""Answers in parts: what is looked at goes to the page before the rest is done."""

from __future__ import annotations

import json

import numpy as np
import pytest
from tests.app.telling import change, changed, frames_on, page_of, parts, setting, value

from fallline_app.demos.race.model import Race
from fallline_app.live import LiveDocument


@pytest.fixture
def live() -> LiveDocument:
    return LiveDocument("race")


def test_frames_are_told_before_what_is_said_of_them(live: LiveDocument) -> None:
    first, *_, last = parts(live, change(setting(live, "rate", "Adam"), "value", 0.07))

    assert "frames" in [name for _, name in changed(first)]
    assert not {"summary", "code", "rows"} & {name for _, name in changed(first)}
    assert {"code", "rows"} <= {name for _, name in changed(last)}
    assert "frames" not in [name for _, name in changed(last)]


def test_first_racers_are_shown_before_the_others_run(
    live: LiveDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fallline_app.demos.race.view.FIRST_LOOK", 0.0)
    page, ours = page_of(live), Race()
    before = ours.run().frames
    ours.start_x = 1.0

    first, last = parts(live, change(setting(live, "start x"), "value", 1.0))

    begun = frames_on(page, first)
    np.testing.assert_array_equal(begun[0], ours.run().frames[0])
    np.testing.assert_array_equal(begun[1:], before[1:])
    np.testing.assert_array_equal(frames_on(page, last), ours.run().frames)


def test_racers_that_wait_are_shown_as_far_as_a_shorter_race_goes(
    live: LiveDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fallline_app.demos.race.view.FIRST_LOOK", 0.0)
    page, before = page_of(live), Race().run().frames

    first, _ = parts(live, change(setting(live, "steps"), "value", 20))

    # Not the move that leads on from the last step, whose slope the shorter race has not yet lost.
    np.testing.assert_array_equal(frames_on(page, first)[1:], before[1:, :, :21])


def test_what_is_left_is_done_once_for_all_changes(live: LiveDocument) -> None:
    rate, momentum = setting(live, "rate", "Adam"), setting(live, "rate", "Momentum")

    told = parts(live, change(rate, "value", 0.07), change(momentum, "value", 0.001))

    assert len(told) == 2


def test_change_is_taken_back_where_its_rest_goes_wrong(
    live: LiveDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate = setting(live, "rate", "Adam")

    def fail(*_: object) -> str:
        raise ValueError("no script")

    with monkeypatch.context() as broken:
        broken.setattr("fallline_app.demos.race.view.script", fail)
        first = live.answer(json.dumps({"events": [change(rate, "value", 0.07)]}))
        rest = live.go_on()

    assert first.errors == []
    assert rest.errors == ["ValueError: no script"]
    assert value(rest, rate, "value") == 0.2
    assert live._document.models.get_by_id(rate).value == 0.2
