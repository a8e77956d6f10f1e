from __future__ import annotations

import numpy as np
import pytest

from fallline.networks import Network, decision_surface, filter_normalized, loss_surface


def test_decision_surface_is_the_outputs_at_each_place() -> None:
    network = Network([2, 4, 3])
    theta = network.initial(np.random.default_rng(0))
    x, y = np.array([0.0, 1.0, 2.0]), np.array([-1.0, 5.0])

    surface = decision_surface(network, theta, x, y)

    assert surface.shape == (2, 3, 3)
    np.testing.assert_allclose(surface[1, 2], network.outputs(theta, [[2.0, 5.0]])[0], rtol=1e-13)


def test_decision_surface_needs_two_features() -> None:
    with pytest.raises(ValueError, match="needs a network with 2 features, got 3"):
        decision_surface(Network([3, 1]), np.zeros(4), [0.0], [0.0])


def test_direction_has_the_length_of_each_units_weights() -> None:
    network = Network([3, 4, 2])
    theta = network.initial(np.random.default_rng(0))

    direction = filter_normalized(network, theta, np.random.default_rng(1))

    for (weights, _), (drawn, biases) in zip(network.layers(theta), network.layers(direction), strict=True):
        np.testing.assert_allclose(np.linalg.norm(drawn, axis=0), np.linalg.norm(weights, axis=0))
        assert not biases.any()


def test_loss_surface_of_a_rescaled_relu_network_looks_the_same() -> None:
    # Twice the weights in and half the weights out is the same function; its surface must be the same as well.
    rng = np.random.default_rng(0)
    network = Network([3, 4, 2], "relu")
    theta, x, y = network.initial(rng), rng.standard_normal((20, 3)), rng.integers(0, 2, 20)
    rescaled = theta.copy()
    (first, _), (second, _) = network.layers(rescaled)
    first *= 2.0
    second *= 0.5
    places = np.linspace(-1.0, 1.0, 3)

    surfaces = []
    for parameters in (theta, rescaled):
        chance = np.random.default_rng(1)
        across, up = (filter_normalized(network, parameters, chance) for _ in range(2))
        surfaces.append(loss_surface(network, parameters, x, y, across, up, places, places))

    np.testing.assert_allclose(surfaces[0], surfaces[1])
    assert surfaces[0][1, 1] == network.loss(theta, x, y)
    assert np.ptp(surfaces[0]) > 0.1
