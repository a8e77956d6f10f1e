"""What each hidden unit looks for: its weights, one for each cell of a picture, as they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    import fallline as fl

SIDE = 8
# In units of a byte: 0 weight is in the middle, the largest at one end.
MIDDLE, REACH = 128, 127


def unit_pictures(network: fl.Network, thetas: Sequence[NDArray[np.float64]]) -> NDArray[np.uint8]:
    """Return the weights into each hidden unit as bytes around 128, shape (moments, units, 8, 8).

    All are on one scale, that of the largest weight there is among them, so that they can be compared and seen to grow.
    """
    weights = np.stack([network.layers(theta)[0][0].T for theta in thetas])
    scaled = weights / largest_weight(network, thetas)
    return (MIDDLE + np.rint(REACH * scaled)).astype(np.uint8).reshape(*weights.shape[:2], SIDE, SIDE)


def largest_weight(network: fl.Network, thetas: Sequence[NDArray[np.float64]]) -> float:
    """Return the largest size of a weight into a hidden unit; 1 where all are 0."""
    return max(float(np.abs(network.layers(theta)[0][0]).max()) for theta in thetas) or 1.0


def unit_sentences(network: fl.Network, theta: NDArray[np.float64]) -> list[str]:
    """Say of each hidden unit which digit it speaks for most, and which against."""
    onward = network.layers(theta)[1][0]
    return [
        f"Unit {number}: seeing it speaks most for the digit {row.argmax()}, most against the digit {row.argmin()}."
        for number, row in enumerate(onward, 1)
    ]
