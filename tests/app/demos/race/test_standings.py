from __future__ import annotations

import numpy as np
import pytest

import fallline as fl
from fallline_app.demos.race.lap import COLUMNS, Columns, Lap
from fallline_app.demos.race.looking import METHODS
from fallline_app.demos.race.model import Race
from fallline_app.demos.race.standings import explain, standing
from fallline_app.demos.race.words import Terms

TERMS = Terms(3, 1e-2, METHODS["central"])


def lap(*losses: float) -> Lap:
    counted = 4.0 * np.arange(1.0, len(losses) + 1.0, dtype=np.float64)
    blank = Columns(*[np.zeros(len(losses))] * len(COLUMNS))
    return Lap("A", blank._replace(loss=np.array(losses), evaluations=counted))


@pytest.mark.parametrize(
    ("losses", "row"),
    [
        ((5.0, 3.005, 3.0), ["A", "1", "4", "0", "rate\xa00.1"]),
        ((3.0, 4.0), ["A", "0", "0", "1", "rate\xa00.1"]),
        ((5.0, 4.0, 3.5), ["A", "not within 2", "–", "0.5", "rate\xa00.1"]),
    ],
)
def test_row_says_when_a_racer_came_within_the_target_and_what_that_cost(
    losses: tuple[float, ...], row: list[str]
) -> None:
    assert standing(lap(*losses), {"rate": 0.1}, 3.0, TERMS) == row


def test_arrival_is_the_first_step_of_a_plain_descent_within_the_target() -> None:
    race = Race()
    race.target = 1e-3
    optimizer = race.racers[0].optimizer()

    lap = race.lap(race.racers[0])

    assert lap is not None
    frames = fl.descend(fl.himmelblau, fl.himmelblau.start, optimizer)
    first = next(frame for frame in frames if frame.value <= 1e-3)
    # The slope at the place of arrival is not needed to come there.
    row = standing(lap, race.racers[0].values(), 0.0, race.terms)
    assert row[1:3] == [str(first.step), str(first.evaluations - 4)]


def test_note_says_what_heights_are_counted_from() -> None:
    assert explain(fl.himmelblau, TERMS).startswith("Until a height of 0.01 above the minimum;")
    assert "no bottom" in explain(fl.saddle, TERMS)
