from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline_app.demos.race.basins import ELSEWHERE, STARTS, find_basins
from fallline_app.demos.race.model import HEIGHT, Race
from fallline_app.demos.race.racers import ENTRIES, OTHERS
from fallline_app.surfaces import OWN, grid

ELEMENTWISE = [entry for entry in (*ENTRIES, *OTHERS) if entry.elementwise]


@pytest.mark.parametrize("entry", ELEMENTWISE, ids=lambda entry: entry.title)
def test_all_starts_at_once_end_where_each_ends_alone(entry: Any) -> None:
    race = Race()
    race.map_shows, race.steps = entry.title, 60
    objective = fl.himmelblau
    optimizer = race._settled(entry.title)

    basins = race.basins()

    assert basins is not None
    starts = grid(((-6.0, 6.0), (-6.0, 6.0)), STARTS)
    for index in range(7, STARTS * STARTS, 397):
        *_, last = islice(fl.descend(objective, starts[:, index], optimizer, fl.exact), 61)
        near = np.abs(basins.places - last.x).max(axis=1) < 0.03 * 12.0
        label = basins.labels.ravel()[index]
        assert near[label] if label != ELSEWHERE else not near.any()


def test_places_are_the_minima_that_are_known_and_shares_those_of_the_starts() -> None:
    basins = find_basins("Adam", fl.himmelblau, fl.Adam(rate=0.2), 200)

    np.testing.assert_array_equal(basins.places[:4], fl.himmelblau.minima)
    assert [np.mean(basins.labels == index) for index in range(len(basins.shares))] == list(basins.shares)
    assert sum(basins.shares) > 0.99
    assert "23% at (3, 2)" in basins.sentence


def test_places_of_an_unknown_function_are_found() -> None:
    race = Race()
    race.surface, race.own, race.map_shows = OWN, "(x**2 - 4)**2 + y**2", "Gradient descent"

    basins = race.basins()

    assert basins is not None
    np.testing.assert_allclose(sorted(basins.places[:2].tolist()), [[-2.0, 0.0], [2.0, 0.0]], atol=0.01)
    assert basins.labels[30, 0] != basins.labels[30, -1]


def test_map_of_heights_runs_nothing() -> None:
    race = Race()

    assert race.map_shows == HEIGHT
    assert race.basins() is None


def test_racer_shows_as_it_is_set() -> None:
    race = Race()
    race.racers[5].rate = 0.123
    race.schedule = "cosine"

    settled = race._settled("Adam")

    assert settled.optimizer == race.racers[5].optimizer()
    assert race._settled("NAdam").rate == 0.2
