"""How far the slopes by differences and those by backpropagation agree; asked for, and used by no step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fallline_app.demos.digits.training import TRAIN, Training

if TYPE_CHECKING:
    from numpy.typing import NDArray

    import fallline as fl

# On how many digits of the training's part, and at how many places, the first and the last among them.
SAMPLES, PLACES = 128, 5


class Agreement(NamedTuple):
    """Largest difference as a part of the largest slope, the digits that agree, and how far the cosine is below 1."""

    step: int
    off: float
    digits: float
    angle: float


def agree(training: Training, transparent: fl.Network) -> list[Agreement]:
    """Compare both slopes at weights that were kept; `transparent` is the network, and tells its derivatives."""
    task, found = training.task, []
    X, y, *_ = (part[:SAMPLES] for part in task.parts())  # noqa: N806
    for index in np.unique(np.linspace(0, len(training.keys) - 1, PLACES).round().astype(int)):
        theta, step = training.thetas[index], training.rows[training.keys[index]][TRAIN].step
        by_node = task.network.gradient(theta, X, y, method="node", step=task.step)
        by_backprop = transparent.gradient(theta, X, y, method="backprop")
        found.append(_agreement(int(step), by_node, by_backprop))
    return found


def _agreement(step: int, by_node: NDArray[np.float64], by_backprop: NDArray[np.float64]) -> Agreement:
    largest = float(np.abs(by_backprop).max())
    off = float(np.abs(by_node - by_backprop).max()) / largest if largest else 0.0
    return Agreement(step, off, -float(np.log10(max(off, 1e-17))), _below_one(by_node, by_backprop))


def _below_one(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Return 1 − cos of the angle between two vectors, as half the square of what separates their directions."""
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    if not all(lengths):
        return 0.0
    return float(0.5 * np.sum((a / lengths[0] - b / lengths[1]) ** 2))
