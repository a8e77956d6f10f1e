"""Compare the automatic step with its peers: `python -m tests.bench.automatic [points]`.

For each method, over all the functions of `tests.reference.problems`, of `unseen`, and of `classics` and `programs`
beside it: evaluations a coordinate, the geometric mean of the largest relative error, the share of coordinates whose
true error lies inside what the method claims, the share that is silently wrong (relative error above 1e-3 and ten
times the claim), the median of claim / true error, and the time for one gradient of a 10-dimensional Rosenbrock
function, in turns, as a ratio to ours.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numdifftools  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray
from scipy import differentiate, optimize  # type: ignore[import-untyped]
from tests.bench.interleave import ratios, seconds
from tests.reference import classics, problems, programs, unseen
from tests.reference.judgement import Estimated, Judgement, judge
from tests.reference.problems import Problem

from fallline.differences.automatic import estimate_gradient

Array = NDArray[np.float64]
Method = Callable[[Any, Array], Estimated]


@dataclass(frozen=True)
class Claim:
    value: Array
    error: Array
    evaluations: int


class Counted:
    """f at one point, counting."""

    def __init__(self, f: Any) -> None:
        self.f, self.evaluations = f, 0

    def __call__(self, x: Array) -> float:
        self.evaluations += 1
        return float(self.f(np.asarray(x, float)[:, None])[0])

    def columns(self, x: Array) -> Array:
        self.evaluations += x.shape[1]
        return np.asarray(self.f(x), float)


def ours(f: Any, x: Array) -> Estimated:
    return estimate_gradient(f, x, vectorized=True)


def by_numdifftools(f: Any, x: Array) -> Claim:
    counted = Counted(f)
    value, error, *_ = numdifftools.Gradient(counted, full_output=True)(x)
    return Claim(np.reshape(value, x.shape), np.reshape(error, x.shape), counted.evaluations)


def by_differentiate(f: Any, x: Array) -> Claim:
    counted = Counted(f)

    def along(t: Array, i: Array) -> Array:
        flat, which = np.broadcast_arrays(t, i)
        points = np.repeat(x[:, None], flat.size, axis=1)
        points[which.ravel().astype(int), np.arange(flat.size)] = flat.ravel()
        return counted.columns(points).reshape(flat.shape)

    found = differentiate.derivative(along, x, args=(np.arange(x.size),))
    return Claim(found.df, found.error, counted.evaluations)


def by_three_points(f: Any, x: Array) -> Claim:
    counted = Counted(f)
    value = optimize._numdiff.approx_derivative(counted, x, method="3-point")
    return Claim(np.ravel(value), np.zeros(x.size), counted.evaluations)


def by_fixed_step(f: Any, x: Array) -> Claim:
    """Return central differences with statsmodels' step, ε^(1/3)·max(|x|, 0.1)."""
    counted = Counted(f)
    h = np.finfo(float).eps ** (1 / 3) * np.maximum(np.abs(x), 0.1)
    moves = np.diag(h)
    value = (counted.columns(x[:, None] + moves) - counted.columns(x[:, None] - moves)) / (2.0 * h)
    return Claim(value, np.zeros(x.size), counted.evaluations)


METHODS: dict[str, Method] = {
    "estimate_gradient": ours,
    "numdifftools": by_numdifftools,
    "scipy.differentiate": by_differentiate,
    "SciPy 3-point": by_three_points,
    "statsmodels' step": by_fixed_step,
}


def main() -> None:
    """Print one table for each set of functions, then the times."""
    points = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    warnings.simplefilter("ignore")
    tables = {
        "development": problems.PROBLEMS,
        "unseen": unseen.PROBLEMS,
        "classics and programs": classics.PROBLEMS + programs.PROBLEMS,
    }
    for title, table in tables.items():
        print(f"\n{title}: {len(table)} functions, {points} points each")
        print(f"{'':20} evaluations    error   inside   silently wrong   width")
        for name, method in METHODS.items():
            print(f"{name:20} {_row(method, table, points)}")
    print("\ntime of a gradient, 10-dimensional Rosenbrock")
    for name, ratio in _times().items():
        print(f"{name:20} {ratio:6.2f}")


def _row(method: Method, table: tuple[Problem, ...], points: int) -> str:
    with np.errstate(all="ignore"):
        found = [judge(method, problem, points) for problem in table]
    total = sum(points * problem.n for problem in table)
    claims = any(judgement.width > 0.0 for judgement in found)
    inside = f"{_mean(found, 'inside'):7.1%}" if claims else "     no"
    wrong = sum(judgement.silently_wrong for judgement in found) / total
    width = f"{np.nanmedian([judgement.width for judgement in found]):8.1f}" if claims else "  claims"
    error = np.exp(np.mean([np.log(judgement.accuracy) for judgement in found]))
    return f"{_mean(found, 'evaluations'):11.1f}  {error:.1e}  {inside}  {wrong:14.2%}  {width}"


def _mean(found: list[Judgement], name: str) -> float:
    return float(np.mean([getattr(judgement, name) for judgement in found]))


def _times() -> dict[str, float]:
    x = np.linspace(-1.0, 2.0, 10)
    tasks = {name: lambda method=method: method(problems.rosenbrock, x) for name, method in METHODS.items()}
    return ratios(seconds(tasks, rounds=7), unit="estimate_gradient")


if __name__ == "__main__":
    main()
