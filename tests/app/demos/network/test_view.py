from __future__ import annotations

import json
from math import inf
from typing import cast

import numpy as np
import pytest

from fallline_app.demos.network import view as module
from fallline_app.demos.network.answers import confusion
from fallline_app.demos.network.model import Training
from fallline_app.demos.network.run import COLUMNS
from fallline_app.demos.network.view import NetworkView, view
from fallline_app.live import LiveDocument
from fallline_app.words import printed


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> NetworkView:
    # A busy machine would leave the rest of an answer to work.
    monkeypatch.setattr(module, "BUDGET", inf)
    return view()


def test_first_run_is_there_without_any_work(shown: NetworkView) -> None:
    assert shown.work.model.state == "idle"
    assert shown.tracks[0].last == 60
    there = [name != "off" for name in COLUMNS]
    assert np.isfinite(shown.tape.frames[0][there]).all()


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


def test_first_frames_of_a_changed_training_come_before_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_LOOK", -1.0)
    monkeypatch.setattr(module, "BUDGET", inf)
    document = LiveDocument("network")
    (rate,) = (model for model in document._document.models if getattr(model, "key", "") == "learning.rate")
    event = {"kind": "ModelChanged", "model": {"id": rate.id}, "attr": "value", "new": 0.1}

    document.answer(json.dumps({"events": [event]}))
    view = cast("NetworkView", document._view)
    (first,) = {track.last for track in view.tracks}
    document.go_on()
    (last,) = {track.last for track in view.tracks}

    assert 0 <= first < last
    assert not document.goes_on
    assert view.work.model.state == "idle"


def test_slow_machine_hears_at_once_that_there_is_nothing_to_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_LOOK", -1.0)
    document = LiveDocument("network")
    (data,) = (model for model in document._document.models if getattr(model, "key", "") == "data")
    event = {"kind": "ModelChanged", "model": {"id": data.id}, "attr": "value", "new": "file"}

    errors = document.answer(json.dumps({"events": [event]})).errors

    assert errors == []
    assert not document.goes_on
    assert cast("NetworkView", document._view).tape.summary.startswith("There is no file yet")


def test_page_hears_of_work_that_begins_anew_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    # What a listener sets while it hears of a change is told before that change.
    monkeypatch.setattr(module, "FIRST_LOOK", -1.0)
    monkeypatch.setattr(module, "BUDGET", -1.0)
    document = LiveDocument("network")
    (rate,) = (model for model in document._document.models if getattr(model, "key", "") == "learning.rate")
    states = []
    for value in (0.1, 0.2):
        event = {"kind": "ModelChanged", "model": {"id": rate.id}, "attr": "value", "new": value}
        answers = [document.answer(json.dumps({"events": [event]}))]
        while document.goes_on:
            answers.append(document.go_on())
        for told in (told for answer in answers for told in json.loads(answer.patch)["events"]):
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


def test_answers_of_every_moment_are_those_of_its_network(shown: NetworkView) -> None:
    film, run = shown.answers.film, shown._run

    assert film.at == list(range(61))
    for moment in (0, 17, 60):
        counts = confusion(run.setup, run.thetas[moment])
        assert [cells[1:-1] for _, _, cells in film.rows[moment]] == [
            [*map(str, row)] for row in counts.tolist()
        ]
        assert film.notes[moment].startswith(
            f"At step {5 * moment} wrong: {counts.sum() - np.trace(counts)} of the 60"
        )
    assert shown.answers.table.rows == film.rows[-1]


def test_numbers_have_a_scale_their_own_points_and_residuals(shown: NetworkView) -> None:
    shown.model.data = "bumps"

    data, run = shown._run.setup.data, shown._run
    assert shown.bar._bar.visible
    assert shown.map.tags == ["min_border_top=bar-room"]
    assert (len(shown.points.learnt.data["x"]), len(shown.points.numbered.data["x"])) == (0, 200)
    assert shown.points.numbered.data["name"][0] == f"z = {printed(data.targets[0])}, learnt from"
    off = run.setup.network.predict(run.theta, run.setup.X_test)[:, 0] - run.setup.y_test
    _, root, mean, most, explained = shown.answers.table.rows[1][2]
    assert float(root) == pytest.approx(np.sqrt(np.mean(off**2)), rel=6e-3)
    assert (float(mean), float(most)) == pytest.approx((np.abs(off).mean(), np.abs(off).max()), rel=6e-3)
    # The coefficient of determination, by its definition.
    share = 1.0 - np.sum(off**2) / np.sum((run.setup.y_test - run.setup.y_test.mean()) ** 2)
    assert float(explained.removesuffix(" %")) == pytest.approx(100.0 * share, abs=0.06)
    assert [heading for heading, _ in shown._hover.tooltips] == ["track", "step", "epoch", "loss", "off by"]
    # The tint says the sign, as the points do.
    np.testing.assert_array_equal(
        shown.points.numbered.data["kind"][: len(data.targets)] // 32, (data.targets > 0).astype(int)
    )
    shown.model.data = "circles"
    assert (shown.map.tags, len(shown.points.numbered.data["x"])) == ([], 0)
    assert [heading for heading, _ in shown._hover.tooltips] == ["track", "step", "epoch", "loss", "right"]


def test_landscape_is_that_around_the_step_that_is_asked_for(shown: NetworkView) -> None:
    across, up = COLUMNS.index("across"), COLUMNS.index("up")
    at_end = shown.tape.frames

    shown.around.asked.value = 20

    assert at_end[0, [across, up], -1].tolist() == [0.0, 0.0]
    assert shown.tape.frames[0, [across, up], 20].tolist() == [0.0, 0.0]
    assert np.abs(shown.tape.frames[0, [across, up], -1]).max() > 0.1
    assert shown.around.asked.said == "The loss above is that around step 100."
    assert "through step 100, in which" in dict(shown.tape.descriptions)["landscape"]
    others = [name not in ("across", "up") for name in COLUMNS]
    np.testing.assert_array_equal(shown.tape.frames[:, others], at_end[:, others])
    shown.model.seed = 1
    assert shown.around.asked.value == -1
    assert shown.around.asked.said == "The loss above is that around step 300, the end."
