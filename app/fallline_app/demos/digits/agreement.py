"""How far the slopes by differences and those by backpropagation agree; asked for, and used by no step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    import fallline as fl
    from fallline_app.demos.digits.training import Task

# On how many digits of the training's part, and at how many places, the first and the last among them.
SAMPLES, PLACES = 128, 5


class Agreement(NamedTuple):
    """Largest difference as a part of the largest slope, the digits that agree, and how far the cosine is below 1."""

    step: int
    off: float
    digits: float
    angle: float


def agree(
    task: Task, transparent: fl.Network, steps: Sequence[int], thetas: Sequence[NDArray[np.float64]]
) -> list[Agreement]:
    """Compare both slopes at weights that were kept, after so many steps each; `transparent` tells its derivatives."""
    chosen = np.unique(np.linspace(0, len(thetas) - 1, PLACES).round().astype(int))
    return [_agreement(task, transparent, steps[index], thetas[index]) for index in chosen]


def _agreement(task: Task, transparent: fl.Network, step: int, theta: NDArray[np.float64]) -> Agreement:
    X, y = (part[:SAMPLES] for part in task.parts[:2])  # noqa: N806
    by_node = task.network.gradient(theta, X, y, method="node", step=task.step)
    by_backprop = transparent.gradient(theta, X, y, method="backprop")
    largest = float(np.abs(by_backprop).max())
    off = float(np.abs(by_node - by_backprop).max()) / largest if largest else 0.0
    return Agreement(step, off, -np.log10(max(off, 1e-17)), _below_one(by_node, by_backprop))


def _below_one(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Return 1 − cos of the angle between two vectors, as half the square of what separates their directions."""
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    if not all(lengths):
        return 0.0
    return float(0.5 * np.sum((a / lengths[0] - b / lengths[1]) ** 2))
