from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, softmax  # type: ignore[import-untyped]

from fallline.networks import Network, probabilities


def test_probabilities_are_the_softmax_of_the_outputs() -> None:
    network, rng = Network([3, 4, 5]), np.random.default_rng(0)
    theta, x = 30.0 * network.initial(rng), 30.0 * rng.standard_normal((20, 3))

    np.testing.assert_allclose(
        probabilities(network, theta, x), softmax(network.outputs(theta, x), axis=1), rtol=1e-12
    )


def test_one_output_gives_two_classes() -> None:
    network = Network([1, 1])
    x = np.array([[-30.0], [0.3], [30.0]])

    found = probabilities(network, [1.0, 0.0], x)

    np.testing.assert_allclose(found[:, 1], expit(x[:, 0]), rtol=1e-12)
    np.testing.assert_allclose(found.sum(axis=1), 1.0, rtol=1e-15)


def test_other_losses_tell_no_probabilities() -> None:
    with pytest.raises(ValueError, match="are for networks trained by 'cross_entropy', got 'hinge'"):
        probabilities(Network([2, 3], loss="hinge"), np.zeros(9), [[1.0, 2.0]])
