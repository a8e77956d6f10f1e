from itertools import islice
from typing import Any

import numpy as np
import pytest

import fallline as fl

RNG = np.random.default_rng(3)
X = RNG.standard_normal((10, 3))
ADAM = fl.Adam()
Y = X @ np.array([1.0, -2.0, 0.5]) + 0.1 * RNG.standard_normal(10)


def loss(theta: Any, x: Any, y: Any) -> Any:
    return ((x @ theta - y) ** 2).mean()


def slope(theta: Any, x: Any, y: Any) -> Any:
    return 2.0 * x.T @ (x @ theta - y) / len(y)


def frames(count: int, batches: Any, gradient: Any = fl.exact, optimizer: Any = ADAM, **settings: Any) -> Any:
    data = fl.DataLoss(loss, (X, Y), batches, slope, **settings)
    return list(islice(fl.descend(data, np.zeros(3), optimizer, gradient, np.random.default_rng(0)), count))


@pytest.mark.parametrize("size", [1, 3, 4, 10])
@pytest.mark.parametrize("gradient", [fl.exact, fl.central], ids=["exact", "central"])
def test_slopes_of_an_epoch_add_up_to_the_slope_of_all_data(size: int, gradient: Any) -> None:
    # So slow that it stands still.
    walk = frames(20, fl.MiniBatch(size), gradient, fl.GradientDescent(rate=1e-300))

    total = sum(frame.slope for frame in walk if frame.epoch == 0)
    np.testing.assert_allclose(total * size / 10.0, slope(np.zeros(3), X, Y), rtol=1e-7)


def test_full_batch_is_a_descent_on_the_loss_of_all_data() -> None:
    ours = frames(30, fl.FullBatch())
    plain = islice(
        fl.descend(lambda x: loss(x, X, Y), np.zeros(3), fl.Adam(), lambda f, x: slope(x, X, Y)), 30
    )

    for a, b in zip(ours, plain, strict=True):
        assert (a.x.tolist(), a.value, a.slope.tolist()) == (b.x.tolist(), b.value, b.slope.tolist())


@pytest.mark.parametrize(
    ("batches", "samples", "epoch"),
    [
        (fl.FullBatch(), [10, 20, 30, 40, 50], [0, 1, 2, 3, 4]),
        (fl.MiniBatch(4), [4, 8, 10, 14, 18], [0, 0, 0, 1, 1]),
        (fl.MiniBatch(4, last="drop"), [4, 8, 12, 16, 20], [0, 0, 1, 1, 2]),
        (fl.Stochastic(), [1, 2, 3, 4, 5], [0, 0, 0, 0, 0]),
    ],
    ids=repr,
)
def test_frames_count_what_they_cost(batches: Any, samples: list[int], epoch: list[int]) -> None:
    exact, central = frames(5, batches), frames(5, batches, fl.central)

    for walk in (exact, central):
        assert [frame.samples for frame in walk] == samples
        assert [frame.epoch for frame in walk] == epoch
        assert [frame.gradients for frame in walk] == [1, 2, 3, 4, 5]
    assert [frame.evaluations for frame in exact] == [0, 0, 0, 0, 0]
    assert [frame.evaluations for frame in central] == [6, 12, 18, 24, 30]


def test_value_shown_is_that_of_the_batch_or_of_all_data() -> None:
    batch, data = frames(3, fl.MiniBatch(4)), frames(3, fl.MiniBatch(4), shown="data")
    first = np.random.default_rng(0).permutation(10)[:4]

    assert [frame.x.tolist() for frame in batch] == [frame.x.tolist() for frame in data]
    assert batch[0].value == loss(np.zeros(3), X[first], Y[first])
    assert [frame.value for frame in data] == [loss(frame.x, X, Y) for frame in data]


def test_search_on_batches_looks_at_the_batch_of_its_step_alone() -> None:
    walk = frames(6, fl.MiniBatch(5), optimizer=fl.LBFGS())

    # Each batch asks for a slope and a value of its own where it begins.
    assert walk[-1].evaluations >= 6
    assert walk[-1].samples >= 5 * (walk[-1].evaluations + 6)


def test_search_on_all_data_pays_for_nothing_twice() -> None:
    plain = list(islice(fl.descend(Whole(), np.zeros(3), fl.LBFGS(), fl.exact), 6))
    walk = frames(6, fl.FullBatch(), optimizer=fl.LBFGS())

    assert [frame.evaluations for frame in walk] == [frame.evaluations for frame in plain]
    assert walk[-1].x.tolist() == plain[-1].x.tolist()


class Whole:
    def __call__(self, x: Any) -> Any:
        return loss(x, X, Y)

    def gradient(self, x: Any) -> Any:
        return slope(x, X, Y)


def test_mini_batches_find_the_least_squares() -> None:
    optimizer = fl.Scheduled(fl.Adam(rate=0.1), fl.schedules.Cosine(steps=600))

    last = frames(601, fl.MiniBatch(4), optimizer=optimizer)[-1]

    # NumPy's own solution.
    np.testing.assert_allclose(last.x, np.linalg.lstsq(X, Y, rcond=None)[0], atol=0.02)


@pytest.mark.parametrize("data", [(X, Y[:5]), (X[:0], Y[:0])])
def test_data_that_do_not_fit_are_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="data must be X and y with as many samples, got"):
        fl.DataLoss(loss, data)


def test_batches_without_a_source_of_chance_are_refused_before_the_first_frame() -> None:
    with pytest.raises(ValueError, match="batches are shuffled"):
        fl.descend(fl.DataLoss(loss, (X, Y), fl.MiniBatch(4)), np.zeros(3), fl.Adam())


def test_exact_slope_needs_the_losss_own() -> None:
    with pytest.raises(TypeError, match=r"give DataLoss\(\.\.\., slope=\.\.\.\)"):
        next(fl.descend(fl.DataLoss(loss, (X, Y)), np.zeros(3), fl.Adam(), fl.exact))


class Linear:
    """A network of one layer, as `train` wants one."""

    def initial(self, rng: Any) -> Any:
        return rng.standard_normal(3)

    def loss(self, theta: Any, x: Any, y: Any, /) -> Any:
        return loss(theta, x, y)

    def gradient(self, theta: Any, x: Any, y: Any, /, *, method: str) -> Any:
        assert method == "node"
        return slope(theta, x, y)


def test_training_is_a_descent_from_the_networks_own_beginning() -> None:
    walk = list(islice(fl.train(Linear(), X, Y, fl.Adam(), fl.MiniBatch(4), rng=np.random.default_rng(5)), 4))

    rng = np.random.default_rng(5)
    data = fl.DataLoss(loss, (X, Y), fl.MiniBatch(4), slope)
    theirs = islice(fl.descend(data, rng.standard_normal(3), fl.Adam(), fl.exact, rng), 4)
    assert [frame.x.tolist() for frame in walk] == [frame.x.tolist() for frame in theirs]


def test_training_by_a_step_of_ones_own_takes_it_to_every_slope() -> None:
    X_, y_ = np.array([[0.0], [1.0], [2.0]]), np.array([0, 1, 1])  # noqa: N806
    network = fl.Network([1, 2, 1])
    frames = fl.train(network, X_, y_, fl.Adam(), step=0.5, rng=np.random.default_rng(0))

    first = next(frames)
    wide = network.gradient(first.x, X_, y_, method="node", step=0.5)
    assert first.slope.tolist() == wide.tolist()
    assert first.slope.tolist() != network.gradient(first.x, X_, y_, method="node").tolist()
