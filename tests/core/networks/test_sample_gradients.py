from __future__ import annotations

import numpy as np
import pytest
from tests.core.networks import with_autograd

import fallline as fl


@pytest.mark.parametrize("loss", with_autograd.LOSSES)
@pytest.mark.parametrize("sizes", [[4, 1], [4, 6, 5, 3]])
def test_rows_are_autograds_gradients_of_one_sample_each(sizes: list[int], loss: str) -> None:
    rng = np.random.default_rng(1)
    network = fl.Network(sizes, "tanh", loss, l1=0.01, l2=0.1)
    theta, x = rng.standard_normal(network.size), rng.standard_normal((7, 4))
    y = (
        rng.integers(0, max(2, sizes[-1]), 7)
        if loss in ("cross_entropy", "hinge")
        else rng.normal(size=(7, sizes[-1]))
    )

    rows = network.sample_gradients(theta, x, y)

    functions = with_autograd.ACTIVATIONS["tanh"], with_autograd.LOSSES[loss]
    alone = [
        with_autograd.gradient(theta, x[i : i + 1], y[i : i + 1], sizes, *functions, 0.01, 0.1)
        for i in range(7)
    ]
    np.testing.assert_allclose(rows, alone, rtol=1e-12, atol=1e-13)


def test_their_mean_is_the_gradient() -> None:
    rng = np.random.default_rng(2)
    network = fl.Network([2, 8, 1])
    theta, x, y = network.initial(rng), rng.standard_normal((50, 2)), rng.integers(0, 2, 50)

    rows = network.sample_gradients(theta, x, y)

    np.testing.assert_allclose(rows.mean(axis=0), network.gradient(theta, x, y), rtol=1e-12, atol=1e-15)


def test_activation_without_a_slope_is_refused() -> None:
    network = fl.Network([1, 2, 1], activation=lambda z: np.maximum(z, 0.0))

    with pytest.raises(TypeError, match="backprop needs the slope"):
        network.sample_gradients(np.ones(7), [[1.0]], [0])
