from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import log_softmax  # type: ignore[import-untyped]

from fallline.networks import INITIALIZATIONS, Network


def random() -> np.random.Generator:
    return np.random.default_rng(5)


@pytest.mark.parametrize(
    ("sizes", "size"), [([64, 64, 10], 4810), ([2, 32, 32, 2], 1218), ([2, 8, 8, 1], 105), ([3, 1], 4)]
)
def test_size_counts_weights_and_biases(sizes: list[int], size: int) -> None:
    assert Network(sizes).size == size


def test_layers_are_views_of_the_vector() -> None:
    network = Network([2, 3, 1])
    theta = np.zeros(network.size)

    network.layers(theta)[1][0][2, 0] = 7.0

    assert np.flatnonzero(theta).tolist() == [2 * 3 + 3 + 2]


def test_flatten_is_the_inverse_of_layers() -> None:
    network = Network([2, 3, 1])
    theta = network.initial(random())

    np.testing.assert_array_equal(network.flatten(network.layers(theta)), theta)


def test_given_parameters_must_have_the_shapes_of_the_network() -> None:
    with pytest.raises(ValueError, match=r"shapes \[\(\(2, 1\), \(1,\)\)\], got \[\(\(1, 2\), \(1,\)\)\]"):
        Network([2, 1]).flatten([(np.zeros((1, 2)), np.zeros(1))])


@pytest.mark.parametrize(
    ("initialization", "variance"), [("glorot", 2 / 300), ("he", 2 / 100), ("zeros", 0.0)]
)
def test_weights_begin_with_the_variance_of_the_paper(initialization: str, variance: float) -> None:
    network = Network([100, 200, 200], initialization=initialization)

    weights, biases = network.layers(network.initial(random()))[0]

    assert weights.var() == pytest.approx(variance, rel=0.03)
    assert not biases.any()


def test_initial_parameters_follow_from_the_seed() -> None:
    network = Network([3, 4, 2])

    np.testing.assert_array_equal(network.initial(random()), network.initial(random()))


def test_outputs_are_those_of_the_formula() -> None:
    network = Network([2, 3, 2])
    theta = network.initial(random())
    (w, b), (v, c) = network.layers(theta)
    x = random().standard_normal((5, 2))

    np.testing.assert_allclose(network.outputs(theta, x), np.tanh(x @ w + b) @ v + c, rtol=1e-13)


def test_loss_of_huge_outputs_is_finite_and_right() -> None:
    network = Network([1, 3])
    theta = np.array([1.0, 0.0, -1.0, 0.0, 0.0, 0.0])
    x, y = np.array([[1e4], [-1e4]]), np.array([2, 2])
    reference = -log_softmax(network.outputs(theta, x), axis=1)[[0, 1], y].mean()

    assert network.loss(theta, x, y) == pytest.approx(reference)
    assert np.isfinite(network.gradient(theta, x, y, "node")).all()
    assert Network([1, 1]).loss([1.0, 0.0], x, [0, 1]) == pytest.approx(1e4)
    assert np.isfinite(Network([1, 1]).gradient([1.0, 0.0], x, [0, 1])).all()


@pytest.mark.parametrize(
    "y", [[0, 1, 1], [0.0, 1.0, 1.0], [False, True, True], np.array([0, 1, 1], np.uint8)]
)
def test_classes_can_be_of_any_type_that_counts(y: Any) -> None:
    x = random().standard_normal((3, 2))

    for outputs in (1, 2):
        network = Network([2, outputs])
        theta = network.initial(random())
        assert network.loss(theta, x, y) == network.loss(theta, x, [0, 1, 1])


def test_prediction_is_the_class_of_the_largest_output() -> None:
    x = random().standard_normal((50, 2))
    network = Network([2, 3])
    theta = network.initial(random())

    np.testing.assert_array_equal(network.predict(theta, x), network.outputs(theta, x).argmax(axis=1))
    np.testing.assert_array_equal(Network([2, 1]).predict([1.0, 0.0, 0.0], x), (x[:, 0] > 0.0).astype(int))


def test_prediction_of_numbers_is_the_outputs() -> None:
    network = Network([2, 3], loss="huber")
    theta, x = network.initial(random()), np.ones((4, 2))

    np.testing.assert_array_equal(network.predict(theta, x), network.outputs(theta, x))


def test_one_number_a_sample_can_be_given_flat_or_as_a_column() -> None:
    network = Network([2, 1], loss="mean_squared")
    theta, x = network.initial(random()), np.ones((4, 2))

    assert network.loss(theta, x, [1.0, 2.0, 3.0, 4.0]) == network.loss(
        theta, x, [[1.0], [2.0], [3.0], [4.0]]
    )


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"sizes": [2]}, ValueError, r"at least features and outputs, each at least 1; got \[2\]"),
        ({"sizes": [2, 0, 1]}, ValueError, "each at least 1"),
        ({"sizes": [2, 1.5]}, TypeError, r"whole numbers.*such as \[2, 8, 1\]"),
        ({"sizes": 3}, TypeError, "whole numbers"),
        ({"activation": "swish"}, ValueError, "activation must be one of tanh, .*; got 'swish'"),
        ({"activation": 3}, TypeError, "activation must be a name or a function, got 3"),
        ({"loss": "cross-entropy"}, ValueError, "loss must be one of cross_entropy, .*; got 'cross-entropy'"),
        ({"loss": None}, TypeError, "loss must be a name or a function, got None"),
        ({"l1": -1.0}, ValueError, "l1 must be at least 0 and finite, got -1.0"),
        ({"l2": np.inf}, ValueError, "l2 must be at least 0"),
        ({"initialization": "lecun"}, ValueError, "one of glorot, he, zeros, got 'lecun'"),
    ],
)
def test_network_that_is_none_is_refused(
    arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        Network(**{"sizes": [2, 1], **arguments})


def test_network_is_a_value() -> None:
    assert Network([2, 1]) == Network((2, 1))
    assert Network([2, 1]) != Network([2, 1], "relu")
    with pytest.raises(AttributeError):
        Network([2, 1]).l1 = 3.0  # type: ignore[misc]


@pytest.mark.parametrize("initialization", INITIALIZATIONS)
def test_every_initialization_is_drawn(initialization: str) -> None:
    assert np.isfinite(Network([3, 2], initialization=initialization).initial(random())).all()


def test_network_learns_by_differences_alone() -> None:
    rng = random()
    x = rng.uniform(-1.0, 1.0, (200, 2))
    y = (x[:, 0] * x[:, 1] > 0.0).astype(int)
    network = Network([2, 8, 1])
    theta = network.initial(rng)

    for _ in range(1500):
        theta -= 1.0 * network.gradient(theta, x, y, "node")

    assert (network.predict(theta, x) == y).mean() > 0.97


def test_responses_are_what_comes_out_of_each_layer() -> None:
    network = Network([2, 3, 4, 2])
    rng = np.random.default_rng(0)
    theta, rows = network.initial(rng), rng.standard_normal((5, 2))
    expected, a = [], rows
    for layer, (weights, biases) in enumerate(network.layers(theta)):
        a = a @ weights + biases if layer == 2 else np.tanh(a @ weights + biases)
        expected.append(a)

    responses = network.responses(theta, rows)

    for response, wanted in zip(responses, expected, strict=True):
        np.testing.assert_allclose(response, wanted, rtol=1e-12)
