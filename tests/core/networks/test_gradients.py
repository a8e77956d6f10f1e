from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest
from tests.core.networks import with_autograd
from tests.core.networks.problems import STRUCTURED, distance, own_relu, problem

from fallline.networks import METHODS, Network, gradients, products
from fallline.networks.steps import PLAIN

DEPTHS = [[3, *[6] * hidden, 3] for hidden in range(7)]

each_activation = pytest.mark.parametrize("activation", with_autograd.ACTIVATIONS)
each_loss = pytest.mark.parametrize("loss", with_autograd.LOSSES)
each_output = pytest.mark.parametrize("outputs", [1, 3])


# Against autograd


@each_activation
@each_loss
@each_output
def test_backprop_agrees_with_autograd(activation: str, loss: str, outputs: int) -> None:
    sizes = [4, 6, 5, outputs]
    theta, x, y = problem(sizes, loss)
    functions = with_autograd.ACTIVATIONS[activation], with_autograd.LOSSES[loss]
    network = Network(sizes, activation, loss, l1=0.01, l2=0.1)

    gradient = network.gradient(theta, x, y)

    value = with_autograd.loss(theta, x, y, sizes, *functions, 0.01, 0.1)
    assert network.loss(theta, x, y) == pytest.approx(value, rel=1e-13)
    assert distance(gradient, with_autograd.gradient(theta, x, y, sizes, *functions, 0.01, 0.1)) < 1e-13


@pytest.mark.parametrize("method", STRUCTURED)
@each_activation
@each_loss
@each_output
def test_differences_agree_with_autograd(method: str, activation: str, loss: str, outputs: int) -> None:
    sizes = [4, 6, 5, outputs]
    theta, x, y = problem(sizes, loss)
    functions = with_autograd.ACTIVATIONS[activation], with_autograd.LOSSES[loss]

    gradient = Network(sizes, activation, loss).gradient(theta, x, y, method)

    reference = with_autograd.gradient(theta, x, y, sizes, *functions)
    # Where an addition theorem is known, or nothing is subtracted at all, no digits are lost.
    exact = method == "complex" or (method != "weight" and activation != "gelu")
    assert distance(gradient, reference) < (1e-13 if exact else 1e-9)


# Node space and the naive central difference


@pytest.mark.parametrize("sizes", DEPTHS, ids=str)
@pytest.mark.parametrize("activation", ["tanh", "relu", own_relu, np.arctan])
@pytest.mark.parametrize("seed", range(3))
def test_node_space_agrees_with_the_naive_difference_at_every_depth(
    sizes: list[int], activation: Any, seed: int
) -> None:
    theta, x, y = problem(sizes, samples=50, seed=seed)
    network = Network(sizes, activation)

    gradient = network.gradient(theta, x, y, "node")

    assert distance(gradient, network.gradient(theta, x, y, "naive")) < 1e-9


@pytest.mark.parametrize("activation", ["relu", own_relu])
@pytest.mark.parametrize("seed", range(15))
def test_node_space_agrees_with_the_naive_difference_where_kinks_are_many(activation: Any, seed: int) -> None:
    # So many samples that some of them always lie within a step of some unit's kink.
    theta, x, y = problem([2, 8, 8, 1], samples=1000, seed=seed)
    network = Network([2, 8, 8, 1], activation)

    gradient = network.gradient(theta, x, y, "node")

    assert distance(gradient, network.gradient(theta, x, y, "naive")) < 1e-9


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", own_relu])
@pytest.mark.parametrize("hidden", [1, 2, 4])
@pytest.mark.parametrize("part", [0.0, 0.3, -0.7])
def test_node_space_follows_the_naive_difference_across_a_kink(
    activation: Any, hidden: int, part: float
) -> None:
    sizes = [3, *[5] * hidden, 2]
    theta, x, y = problem(sizes, samples=8)
    network = Network(sizes, activation)
    # The last hidden layer's first unit is brought to a small part of a step from its kink, for the first sample.
    weights, biases = network.layers(theta)[hidden - 1]
    a = x[0]
    for w, b in network.layers(theta)[: hidden - 1]:
        a = np.maximum(a @ w + b, 0.0 if activation != "leaky_relu" else 0.01 * (a @ w + b))
    biases[0] = part * PLAIN - a @ weights[:, 0]
    weights_out, _ = network.layers(theta)[hidden]
    weights_out[0] = [1.0, -1.0]

    gradient = network.gradient(theta, x, y, "node")

    naive = network.gradient(theta, x, y, "naive")
    assert distance(gradient, naive) < 1e-9
    known = "relu" if activation is own_relu else activation
    assert distance(Network(sizes, known).gradient(theta, x, y), naive) > 1e-4


@pytest.mark.parametrize("loss", ["mean_absolute", "huber", "hinge"])
def test_node_space_follows_the_naive_difference_across_a_kink_of_the_loss(loss: str) -> None:
    sizes = [2, 4, 1]
    network = Network(sizes, loss=loss)
    theta, x, y = problem(sizes, loss)
    kink = {"mean_absolute": 0.0, "huber": 1.0, "hinge": 2.0 * y[0] - 1.0}[loss]
    at_kink = network.outputs(theta, x)[0, 0] - kink + 0.2 * PLAIN
    if loss == "hinge":
        theta[-1] -= at_kink
    else:
        y[0] = at_kink

    gradient = network.gradient(theta, x, y, "node")

    naive = network.gradient(theta, x, y, "naive")
    assert distance(gradient, naive) < 1e-9
    assert distance(network.gradient(theta, x, y), naive) > 1e-8


