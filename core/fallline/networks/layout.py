"""Where the weights and biases of a network's layers lie in its flat vector of parameters."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.networks.forward import Layers


@dataclass(frozen=True)
class Layout:
    """Lays out parameters: for each layer its weights W, (n_in, n_out) row by row, then its biases b, (n_out,).

    Parameters
    ----------
    sizes
        Units of each layer, from features to outputs.

    Examples
    --------
    >>> layout = Layout((1, 2))
    >>> layout.split(np.arange(4.0))
    [(array([[0., 1.]]), array([2., 3.]))]
    >>> layout.join(layout.split(np.arange(4.0)))
    array([0., 1., 2., 3.])
    """

    sizes: tuple[int, ...]

    @cached_property
    def size(self) -> int:
        """How many parameters there are."""
        return sum(n * k + k for n, k in pairwise(self.sizes))

    @cached_property
    def _places(self) -> list[tuple[tuple[int, int], int, int, int]]:
        places, start = [], 0
        for n, k in pairwise(self.sizes):
            middle, end = start + n * k, start + n * k + k
            places.append(((n, k), start, middle, end))
            start = end
        return places

    def split(self, theta: NDArray[Any]) -> Layers:
        """View parameters, (size, …), as weights and biases of each layer."""
        return [
            (theta[start:middle].reshape(shape + theta.shape[1:]), theta[middle:end])
            for shape, start, middle, end in self._places
        ]

    def join(self, layers: Layers) -> NDArray[np.float64]:
        """Put weights and biases of each layer into one flat vector, (size,).

        Raises
        ------
        ValueError
            If their shapes are not those of the layers.
        """
        shapes = [(np.shape(weights), np.shape(biases)) for weights, biases in layers]
        wanted = [((n, k), (k,)) for n, k in pairwise(self.sizes)]
        if shapes != wanted:
            raise ValueError(f"weights and biases must have the shapes {wanted}, got {shapes}")
        return np.concatenate([np.ravel(np.asarray(part, float)) for layer in layers for part in layer])
