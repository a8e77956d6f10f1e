from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fallline_app.components.work import Step, Work

if TYPE_CHECKING:
    from collections.abc import Iterator


class Counting:
    """Counts to three; `log` holds what came to pass."""

    def __init__(self) -> None:
        self.log: list[object] = []
        self.work = Work(self.steps, lambda: self.log.append("forgotten"), title="Counting", action="Count")

    def steps(self) -> Iterator[Step]:
        try:
            for number in (1, 2, 3):
                self.log.append(number)
                yield Step(number / 4.0, f"{number} of 3")
        finally:
            self.log.append("closed")

    @property
    def told(self) -> tuple[str, float | None, str]:
        model = self.work.model
        return model.state, model.fraction, model.phrase


@pytest.fixture
def counting() -> Counting:
    return Counting()


def test_work_waits_until_the_page_asks_for_it(counting: Counting) -> None:
    counting.work.advance()

    assert not counting.work.runs
    assert counting.told == ("idle", 0.0, "")
    assert counting.log == []


def test_step_says_how_far_it_is_and_the_last_that_all_is_done(counting: Counting) -> None:
    counting.work.model.state = "running"

    told = []
    while counting.work.runs:
        counting.work.advance()
        told.append(counting.told)

    assert told[0] == ("running", 0.25, "1 of 3")
    assert told[-1] == ("done", 1.0, "3 of 3")
    assert counting.log == [1, 2, 3, "closed"]


def test_work_that_is_paused_does_nothing_and_goes_on_where_it_was(counting: Counting) -> None:
    counting.work.begin()
    counting.work.advance()
    counting.work.model.state = "paused"
    paused = counting.work.runs, counting.work.is_under_way

    counting.work.model.state = "running"
    counting.work.advance()

    assert paused == (False, True)
    assert counting.log == [1, 2]


def test_work_that_is_stopped_keeps_what_there_is_and_begins_anew_from_the_start(counting: Counting) -> None:
    counting.work.begin()
    counting.work.advance()
    counting.work.model.state = "stopped"
    stopped = counting.told

    counting.work.model.state = "running"
    counting.work.advance()

    assert stopped == ("stopped", 0.25, "1 of 3")
    assert counting.log == [1, "closed", 1]


@pytest.mark.parametrize("state", ["running", "paused", "stopped"])
def test_work_that_is_cancelled_is_forgotten_once(counting: Counting, state: str) -> None:
    counting.work.begin()
    counting.work.advance()
    counting.work.model.state = state
    counting.work.cancel()

    assert counting.told == ("idle", 0.0, "")
    assert counting.log == [1, "closed", "forgotten"]


def test_cancelling_shows_what_the_settings_ask_for_even_where_nothing_was_done(counting: Counting) -> None:
    counting.work.cancel()

    assert counting.log == ["forgotten"]


def test_begun_anew_leaves_what_was_under_way(counting: Counting) -> None:
    counting.work.begin()
    counting.work.advance()
    counting.work.begin()

    assert counting.told == ("running", 0.0, "")
    assert counting.log == [1, "closed"]


def test_pause_that_comes_too_late_is_taken_back(counting: Counting) -> None:
    counting.work.begin()
    while counting.work.runs:
        counting.work.advance()

    counting.work.model.state = "paused"

    assert counting.told == ("done", 1.0, "3 of 3")


def test_error_ends_the_work_and_is_raised() -> None:
    def steps() -> Iterator[Step]:
        yield Step(None, "no end in sight")
        raise ZeroDivisionError("nothing is left")

    work = Work(steps, lambda: None, title="Dividing", action="Divide")
    work.begin()
    work.advance()

    with pytest.raises(ZeroDivisionError, match="nothing is left"):
        work.advance()
    assert (work.model.state, work.model.fraction, work.is_under_way) == ("failed", None, False)
