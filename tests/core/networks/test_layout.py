"""Where parameters lie: split and joined, by NumPy's own reshaping."""

from itertools import pairwise

import numpy as np
import pytest

from fallline.networks.layout import Layout


@pytest.mark.parametrize("sizes", [(1, 1), (2, 3, 1), (4, 5, 6, 2)])
def test_parameters_lie_layer_by_layer_weights_before_biases(sizes: tuple[int, ...]) -> None:
    layout, rng = Layout(sizes), np.random.default_rng(0)
    layers = [(rng.normal(size=(n, k)), rng.normal(size=k)) for n, k in pairwise(sizes)]

    theta = layout.join(layers)

    np.testing.assert_array_equal(theta, np.concatenate([np.append(w.ravel(), b) for w, b in layers]))
    assert layout.size == len(theta)
    for (w, b), (weights, biases) in zip(layers, layout.split(theta), strict=True):
        np.testing.assert_array_equal(weights, w)
        np.testing.assert_array_equal(biases, b)
        # Views: what is written there is written into the vector.
        assert np.shares_memory(weights, theta)


def test_layers_of_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"must have the shapes \[\(\(1, 2\), \(2,\)\)\]"):
        Layout((1, 2)).join([(np.zeros((2, 1)), np.zeros(1))])
