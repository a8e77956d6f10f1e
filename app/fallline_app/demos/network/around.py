"""The loss around one step of a training: a plane through its place, chosen so that the path lies in it as well as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import fallline as fl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.demos.network.run import Run

# Losses are taken at so many places along each side, of at most so many points.
SAMPLES, MOST_POINTS = 31, 300
# The room around the path, as a share of its extent; and the least extent.
ROOM, LEAST = 0.4, 1e-2


class Around(NamedTuple):
    """A plane of parameters: where the path goes in it, shape (moments, 2), and its two directions, (parameters,) each.

    `share` is the part of the path's variance that lies in it, and `domain` what is looked at.
    """

    path: NDArray[np.float64]
    directions: NDArray[np.float64]
    middle: NDArray[np.float64]
    share: float
    domain: tuple[tuple[float, float], tuple[float, float]]


def look_around(run: Run, moment: int | None = None) -> Around | None:
    """Find the two directions in which the path varies most around a moment, the last where none is named.

    None where there is no path, or it left all bounds.

    Li, Xu, Taylor, Studer and Goldstein, "Visualizing the Loss Landscape of Neural Nets", 2018, section 7.
    """
    thetas = run.thetas[: run.last + 1]
    if len(thetas) < 3 or not np.isfinite(thetas).all() or np.abs(thetas).max() > 1e6:
        return None
    middle = thetas[run.last if moment is None else moment]
    _, sizes, directions = np.linalg.svd(thetas - middle, full_matrices=False)
    if not sizes[0] > 0.0 or len(middle) < 2:
        return None
    # A sign that rounding cannot turn: the path begins to the left, and below.
    path = (thetas - middle) @ directions[:2].T
    signs = np.where(path[np.abs(path).argmax(axis=0), [0, 1]] > 0.0, -1.0, 1.0)
    path, directions = path * signs, directions[:2] * signs[:, None]
    share = float((sizes[:2] ** 2).sum() / (sizes**2).sum())
    low, high = path.min(axis=0), path.max(axis=0)
    room = np.maximum(ROOM * (high - low).max(), LEAST)
    (left, bottom), (right, top) = (low - room).tolist(), (high + room).tolist()
    return Around(path, directions, middle, share, ((left, right), (bottom, top)))


def losses(run: Run, around: Around, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the loss at places of the plane, shape (2, SAMPLES²), row by row."""
    setup = run.setup
    first, second = points[0, :SAMPLES], points[1, ::SAMPLES]
    rows = setup.X[:MOST_POINTS], setup.y[:MOST_POINTS]
    with np.errstate(all="ignore"):
        return fl.loss_surface(
            setup.network, around.middle, *rows, around.directions[0], around.directions[1], first, second
        ).ravel()


def place(run: Run, moment: int) -> str:
    """Name the place that is looked around."""
    step = f"step {run.column('step')[0, moment]:.0f}"
    return f"{step}, the end" if moment == run.last else step


def describe(run: Run, around: Around | None, moment: int) -> str:
    """Say in one sentence what the landscape shows."""
    if around is None:
        return "Loss around the end of the training: nothing to be seen, for there is no path, or it left all bounds."
    seen = f" of {MOST_POINTS} points" if len(run.setup.y) > MOST_POINTS else ""
    return (
        f"Loss{seen} on a plane of the {run.setup.network.size} parameters, through {place(run, moment)}, "
        f"in which {100.0 * around.share:.0f} % of the path's variance lies."
    )
