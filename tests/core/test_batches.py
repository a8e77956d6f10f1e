from itertools import islice, pairwise
from typing import Any

import numpy as np
import pytest

import fallline as fl


def epochs(batches: Any, samples: int, count: int, seed: int = 0) -> list[list[Any]]:
    found: list[list[Any]] = [[] for _ in range(count)]
    for batch in batches.cut(samples, np.random.default_rng(seed)):
        if batch.epoch == count:
            return found
        found[batch.epoch].append(batch)
    raise AssertionError


@pytest.mark.parametrize("size", [1, 3, 5, 10, 64])
@pytest.mark.parametrize("last", ["use", "drop"])
def test_no_sample_comes_twice_in_an_epoch_and_none_is_left_out_but_a_short_rest(
    size: int, last: str
) -> None:
    for epoch in epochs(fl.MiniBatch(size, last), 10, 4):
        seen = np.concatenate([batch.indices for batch in epoch]).tolist()

        full = min(size, 10)
        assert len(set(seen)) == len(seen) == (10 if last == "use" else 10 // full * full)
        assert [len(batch.indices) for batch in epoch][:-1] == [full] * (len(epoch) - 1)


def test_every_epoch_is_shuffled_anew() -> None:
    orders = [
        np.concatenate([batch.indices for batch in epoch]).tolist()
        for epoch in epochs(fl.MiniBatch(4), 50, 5)
    ]

    assert all(a != b for a, b in pairwise([sorted(orders[0]), *orders]))


def test_seed_gives_the_same_batches() -> None:
    def indices(seed: int) -> Any:
        return [batch.indices.tolist() for epoch in epochs(fl.MiniBatch(4), 10, 3, seed) for batch in epoch]

    assert indices(1) == indices(1) != indices(2)


def test_stochastic_is_one_sample_at_a_time() -> None:
    for epoch in epochs(fl.Stochastic(), 6, 3):
        assert sorted(int(batch.indices[0]) for batch in epoch) == list(range(6))
        assert {len(batch.indices) for batch in epoch} == {1}


def test_every_sample_has_the_same_weight_in_an_epoch() -> None:
    (epoch,) = epochs(fl.MiniBatch(4), 10, 1)

    # A mean over b samples gives each of them weight/b.
    assert {batch.weight / len(batch.indices) for batch in epoch} == {0.25}


@pytest.mark.parametrize("batches", [fl.MiniBatch(4), fl.Stochastic()])
def test_shuffling_needs_a_source_of_chance(batches: Any) -> None:
    with pytest.raises(ValueError, match=r"give rng=np\.random\.default_rng\(seed\)"):
        batches.cut(10, None)


def test_full_batch_leaves_the_source_of_chance_alone() -> None:
    rng = np.random.default_rng(1)

    batches = list(islice(fl.FullBatch().cut(10, rng), 3))

    assert [(batch.indices, batch.weight, batch.epoch) for batch in batches] == [
        (None, 1.0, k) for k in range(3)
    ]
    assert rng.random() == np.random.default_rng(1).random()


# Noise


@pytest.mark.parametrize("size", [1, 2, 5, 8, 13, 19, 20])
def test_covariance_is_that_of_all_batches_there_are_or_of_many(size: int) -> None:
    slopes = np.random.default_rng(3).standard_normal((20, 2)) @ [[2.0, 0.5], [0.0, 1.0]]
    batches = (batch.indices for batch in fl.MiniBatch(size).cut(20, np.random.default_rng(4)))

    # The first batch of each epoch: those of one epoch are not independent of each other.
    draws = [slopes[next(batches)].mean(axis=0)]
    for _ in range(20_000 - 1):
        for _ in range(-(-20 // size) - 1):
            next(batches)
        draws.append(slopes[next(batches)].mean(axis=0))

    # The standard error of a covariance of 20 000 draws is about 1 %.
    expected = fl.batch_covariance(slopes, size)
    np.testing.assert_allclose(
        np.cov(np.transpose(draws)), expected, atol=0.04 * np.abs(expected).max() + 1e-15
    )


def test_standard_deviation_falls_like_one_over_the_root_of_the_size() -> None:
    slopes = np.random.default_rng(5).standard_normal((100_000, 1))

    deviations = [float(np.sqrt(fl.batch_covariance(slopes, size).item())) for size in (1, 4, 16, 64, 256)]

    np.testing.assert_allclose(deviations[0] / np.array(deviations), [1.0, 2.0, 4.0, 8.0, 16.0], rtol=2e-3)
    assert deviations[0] == pytest.approx(float(slopes.std()), rel=1e-12)


@pytest.mark.parametrize(("shape", "size"), [((4, 2), 0), ((4, 2), 5), ((4,), 1), ((0, 2), 1)])
def test_batches_that_do_not_exist_have_no_covariance(shape: tuple[int, ...], size: int) -> None:
    with pytest.raises(ValueError, match="a row for each sample"):
        fl.batch_covariance(np.zeros(shape), size)
