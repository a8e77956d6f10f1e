from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from fallline_app.demos.batches.lap import Lap
from fallline_app.demos.batches.model import Batches


def lap(series: str, **settings: Any) -> tuple[Batches, Lap]:
    """Return the lap of a racer, by the name of its series, with the model."""
    model = Batches()
    size = settings.pop("size", None)
    for name, value in settings.items():
        setattr(model, name, value)
    (racer,) = (racer for racer in model.racers if racer.series == series)
    racer.runs = True
    if size is not None:
        racer.param.update(size=size)
    going = model.begin(racer)
    assert going is not None
    going.go(model.budget)
    while not going.has_ended:
        going.go(1)
    return model, going.lap()


def by_hand(model: Batches, size: int, updates: int, momentum: float = 0.0) -> np.ndarray:
    """Descend the squared error by its formula, with batches of fresh permutations; a short one weighs less."""
    rng, n = np.random.default_rng(model.seed), model.samples
    x, y = model.problem.X[:, 0], model.problem.y
    place, velocity, places = np.array(model.start), np.zeros(2), [np.array(model.start)]
    while len(places) <= updates:
        order = rng.permutation(n)
        for begin in range(0, n, size):
            some = order[begin : begin + size]
            if len(some) < size and model.left_over == "drop":
                continue
            residual = place[0] * x[some] + place[1] - y[some]
            slope = 2.0 / size * np.array([residual @ x[some], residual.sum()])
            velocity = momentum * velocity + slope
            place = place - float(model.rate) * velocity
            places.append(place)
    return np.array(places[: updates + 1])


@pytest.mark.parametrize("gradient", ["central", "backprop"])
@pytest.mark.parametrize("left_over", ["use", "drop"])
@pytest.mark.parametrize(("series", "size"), [("mini-batch", 8), ("mini-batch", 25), ("stochastic", 1)])
def test_points_are_those_of_a_descent_by_hand(series: str, size: int, left_over: str, gradient: str) -> None:
    own = {"size": size} if series == "mini-batch" else {}
    model, found = lap(series, left_over=left_over, gradient=gradient, seed=3, **own)

    np.testing.assert_allclose(found.updates.x, by_hand(model, size, found.last), rtol=1e-6, atol=1e-6)


def test_momentum_carries_on() -> None:
    model, found = lap("mini-batch", optimizer="momentum", momentum=0.7, rate=0.05, gradient="backprop")

    np.testing.assert_allclose(found.updates.x, by_hand(model, 8, found.last, 0.7), rtol=1e-9)


def test_everyone_looks_at_as_many_samples() -> None:
    seen = {name: lap(name)[1].updates.seen for name in ("full-batch", "mini-batch", "stochastic")}

    assert {name: float(counts[-1]) for name, counts in seen.items()} == dict.fromkeys(seen, 500.0)
    assert [len(counts) - 1 for counts in seen.values()] == [10, 70, 500]
    np.testing.assert_array_equal(seen["mini-batch"][:9], [0, 8, 16, 24, 32, 40, 48, 50, 58])


def test_batch_of_all_goes_where_the_full_batch_goes() -> None:
    _, full = lap("full-batch")
    _, mini = lap("mini-batch", size=50)

    np.testing.assert_allclose(mini.updates.x, full.updates.x, rtol=1e-8)


def test_difference_takes_four_evaluations_and_backprop_none() -> None:
    _, central = lap("mini-batch", gradient="central")
    _, backprop = lap("mini-batch", gradient="backprop")

    np.testing.assert_array_equal(central.updates.evaluations, 4.0 * np.arange(71))
    assert not backprop.updates.evaluations.any()


def test_every_epoch_holds_all_samples_in_another_order() -> None:
    _, found = lap("mini-batch")

    assert (np.sort(found.orders, axis=1) == np.arange(50)).all()
    assert len({tuple(order) for order in found.orders.tolist()}) == len(found.orders) == 11


def test_places_of_the_batches_follow_each_other_in_an_epoch() -> None:
    _, found = lap("mini-batch")
    updates = found.updates

    np.testing.assert_array_equal(updates.begin[:8], [0, 8, 16, 24, 32, 40, 48, 0])
    np.testing.assert_array_equal(updates.size[:8], [8, 8, 8, 8, 8, 8, 2, 8])
    np.testing.assert_array_equal(updates.weight[:8], [1, 1, 1, 1, 1, 1, 0.25, 1])
    np.testing.assert_array_equal(updates.epoch[:8], [0, 0, 0, 0, 0, 0, 0, 1])


def test_dropped_samples_stand_at_the_end_of_their_epoch() -> None:
    _, found = lap("mini-batch", left_over="drop")

    assert found.updates.size.max() == found.updates.size.min() == 8.0
    assert (np.sort(found.orders, axis=1) == np.arange(50)).all()
    assert float(found.updates.begin.max()) == 40.0


def test_same_seed_gives_the_same_lap() -> None:
    first, second, other = (lap("stochastic", seed=seed)[1].updates.x for seed in (3, 3, 4))

    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, other)


def test_arrival_is_the_first_time_that_it_is_low() -> None:
    model, found = lap("stochastic")
    loss = model.problem.floor + 0.1

    arrived = found.arrival(loss)

    assert arrived is not None
    assert (found.updates.value[:arrived] > loss).all()
    assert found.updates.value[arrived] <= loss
    assert found.arrival(-1.0) is None


def test_rate_that_is_too_high_is_explained() -> None:
    _, full = lap("full-batch", rate=3.0)
    _, noisy = lap("stochastic", data="sine", rate=0.25)

    assert full.note.startswith("the loss grew past 1e12 at update")
    assert "the rate 3 is above 0.996, what the curvature of all samples bears" in full.note
    assert np.isnan(full.ahead).all()
    assert "the rate 0.25 suits all samples together, up to 0.295, but is above 0.0929" in noisy.note
