from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from panel.io.state import state
from tests.app.telling import change, changed, frames_on, models, page_of, send, setting, value

from fallline_app.catalogue import DEMOS
from fallline_app.demos.race.model import Race
from fallline_app.live import Answer, LiveDocument


@pytest.fixture
def live() -> LiveDocument:
    return LiveDocument("race")


def test_patch_of_nothing_is_answered_by_nothing(live: LiveDocument) -> None:
    assert send(live) == Answer("", [], [])


def test_change_of_a_setting_is_answered_by_one_run_and_not_by_its_echo(live: LiveDocument) -> None:
    rate = setting(live, "rate", "Adam")

    answer = send(live, change(rate, "value", 0.1))

    names = [name for _, name in changed(answer)]
    assert answer.errors == []
    assert names.count("frames") == 1
    assert len(answer.buffers) == 1
    assert (rate, "value") not in changed(answer)


@pytest.mark.parametrize(
    ("refused", "said"), [(99.0, "must be at most 10"), ("fast", "expected a value of type Real")]
)
def test_refused_value_is_taken_back_on_the_page(live: LiveDocument, refused: Any, said: str) -> None:
    rate = setting(live, "rate", "Adam")

    answer = send(live, change(rate, "value", refused))

    assert said in answer.errors[0]
    assert changed(answer) == [(rate, "value")]
    assert value(answer, rate, "value") == 0.2


def test_value_that_was_refused_once_counts_nowhere(live: LiveDocument) -> None:
    rate = setting(live, "rate", "Adam")
    send(live, change(rate, "value", 99.0))

    answer = send(live, change(rate, "value", 0.1))
    back = send(live, change(rate, "value", 0.2))

    assert answer.errors == back.errors == []
    assert [name for _, name in changed(answer)].count("frames") == 1


def test_refused_change_does_not_stop_the_others(live: LiveDocument) -> None:
    rate, steps = setting(live, "rate", "Adam"), setting(live, "steps")

    answer = send(live, change(rate, "value", 99.0), change(steps, "value", 20))

    assert len(answer.errors) == 1
    assert "frames" in [name for _, name in changed(answer)]


def test_change_of_a_model_that_is_not_there_is_an_error_and_no_more(live: LiveDocument) -> None:
    answer = send(live, change("p0", "value", 1.0))

    assert len(answer.errors) == 1
    assert answer.patch == ""


def test_start_outside_of_the_map_is_taken_back(live: LiveDocument) -> None:
    (tool,) = models(live, "PointTool")

    answer = send(live, change(tool["id"], "point", [100.0, 0.0]))

    assert "must be at most 6" in answer.errors[0]
    assert value(answer, tool["id"], "point") == [-5.0, 0.5]


def test_two_openings_give_the_same_document_but_for_its_ids(live: LiveDocument) -> None:
    other = models(LiveDocument("race"), "NumberSetting")

    mine = models(live, "NumberSetting")

    assert [{**m, "id": ""} for m in mine] == [{**m, "id": ""} for m in other]


def test_document_is_small_enough_for_a_page(live: LiveDocument) -> None:
    assert len(live.to_json()) < 450_000


def test_page_shows_the_frames_that_follow_from_its_changes_in_order(live: LiveDocument) -> None:
    page, ours, rate = page_of(live), Race(), setting(live, "rate", "Adam")
    ours.racers[5].rate = 0.3
    before = page.get_model_by_name("tape").frames

    answer = send(live, change(rate, "value", 0.5), change(rate, "value", 0.3))

    np.testing.assert_array_equal(before, Race().run().frames)
    np.testing.assert_array_equal(frames_on(page, answer), ours.run().frames)


def test_frames_travel_beside_the_patch_and_not_in_it(live: LiveDocument) -> None:
    answer = send(live, change(setting(live, "rate", "Adam"), "value", 0.07))

    assert Race().run().frames.nbytes in [len(content) for _, content in answer.buffers]
    assert len(answer.patch) < 5_000


def test_answer_is_given_once(live: LiveDocument) -> None:
    first = send(live, change(setting(live, "rate", "Adam"), "value", 0.07))

    assert first.patch != ""
    assert send(live) == Answer("", [], [])


def test_documents_share_nothing_that_is_set(live: LiveDocument) -> None:
    other = LiveDocument("race")
    page, steps = page_of(other), setting(other, "steps")
    ours = Race()
    ours.steps = 10

    send(live, change(setting(live, "rate", "Adam"), "value", 0.07))

    np.testing.assert_array_equal(frames_on(page, send(other, change(steps, "value", 10))), ours.run().frames)


@pytest.mark.parametrize("demo", [demo.name for demo in DEMOS])
def test_document_is_the_same_in_every_fresh_interpreter(demo: str) -> None:
    program = f"from fallline_app.live import LiveDocument; print(LiveDocument({demo!r}).to_json())"

    one, other = (
        subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {program}"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    )

    assert one == other
    assert len(json.loads(one)["roots"]) > 0


@pytest.mark.parametrize("demo", [demo.name for demo in DEMOS])
def test_document_names_no_address(demo: str) -> None:
    text = LiveDocument(demo).to_json()

    assert re.findall(r"(?:https?|wss?):|//[\w-]+\.\w", text) == []


@pytest.mark.parametrize("name", [demo.name for demo in DEMOS])
def test_rehearsed_demo_shows_the_run_that_it_showed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveDocument(name)
    # How much of a run an answer does would depend on how busy this machine is.
    monkeypatch.setattr("time.perf_counter", lambda: 0.0)
    for module in (
        module for called, module in sys.modules.items() if called.startswith("fallline_app.demos")
    ):
        if hasattr(module, "perf_counter"):
            monkeypatch.setattr(module, "perf_counter", lambda: 0.0)
    before = models(live, "Tape") + models(live, "Work")

    live.rehearse()

    after = models(live, "Tape") + models(live, "Work")
    assert [tape.get("frames") for tape in after] == [tape.get("frames") for tape in before]
    assert [model.get("state", "idle") for model in after] == ["idle"] * len(after)


def test_switch_starts_none_of_panels_timers(live: LiveDocument) -> None:
    """A kept interpreter has no place for them; Panel's busy indicator keeps one."""
    switch = models(live, "Group")[-1]

    send(live, change(switch["id"], "active", False))

    assert not state._busy_counter
    assert not state._busy_cleanup_scheduled


def test_demo_that_does_not_answer_is_not_kept(live: LiveDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "answer", lambda _: Answer("", [], ["NameError: no such module"]))

    with pytest.raises(RuntimeError, match="the demo 'Race' does not answer: NameError"):
        live.rehearse()


def test_defaults_that_are_forgotten_come_back_as_they_were(live: LiveDocument) -> None:
    other = LiveDocument("race")
    kept = [default for model in live._document.models for default in model._unstable_default_values.values()]
    rate = setting(other, "rate", "Adam")

    live.forget_defaults()

    left = [default for model in live._document.models for default in model._unstable_default_values.values()]
    assert len(left) < len(kept) / 10
    assert said(send(live, change(rate, "value", 0.1))) == said(send(other, change(rate, "value", 0.1)))


def said(answer: Answer) -> tuple[list[tuple[str, str]], list[bytes]]:
    """Return what an answer changes, and to which arrays."""
    return changed(answer), [content for _, content in answer.buffers]
