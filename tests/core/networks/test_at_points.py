"""A network at many points at once is the network at each of them."""

from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np
import pytest
from tests.core.networks import with_autograd

import fallline as fl
from fallline.networks import at_points, products
from fallline.networks.forward import Model


def data(sizes: list[int], loss: str) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    if loss in ("cross_entropy", "hinge"):
        return rng.standard_normal((7, sizes[0])), rng.integers(0, max(2, sizes[-1]), 7)
    return rng.standard_normal((7, sizes[0])), rng.normal(size=(7, sizes[-1]))


@pytest.fixture(params=[True, False], ids=["with a BLAS", "without"])
def blas(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "HAS_BLAS", request.param)


@pytest.mark.usefixtures("blas")
@pytest.mark.parametrize("loss", with_autograd.LOSSES)
@pytest.mark.parametrize("sizes", [[1, 1], [4, 1], [4, 6, 5, 3]])
def test_losses_are_those_that_autograd_would_be_given(sizes: list[int], loss: str) -> None:
    network = fl.Network(sizes, "tanh", loss, l1=0.01, l2=0.1)
    theta, (x, y) = np.random.default_rng(1).standard_normal((network.size, 5)), data(sizes, loss)

    losses = network.loss(theta, x, y)

    functions = with_autograd.ACTIVATIONS["tanh"], with_autograd.LOSSES[loss]
    alone = [with_autograd.loss(point, x, y, sizes, *functions, 0.01, 0.1) for point in theta.T]
    np.testing.assert_allclose(losses, alone, rtol=1e-12)


@pytest.mark.usefixtures("blas")
@pytest.mark.parametrize("activation", ["tanh", "relu", "gelu", "sine"])
def test_sample_gradients_are_those_of_each_point(activation: str) -> None:
    sizes = [4, 6, 5, 3]
    network = fl.Network(sizes, activation, l2=0.1)
    theta, (x, y) = np.random.default_rng(2).standard_normal((network.size, 3)), data(sizes, "cross_entropy")

    rows = network.sample_gradients(theta, x, y)

    assert rows.shape == (3, 7, network.size)
    means = [network.gradient(point, x, y) for point in theta.T]
    np.testing.assert_allclose(rows.mean(axis=1), means, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize(
    "own",
    [
        {"activation": lambda z: z - z.mean(axis=0)},
        {"loss": lambda outputs, y: np.abs(outputs[:, 0] - y) ** 1.5},
        {"loss": lambda outputs, y: np.ptp(outputs[:, 0] - y)},
    ],
    ids=["activation that mixes samples", "loss of each sample", "loss of all samples"],
)
def test_functions_of_ones_own_see_one_point_at_a_time(own: dict[str, Any]) -> None:
    network = fl.Network([2, 3, 1], **({"loss": "mean_squared"} | own))
    rng = np.random.default_rng(3)
    theta, x, y = rng.standard_normal((network.size, 4)), rng.standard_normal((6, 2)), rng.standard_normal(6)

    losses = network.loss(theta, x, y)

    np.testing.assert_allclose(losses, [network.loss(point, x, y) for point in theta.T], rtol=1e-14)


def test_many_points_are_looked_at_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    network, (x, y) = fl.Network([4, 3, 1], l2=0.1), data([4, 1], "cross_entropy")
    theta = np.random.default_rng(5).standard_normal((network.size, 50))
    whole = network.loss(theta, x, y)
    looks: list[int] = []

    def sums(model: Model, x: Any) -> Any:
        looks.append(model.layers[0][0].shape[2])
        return at_points_sums(model, x)

    at_points_sums = at_points._sums
    monkeypatch.setattr(at_points, "CACHE", 8 * 3 * 7 * 12)
    monkeypatch.setattr(at_points, "_sums", sums)

    losses = network.loss(theta, x, y)

    assert looks == [12, 12, 12, 12, 2]
    np.testing.assert_allclose(losses, whole, rtol=1e-14)


@pytest.mark.parametrize("shape", [(4, 2), (3, 2, 1), (2,)])
def test_points_of_another_network_are_refused(shape: tuple[int, ...]) -> None:
    network = fl.Network([2, 1])

    with pytest.raises(ValueError, match="theta must be a vector of 3 parameters"):
        network.loss(np.ones(shape), [[1.0, 2.0]], [1])


def test_difference_of_a_loss_over_data_looks_at_all_its_points_at_once() -> None:
    network, looks = fl.Network([2, 1], loss="mean_squared"), []
    rng = np.random.default_rng(6)
    X, y = rng.standard_normal((9, 2)), rng.standard_normal(9)  # noqa: N806

    def loss(theta: np.ndarray, *samples: np.ndarray) -> Any:
        looks.append(theta.shape)
        return network.loss(theta, *samples)

    def ends(vectorized: bool) -> fl.Frame:
        objective = fl.DataLoss(loss, (X, y), fl.MiniBatch(4), vectorized=vectorized)
        rule, rng = fl.GradientDescent(0.1), np.random.default_rng(7)
        *_, last = islice(fl.descend(objective, np.ones(3), rule, rng=rng), 20)
        return last

    singly, together = ends(False), ends(True)

    assert looks[-2:] == [(3, 6), (3,)]
    np.testing.assert_allclose(together.x, singly.x, rtol=1e-9)
    assert together.evaluations == singly.evaluations == 20 * 6
