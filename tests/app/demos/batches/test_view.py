"""A run that takes longer than an answer may is work: shown as far as it is, and in the end the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from fallline_app.demos.batches import view as view_module
from fallline_app.demos.batches.film import COLUMNS
from fallline_app.demos.batches.model import Batches
from fallline_app.demos.batches.view import BatchesView, view


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> BatchesView:
    """A view on a machine on which no answer comes to an end."""
    monkeypatch.setattr(view_module, "AT_FIRST", 0.0005)
    monkeypatch.setattr(view_module, "AT_ONCE", 0.0005)
    monkeypatch.setattr(view_module, "BETWEEN", 0.0)
    return view()


def seen(shown: BatchesView) -> list[float]:
    """How many samples everyone has looked at, at the end of their tracks."""
    at = COLUMNS.index("seen")
    return [float(track[at, one.last]) for track, one in zip(shown.tape.frames, shown.tracks, strict=True)]


def end(shown: BatchesView) -> int:
    steps = 0
    while shown.work.runs:
        shown.work.advance()
        steps += 1
    return steps


@pytest.mark.parametrize(
    "settings", [{"rate": 0.1}, {"count": "updates", "rate": 0.1}, {"n": "100"}], ids=str
)
def test_run_that_takes_long_is_shown_in_parts_and_is_the_same_in_the_end(
    slow: BatchesView, settings: dict[str, Any]
) -> None:
    said = slow.tape.summary
    slow.model.param.update(**settings)
    parts, shares = [slow.tape.frames], [0.0]
    while slow.work.runs:
        slow.work.advance()
        parts.append(slow.tape.frames)
        shares.append(slow.work.model.fraction)
        if slow.work.runs:
            assert slow.tape.summary == said

    model = Batches()
    model.param.update(**settings)
    whole = model.run().frames
    assert len(parts) > 5
    assert shares == sorted(shares)
    assert slow.work.model.phrase == f"{model.budget} of {model.budget} samples each"
    np.testing.assert_array_equal(parts[-1], whole)
    for part in parts:
        assert part.shape == whole.shape
        there = np.isfinite(part)
        np.testing.assert_array_equal(part[there], whole[there])
    assert slow.tape.summary != said


def test_everyone_goes_on_together(slow: BatchesView) -> None:
    slow.model.rate = 0.1
    slow.work.advance()

    full, mini, _, stochastic = seen(slow)

    assert 0.0 < stochastic < 500.0
    assert abs(full - stochastic) <= 100.0
    assert abs(mini - stochastic) <= 100.0


def test_change_on_the_way_begins_anew(slow: BatchesView) -> None:
    slow.model.rate = 0.1
    slow.work.advance()
    slow.model.rate = 0.05
    end(slow)

    model = Batches()
    model.rate = 0.05
    np.testing.assert_array_equal(slow.tape.frames, model.run().frames)
    assert slow.work.model.state == "done"


def test_racer_that_is_switched_on_the_way_lets_the_others_go_on(slow: BatchesView) -> None:
    slow.model.rate = 0.1
    for _ in range(5):
        slow.work.advance()
    before = seen(slow)
    slow.model.racers[2].runs = True

    assert all(now >= then for now, then in zip(seen(slow)[:2], before[:2], strict=True))
    end(slow)
    model = Batches()
    model.racers[2].runs = True
    model.rate = 0.1
    np.testing.assert_array_equal(slow.tape.frames, model.run().frames)


def test_run_that_is_stopped_says_how_far_it_came_and_goes_on_when_asked(slow: BatchesView) -> None:
    slow.model.rate = 0.1
    slow.work.advance()
    slow.work.model.state = "stopped"
    stopped = seen(slow)

    assert 0.0 < stopped[3] < 500.0
    assert f"needs more than {stopped[1]:.0f} samples" in slow.tape.summary
    slow.work.model.state = "running"
    end(slow)
    assert [seen(slow)[index] for index in (0, 1, 3)] == [500.0] * 3


def test_run_that_is_short_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_module, "AT_FIRST", np.inf)
    shown = view()
    shown.model.param.update(epochs=1)

    assert not shown.work.is_under_way
    np.testing.assert_array_equal(shown.tape.frames[3, COLUMNS.index("seen")], np.arange(51.0))
