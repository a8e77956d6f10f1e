"""Pictures of a network: what it says all over the plane, and what each of its units makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fallline_app.demos.network.data import given
from fallline_app.tints import signed, tinted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    import fallline as fl
    from fallline_app.demos.network.setup import Setup

# Places along each side of the large picture; of every so many one is in the small ones.
SIDE, SPARSE = 39, 3
SMALL = SIDE // SPARSE


class Film(NamedTuple):
    """Pictures of moments: `at` says which, and the others stand in that order, of which `count` are there.

    `said` has shape (pictures, SIDE, SIDE), `units` (pictures, inputs and units, SMALL, SMALL): both row by row from the
    lower left.
    """

    at: list[int]
    said: NDArray[np.uint8]
    units: NDArray[np.uint8]


class Pictures:
    """Takes the pictures of a training."""

    def __init__(self, setup: Setup) -> None:
        self._network, self._data = setup.network, setup.data
        self._X = _plane(setup)

    def film(self, count: int) -> Film:
        """Return a film with room for so many pictures."""
        units = sum(self._network.sizes)
        return Film(
            [], np.zeros((count, SIDE, SIDE), np.uint8), np.zeros((count, units, SMALL, SMALL), np.uint8)
        )

    def take(self, film: Film, index: int, theta: NDArray[np.float64]) -> Film:
        """Return a film with the pictures of a moment too."""
        place = min(len(film.at), len(film.said) - 1)
        at = [*film.at[:place], index]
        if np.isfinite(theta).all():
            with np.errstate(all="ignore"):
                *hidden, outputs = self._network.responses(theta, self._X)
            film.said[place] = self._said(outputs).reshape(SIDE, SIDE)
            film.units[place] = _small([self._X, *hidden, outputs])
        return film._replace(at=at)

    def _said(self, outputs: NDArray[np.float64]) -> NDArray[np.uint8]:
        if self._data.is_classed:
            return tinted(shares(self._network, outputs))
        return signed(outputs[:, 0], self._data.reach)


def shares(network: fl.Network, outputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much speaks for each class, shape (n, classes), from 0 to 1; what a hinge gives is cut off there."""
    with np.errstate(over="ignore"):
        if outputs.shape[1] == 1:
            z = outputs[:, 0]
            second = (
                np.clip(0.5 + 0.5 * z, 0.0, 1.0) if network.criterion == "hinge" else 1.0 / (1.0 + np.exp(-z))
            )
            return np.stack([1.0 - second, second], axis=1)
        weights = np.exp(outputs - outputs.max(axis=1, keepdims=True))
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _plane(setup: Setup) -> NDArray[np.float64]:
    """Return the middles of the pictures' places; of a table's further columns, the mean."""
    x, y = (low + (high - low) * (np.arange(SIDE) + 0.5) / SIDE for low, high in setup.data.region)
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    if setup.data.names == ("x", "y"):
        return given(points, setup.inputs)
    return np.pad(points, ((0, 0), (0, len(setup.inputs) - 2)))


def _small(responses: list[NDArray[np.float64]]) -> NDArray[np.uint8]:
    """Return what units make of the plane: 128 for 0, and the ends for −1 and 1, or what is farther from 0."""
    values = np.concatenate(responses, axis=1).T.reshape(-1, SIDE, SIDE)[:, 1::SPARSE, 1::SPARSE]
    values = np.nan_to_num(values, posinf=0.0, neginf=0.0)
    farthest = np.maximum(1.0, np.abs(values).max(axis=(1, 2), keepdims=True))
    return np.asarray(np.rint(128.0 + 127.0 * values / farthest), dtype=np.uint8)
