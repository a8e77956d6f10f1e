"""Activations and losses of which nothing is known but their values."""

from __future__ import annotations

from typing import Any

import autograd.numpy as anp  # type: ignore[import-untyped]
import numpy as np
import pytest
from tests.core.networks import with_autograd
from tests.core.networks.problems import STRUCTURED, distance, own_relu, problem

from fallline.networks import Activation, Network


@pytest.mark.parametrize("method", ["layerwise", "node", "weight", "naive", "complex"])
def test_any_function_works_without_its_slope(method: str) -> None:
    theta, x, y = problem([3, 5, 2])
    network = Network([3, 5, 2], activation=lambda z: z / np.sqrt(1.0 + z * z))
    softsign = lambda z: z / (1.0 + z**2) ** 0.5
    reference = with_autograd.gradient(theta, x, y, [3, 5, 2], softsign, with_autograd.cross_entropy)

    assert distance(network.gradient(theta, x, y, method), reference) < 1e-9


def test_backprop_without_the_slope_is_refused_with_a_way_out() -> None:
    theta, x, y = problem([3, 5, 2])

    with pytest.raises(TypeError, match=r'slope of the activation own_relu.*"layerwise" or "node"'):
        Network([3, 5, 2], own_relu).gradient(theta, x, y)
    with pytest.raises(TypeError, match=r'slope of first_output.*"layerwise"'):
        Network([3, 5, 2], loss=first_output).gradient(theta, x, y)


def first_output(outputs: Any, y: Any) -> Any:
    return outputs[:, 0] ** 2 + y


def test_backprop_takes_a_slope_that_is_given() -> None:
    theta, x, y = problem([3, 5, 2])
    given = Activation("own", np.tanh, slope=lambda z, a: 1.0 - a * a)

    gradient = Network([3, 5, 2], given).gradient(theta, x, y)

    np.testing.assert_array_equal(gradient, Network([3, 5, 2]).gradient(theta, x, y))


@pytest.mark.parametrize("method", ["layerwise", "node", "weight", "naive"])
def test_any_loss_of_a_sample_works(method: str) -> None:
    theta, x, y = problem([3, 5, 2], "mean_squared")
    network = Network([3, 5, 2], loss=lambda z, y: np.log(1.0 + ((z - y) ** 2).sum(axis=1)))
    log_loss = lambda z, y: anp.log(1.0 + ((z - y) ** 2).sum(axis=1))
    reference = with_autograd.gradient(theta, x, y, [3, 5, 2], with_autograd.tanh, log_loss)

    assert distance(network.gradient(theta, x, y, method), reference) < 1e-9


def centred(z: Any, y: Any) -> Any:
    return ((z - z.mean(axis=0)) ** 2).sum(axis=1) * (1.0 + y)


def one_number(z: Any, y: Any) -> Any:
    return (z**2).mean() + y.mean()


@pytest.mark.parametrize("method", STRUCTURED)
@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"loss": centred}, "a sample's loss depends on the others"),
        ({"loss": one_number}, r"this one returned shape \(\): return a loss for each sample"),
        ({"activation": lambda z: z - z.mean(axis=0)}, "number by number, and <lambda> mixes them"),
        ({"activation": lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)}, "number by number"),
        ({"activation": np.signbit}, "must return floats"),
    ],
)
def test_what_mixes_samples_is_refused_with_the_reason(
    method: str, settings: dict[str, Any], reason: str
) -> None:
    theta, x, y = problem([3, 5, 2])

    with pytest.raises(ValueError, match=reason):
        Network([3, 5, 2], **settings).gradient(theta, x, y, method)


def test_mixing_is_found_where_there_is_only_one_unit_or_one_sample() -> None:
    theta, x, y = problem([3, 1, 2], samples=1)

    with pytest.raises(ValueError, match="number by number"):
        Network([3, 1, 2], lambda z: z - z.mean(axis=0)).gradient(theta, x, y, "node")
    with pytest.raises(ValueError, match="depends on the others"):
        Network([3, 1, 2], loss=centred).gradient(theta, x, y, "node")


@pytest.mark.parametrize("samples", [1, 7])
def test_coupled_loss_has_a_naive_gradient(samples: int) -> None:
    theta, x, y = problem([3, 5, 2], samples=samples)
    x = np.concatenate([x, x + 1.0])
    y = np.concatenate([y, y])
    reference = with_autograd.gradient(theta, x, y, [3, 5, 2], with_autograd.tanh, centred)

    assert distance(Network([3, 5, 2], loss=centred).gradient(theta, x, y, "naive"), reference) < 1e-8
