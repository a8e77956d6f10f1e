"""What a gradient with error bars is worth on a problem whose exact gradient is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tests.reference.problems import Problem

Array = NDArray[np.float64]


class Estimated(Protocol):
    @property
    def value(self) -> Array: ...

    @property
    def error(self) -> Array: ...

    @property
    def evaluations(self) -> int: ...


@dataclass(frozen=True)
class Judgement:
    """Shares of all coordinates; evaluations for each; the median of bar / true error where that is not 0.

    `accuracy` is the geometric mean over the points of the largest error relative to the largest slope.
    """

    inside: float
    silently_wrong: int
    evaluations: float
    width: float
    accuracy: float


def judge(estimate: Callable[[Any, Array], Estimated], problem: Problem, points: int) -> Judgement:
    f = problem.f
    found, exact = [], []
    for x in problem.points(points):
        found.append(estimate(f, x))
        exact.append(problem.exact(x))
    slopes, bars = np.stack([e.value for e in found]), np.stack([e.error for e in found])
    truth = np.stack(exact)
    with np.errstate(all="ignore"):
        error = np.abs(slopes - truth)
        wrong = ~((error <= 1e-3 * np.abs(truth)) | (error <= 10.0 * bars))
        width = np.where(error > 0.0, bars / error, np.nan)
        relative = error.max(axis=1) / np.maximum(np.abs(truth).max(axis=1), 1e-300)
    return Judgement(
        inside=float(np.mean(error <= bars)),
        silently_wrong=int(wrong.sum()),
        evaluations=float(np.mean([e.evaluations for e in found])) / problem.n,
        width=float(np.nanmedian(width)) if np.isfinite(width).any() else float("nan"),
        accuracy=float(np.exp(np.mean(np.log(np.clip(np.nan_to_num(relative, nan=1.0), 1e-17, 1e3))))),
    )
