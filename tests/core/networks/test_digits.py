"""The digits, learnt without backpropagation."""

from __future__ import annotations

import numpy as np

from fallline.datasets import digits
from fallline.networks import Network
from fallline.optimizers.adam import Adam


def test_digits_are_learnt_by_node_space_differences_alone() -> None:
    rng = np.random.default_rng(0)
    x, y = digits()
    order = rng.permutation(len(x))
    x, y = x[order] / 16.0, y[order]
    network, optimizer = Network([64, 32, 10]), Adam(rate=0.01)
    theta = network.initial(rng)
    state = optimizer.init(theta)

    for _ in range(20):
        for batch in np.array_split(rng.permutation(1437), 12):
            slope = network.gradient(theta, x[batch], y[batch], method="node")
            theta, state = optimizer.step(theta, slope, state)

    assert (network.predict(theta, x[1437:]) == y[1437:]).mean() >= 0.95
