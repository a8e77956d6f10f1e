"""How the noise falls with the size of a batch, at one place: by the formula, and as batches that are drawn have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import fallline as fl
from fallline_app.demos.batches.film import deviation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.demos.batches.problem import Problem

# Batches of each size that are drawn to measure their noise: its standard error is then about 4 %.
DRAWS = 300


class Law(NamedTuple):
    """The deviation of a batch's gradient for each size of `sizes`, and as measured for each of `tried`.

    `simple` is σ/√b, and `exact` what it is for batches that hold no sample twice.
    """

    sizes: NDArray[np.float64]
    exact: NDArray[np.float64]
    simple: NDArray[np.float64]
    tried: NDArray[np.float64]
    measured: NDArray[np.float64]


def noise_law(problem: Problem, place: tuple[float, float], seed: int) -> Law:
    """Return what the noise of batches of each size is at a place."""
    slopes = problem.network.sample_gradients(np.array(place), problem.X, problem.y)
    sizes = np.unique(np.geomspace(1, problem.samples, 60).round()).astype(int)
    at_each = np.broadcast_to(slopes, (len(sizes), *slopes.shape))
    exact = deviation(fl.batch_covariance(at_each, sizes))
    tried = 2 ** np.arange(int(np.log2(max(problem.samples - 1, 1))) + 1)
    measured = [_measured(slopes, int(size), seed) for size in tried]
    return Law(
        sizes.astype(float),
        exact,
        exact[0] / np.sqrt(sizes),
        tried.astype(float),
        np.array(measured),
    )


def _measured(slopes: NDArray[np.float64], size: int, seed: int) -> float:
    """Return how far batches' means are off the mean of all, as the root of the mean square."""
    batches = fl.MiniBatch(size, last="drop").cut(len(slopes), np.random.default_rng(seed))
    means = np.array([slopes[next(batches).indices].mean(axis=0) for _ in range(DRAWS)])
    apart = means - slopes.mean(axis=0)
    return float(np.sqrt((apart**2).sum(axis=1).mean()))
