from __future__ import annotations

import json
from math import inf

import numpy as np
import pytest

from fallline_app.demos.network import view as module
from fallline_app.demos.network.model import Training
from fallline_app.demos.network.view import NetworkView, view
from fallline_app.live import LiveDocument


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> NetworkView:
    # A busy machine would leave the rest of an answer to work.
    monkeypatch.setattr(module, "BUDGET", inf)
    return view()


def test_first_run_is_there_without_any_work(shown: NetworkView) -> None:
    assert shown.work.model.state == "idle"
    assert shown.tracks[0].last == 60
    assert np.isfinite(shown.tape.frames[0]).all()


def test_work_ends_where_an_answer_would(shown: NetworkView, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.model.seed = 3
    at_once = shown.tape.frames.copy()
    shown.model.seed = 0
    monkeypatch.setattr(module, "BUDGET", -1.0)

    shown.model.seed = 3
    state, taken = shown.work.model.state, shown.tracks[0].last
    while shown.work.runs:
        shown.work.advance()

    assert (state, taken) == ("running", 0)
    assert shown.work.model.state == "done"
    np.testing.assert_array_equal(shown.tape.frames, at_once)


def test_setting_that_is_changed_in_the_middle_begins_anew(
    shown: NetworkView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUDGET", -1.0)
    shown.model.seed = 3
    for _ in range(20):
        shown.work.advance()

    shown.model.rate = 0.1
    while shown.work.runs:
        shown.work.advance()

    model = Training()
    model.param.update(seed=3, rate=0.1)
    alone = NetworkView(model)
    np.testing.assert_array_equal(shown.tape.frames, alone.tape.frames)


def test_map_shows_each_point_once_and_the_picture_of_the_end(shown: NetworkView) -> None:
    points = [source.data for source in (shown.points.learnt, shown.points.tested)]

    assert sum(len(data["x"]) for data in points) == 200
    np.testing.assert_array_equal(shown.film.data["image"][0], shown.film.frames[-1])


def test_more_layers_show_more_settings(shown: NetworkView) -> None:
    shown.model.layers = 4

    assert [units.shown for units in shown.controls.units] == [True] * 4 + [False] * 2


def test_page_hears_of_work_that_begins_anew_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    # What a listener sets while it hears of a change is told before that change.
    monkeypatch.setattr(module, "BUDGET", -1.0)
    document = LiveDocument("network")
    (rate,) = (model for model in document._document.models if getattr(model, "key", "") == "learning.rate")
    states = []
    for value in (0.1, 0.2):
        event = {"kind": "ModelChanged", "model": {"id": rate.id}, "attr": "value", "new": value}
        for told in json.loads(document.answer(json.dumps({"events": [event]})).patch)["events"]:
            states += [told["new"]] if told.get("attr") == "state" else []

    assert states[-1] == "running"
    assert document.works


def test_tint_without_shades_says_the_class_alone_and_nothing_is_trained(shown: NetworkView) -> None:
    frames, tint = shown.tape.frames, shown.film.frames.copy()

    shown.model.shades = False

    assert set(np.unique(shown.film.frames)) == {31, 63}
    np.testing.assert_array_equal(shown.film.frames // 32, tint // 32)
    assert shown.tape.frames is frames


def test_points_that_are_held_back_can_be_hidden(shown: NetworkView) -> None:
    shown.model.hollow = False

    assert (len(shown.points.tested.data["x"]), len(shown.points.learnt.data["x"])) == (0, 140)
