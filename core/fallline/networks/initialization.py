"""Weights to begin with."""

import numpy as np

from fallline.arrays import check_generator
from fallline.networks.forward import Layers

INITIALIZATIONS = ("glorot", "he", "zeros")


def check_initialization(name: str) -> None:
    """Refuse an unknown initialization.

    Raises
    ------
    ValueError
        If the name is unknown.

    Examples
    --------
    >>> check_initialization("he")
    """
    if name not in INITIALIZATIONS:
        raise ValueError(f"initialization must be one of {', '.join(INITIALIZATIONS)}, got {name!r}")


def draw_weights(layers: Layers, initialization: str, rng: np.random.Generator) -> None:
    """Fill the weights of each layer.

    "glorot": uniform within ±√(6/(n_in + n_out)) (Glorot and Bengio, 2010, eq. 16), which keeps the variance of signals
    and slopes from layer to layer for tanh and its like. "he": normal with variance 2/n_in (He et al., 2015, eq. 10), which
    does so for ReLU and its like. "zeros": all the same, from which hidden units never grow apart.

    Raises
    ------
    TypeError
        If `rng` is no generator.

    Examples
    --------
    >>> draw_weights([(weights := np.empty((1, 1)), np.zeros(1))], "zeros", np.random.default_rng(0))
    >>> weights
    array([[0.]])
    """
    check_generator(rng)
    for weights, _ in layers:
        n, k = weights.shape
        if initialization == "glorot":
            weights[:] = rng.uniform(-1.0, 1.0, (n, k)) * np.sqrt(6.0 / (n + k))
        elif initialization == "he":
            weights[:] = rng.normal(0.0, np.sqrt(2.0 / n), (n, k))
        else:
            weights[:] = 0.0
