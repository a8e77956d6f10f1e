from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from bokeh.core.serialization import Buffer, Serialized
from bokeh.document import Document
from panel.io.state import state

from fallline_app.catalogue import DEMOS
from fallline_app.demos.race.model import Race
from fallline_app.live import Answer, LiveDocument


@pytest.fixture
def live() -> LiveDocument:
    return LiveDocument("race")


def models(live: LiveDocument, kind: str) -> list[dict[str, Any]]:
    """Each model of a kind in the document as the page reads it: its attributes, and its id."""

    def inside(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [model for part in node for model in inside(part)]
        if not isinstance(node, dict):
            return []
        here = [{**node["attributes"], "id": node["id"]}] if node.get("name", "").endswith(f".{kind}") else []
        return here + inside(list(node.values()))

    return inside(json.loads(live.to_json())["roots"])


def setting(live: LiveDocument, title: str, context: str = "") -> str:
    """Return the id of a number setting."""
    (found,) = (
        model["id"]
        for model in models(live, "NumberSetting")
        if (model["title"], model.get("context", "")) == (title, context)
    )
    return str(found)


def change(model: str, name: str, value: Any) -> dict[str, Any]:
    return {"kind": "ModelChanged", "model": {"id": model}, "attr": name, "new": value}


def parts(live: LiveDocument, *changes: dict[str, Any]) -> list[Answer]:
    """Return the parts of an answer in the order in which they are told."""
    told = [live.answer(json.dumps({"events": changes}))]
    while live.goes_on:
        told.append(live.go_on())
    return told


def send(live: LiveDocument, *changes: dict[str, Any]) -> Answer:
    """Return a whole answer, all its parts in one."""
    told = parts(live, *changes)
    events = [event for part in told if part.patch for event in json.loads(part.patch)["events"]]
    buffers = [buffer for part in told for buffer in part.buffers]
    errors = [error for part in told for error in part.errors]
    return Answer(json.dumps({"events": events}) if events else "", buffers, errors)


def changed(answer: Answer) -> list[tuple[str, str]]:
    """Each change of an answer: the id of its model and the name of its property."""
    if answer.patch == "":
        return []
    return [(event["model"]["id"], event["attr"]) for event in json.loads(answer.patch)["events"]]


def value(answer: Answer, model: str, name: str) -> Any:
    events = json.loads(answer.patch)["events"]
    return next(e["new"] for e in events if (e["model"]["id"], e["attr"]) == (model, name))


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


def page_of(live: LiveDocument) -> Document:
    """Return the document as a page has it that has just been opened."""
    content = json.loads(live.to_json())
    return Document.from_json({"config": Document().to_json(deferred=False)["config"], **content})


def frames_on(page: Document, answer: Answer) -> Any:
    """Put an answer into a page's document, and return the frames that it shows then."""
    buffers = [Buffer(name, content) for name, content in answer.buffers]
    page.apply_json_patch(Serialized(json.loads(answer.patch), buffers))
    return page.get_model_by_name("tape").frames


def test_page_shows_the_frames_that_follow_from_its_changes_in_order(live: LiveDocument) -> None:
    page, ours, rate = page_of(live), Race(), setting(live, "rate", "Adam")
    ours.racers[5].rate = 0.3
    before = page.get_model_by_name("tape").frames

    answer = send(live, change(rate, "value", 0.5), change(rate, "value", 0.3))

    np.testing.assert_array_equal(before, Race().run().frames)
    np.testing.assert_array_equal(frames_on(page, answer), ours.run().frames)


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