@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize("method", [method for method in METHODS if method != "spsa"])
def test_gradient_from_zeros_is_that_of_the_naive_difference(activation: str, method: str) -> None:
    _, x, y = problem([3, 4, 4, 2])
    network = Network([3, 4, 4, 2], activation, initialization="zeros")
    theta = network.initial(np.random.default_rng(0))

    gradient = network.gradient(theta, x, y, method)

    np.testing.assert_allclose(gradient, network.gradient(theta, x, y, "naive"), rtol=0.0, atol=1e-10)


# SPSA


def test_spsa_is_right_on_average() -> None:
    theta, x, y = problem([2, 3, 1])
    network, rng = Network([2, 3, 1]), np.random.default_rng(3)
    exact = network.gradient(theta, x, y)
    count = 400

    mean = np.mean([network.gradient(theta, x, y, "spsa", rng=rng) for _ in range(count)], axis=0)

    cosine = mean @ exact / np.linalg.norm(mean) / np.linalg.norm(exact)
    assert cosine == pytest.approx(np.sqrt(count / (count + network.size - 1)), abs=0.02)


def test_spsa_without_a_source_of_chance_can_be_repeated() -> None:
    theta, x, y = problem([2, 3, 1])
    network = Network([2, 3, 1])

    first, again = (network.gradient(theta, x, y, "spsa") for _ in range(2))
    elsewhere = network.gradient(theta + 0.01, x, y, "spsa")

    np.testing.assert_array_equal(first, again)
    assert (np.sign(first) != np.sign(elsewhere)).any()


# How it is computed


@pytest.mark.parametrize("method", METHODS)
def test_parameters_are_left_as_they_were(method: str) -> None:
    theta, x, y = problem([3, 4, 2])
    before = theta.copy()

    Network([3, 4, 2], l2=0.1).gradient(theta, x, y, method)

    np.testing.assert_array_equal(theta, before)


@pytest.mark.parametrize("method", STRUCTURED)
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_result_does_not_depend_on_the_chunks(
    method: str, activation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    theta, x, y = problem([3, 6, 5, 4, 2])
    network = Network([3, 6, 5, 4, 2], activation)
    whole = network.gradient(theta, x, y, method)

    monkeypatch.setattr(gradients, "BUDGET", 1)

    np.testing.assert_allclose(network.gradient(theta, x, y, method), whole, rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("method", METHODS)
def test_result_is_the_same_without_a_blas(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    theta, x, y = problem([3, 6, 5, 2])
    network = Network([3, 6, 5, 2])
    with_blas = network.gradient(theta, x, y, method)

    monkeypatch.setattr(products, "HAS_BLAS", not products.HAS_BLAS)

    np.testing.assert_allclose(network.gradient(theta, x, y, method), with_blas, rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("method", ["node", "weight"])
def test_memory_stays_close_to_that_of_one_pass(method: str) -> None:
    sizes = [4, 64, 64, 2]
    theta, x, y = problem(sizes, samples=1000)
    network = Network(sizes)

    tracemalloc.start()
    network.gradient(theta, x, y, method)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    one_pass = 8 * 1000 * (4 + 64 * 4 + 2)
    # All shifts of the second layer at once would be 2 × 64 × 64 × 1000 numbers: 66 MB for a single array.
    assert peak < one_pass + 5 * gradients.BUDGET


@pytest.mark.parametrize("method", ["layerwise", "node", "weight", "naive"])
def test_a_step_that_is_given_is_taken(method: str) -> None:
    network = Network([1, 1], loss=lambda z, y: (z[:, 0] - y) ** 3)

    slope = network.gradient([0.0, 0.0], [[1.0]], [0.0], method, step=0.5)

    # (h³ − (−h)³)/2h = h²
    np.testing.assert_allclose(slope, 0.25)


def test_penalties_are_differenced_too() -> None:
    network = Network([1, 1], loss=lambda z, y: 0.0 * z[:, 0], l1=1.0)

    slope = network.gradient([0.25, 0.0], [[1.0]], [0.0], "naive", step=0.5)

    # (|0.75| − |−0.25|)/1, and nothing for the bias.
    np.testing.assert_allclose(slope, [0.5, 0.0])


# Where numbers end


def test_divergence_is_a_result() -> None:
    theta, x, y = problem([3, 4, 2])

    assert np.isnan(Network([3, 4, 2]).gradient(np.full_like(theta, np.nan), x, y)).all()


@each_output
@pytest.mark.parametrize("size", [1e6, 1e7])
def test_node_space_follows_shifts_whose_exponentials_overflow(size: float, outputs: int) -> None:
    theta, x, y = problem([3, 5, 4, outputs])
    network = Network([3, 5, 4, outputs], activation="relu")

    exact, node = (network.gradient(size * theta, x, y, method=method) for method in ("backprop", "node"))

    # The shift is longer than the bend of the loss is wide.
    assert distance(node, exact) < 0.05


@pytest.mark.parametrize("outputs", [1, 3])
def test_activation_that_gives_no_number_makes_a_gradient_without_one(outputs: int) -> None:
    network = Network([2, 6, outputs], lambda z: np.where(np.abs(z) < 1.0, z, np.nan))
    rng = np.random.default_rng(0)
    theta, x, y = 3.0 * network.initial(rng), rng.standard_normal((20, 2)), rng.integers(0, 2, 20)

    with np.errstate(all="ignore"):
        gradient = network.gradient(theta, x, y, method="node")

    assert np.isnan(gradient).any()
