"""Is an analytic gradient right? Answered by measurement, with no fixed tolerance to choose.

Two witnesses. Each coordinate of the given gradient is held against an estimate that knows its own error, so a
noisy or badly scaled function gets the room that it needs and a smooth one gets none. And along random
directions v the Taylor remainder |f(x + tv) − f(x) − t g·v| is watched as t shrinks: it falls like t² where the
gradient is right, and like t where it is wrong. The first decides and names the coordinates, because the second
also slows down at a kink near x; the second is evidence for the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from fallline.arrays import Vector
from fallline.differences.automatic import Estimate, estimate_gradient
from fallline.differences.problems import as_like, as_point, state
from fallline.differences.samples import Samples
from fallline.trees import place

Gradient: TypeAlias = Any
"""The gradient of f at x, or a function that gives it: arrays, or trees of them, as x is."""

_BARS = 10.0
_SHOWN = 5
_EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class GradientCheck:
    """What `check_gradient` found; true where nothing contradicts the gradient, and printed as a report.

    Parameters
    ----------
    given
        The gradient that was checked, of the structure of x.
    estimate
        The gradient by differences, and its error bars.
    excess
        |given − estimate| in units of what is allowed, of the structure of x; above 1 the coordinate is wrong.
    rate
        The power of t by which the Taylor remainder falls; NaN where it drowns in noise at once, as it does where
        f is straight.
    evaluations
        How often f was called in all.

    Examples
    --------
    >>> check = check_gradient(lambda x: x[0] ** 2 + x[1] ** 2, lambda x: [2.0 * x[0], 3.0 * x[1]], [1.0, 2.0])
    >>> bool(check), check.wrong
    (False, [(1,)])
    """

    given: Any
    estimate: Estimate
    excess: Any
    rate: float
    evaluations: int

    def __bool__(self) -> bool:
        return not self.wrong

    @property
    def wrong(self) -> list[tuple[Any, ...]]:
        """The indices of the coordinates that are wrong, worst first; in a tree with the keys before."""
        return [place(self.given, number) for number in self._numbers()]

    @property
    def undecided(self) -> int:
        """How many coordinates nothing can be said of: f has no values, or no slope, beside x."""
        return int(np.count_nonzero(~np.isfinite(_flat(self.estimate.error))))

    def __str__(self) -> str:
        rate = (
            "the remainder drowns in noise"
            if np.isnan(self.rate)
            else f"the remainder falls like t^{self.rate:.1f}"
        )
        size, wrong = _flat(self.given).size, self._numbers()
        if not wrong:
            unknown = f", {self.undecided} of them beyond judgement" if self.undecided else ""
            return f"the gradient is right in all {size} coordinates{unknown} ({rate})"
        lines = [f"the gradient is wrong in {len(wrong)} of {size} coordinates ({rate}, t^2 if right)"]
        lines += [self._line(number) for number in wrong[:_SHOWN]]
        if len(wrong) > _SHOWN:
            lines.append(f"  and {len(wrong) - _SHOWN} more")
        return "\n".join(lines)

    def _numbers(self) -> list[int]:
        excess = _flat(self.excess)
        order = np.argsort(-excess, kind="stable")
        return [int(number) for number in order[excess[order] > 1.0]]

    def _line(self, number: int) -> str:
        estimate = self.estimate
        given, measured, error = (
            _flat(part)[number] for part in (self.given, estimate.value, estimate.error)
        )
        ratio = f", {given / measured:.6g} times as much" if measured else ""
        where = ", ".join(map(str, place(self.given, number)))
        return f"  [{where}]: given {given:.10g}, measured {measured:.10g} ± {error:.1g}{ratio}"


def check_gradient(
    f: Callable[[Any], Any],
    g: Gradient,
    x: Any,
    vectorized: bool = False,
    tolerance: float = 1e-6,
    seed: int = 0,
) -> GradientCheck:
    """Say whether an analytic gradient is right, and where it is not.

    A coordinate is wrong where |g − estimate| exceeds ten error bars of `estimate_gradient` plus tolerance·|g|.
    On a smooth function in double precision that finds any relative error above about 1e-6: a missing term of a
    relative size of 1e-4, a factor, a sign, a transpose, in one coordinate of any number. In single precision
    or under noise it finds what exceeds ten error bars. At a kink any slope between the two sides is right.

    Parameters
    ----------
    f
        The function: takes what has the structure of `x`, returns one real number.
    g
        Its gradient: a callable that takes `x`, or the gradient at `x` itself.
    x
        The point: a number, a vector, an array of any shape, or a tree of arrays, as for `gradient`.
    vectorized
        Whether `f` takes points of shape (n, m) and returns (m,).
    tolerance
        The relative error of `g` that counts as rounding; 1e-6 forgives a gradient computed in single precision.
    seed
        What fixes the random directions.

    Returns
    -------
    GradientCheck
        True or false, and a readable report when printed.

    Raises
    ------
    TypeError
        If `x`, the gradient or what `f` returns is not real.
    ValueError
        If the gradient does not have the structure of `x`.

    Notes
    -----
    It costs what `estimate_gradient` costs, and 24 evaluations more. The remainder test: Griewank and Walther,
    "Evaluating derivatives", SIAM 2008; Farrell et al., "Automated derivation of the adjoint of high-level
    transient finite element programs", SIAM J. Sci. Comput. 35, 2013, eq. 3.1.

    Examples
    --------
    >>> print(check_gradient(lambda x: np.sum(x**2), lambda x: 2 * x, [1.0, 2.0]))
    the gradient is right in all 2 coordinates (the remainder falls like t^2.0)
    >>> bool(check_gradient(lambda x: np.sum(x**2), [2.0, 4.1], [1.0, 2.0]))
    False
    """
    problem = state(f, x, vectorized)
    slope = g(problem.unravel(problem.x.copy())) if callable(g) else g
    given = as_like(slope, problem, "the gradient")
    estimate = estimate_gradient(f, x, vectorized, seed=seed)
    near = Samples(problem.f, problem.x, problem.vectorized)
    value, error = _flat(estimate.value), _flat(estimate.error)
    return GradientCheck(
        given=problem.unravel(given),
        estimate=estimate,
        excess=problem.unravel(_excess(given, value, error, tolerance)),
        rate=_remainder_rate(near, given, error, seed),
        evaluations=estimate.evaluations + near.evaluations,
    )


def assert_gradient(
    f: Callable[[Any], Any],
    g: Gradient,
    x: Any,
    vectorized: bool = False,
    tolerance: float = 1e-6,
    seed: int = 0,
) -> None:
    """Fail a test whose analytic gradient is wrong; the parameters are those of `check_gradient`.

    Parameters
    ----------
    f, g, x, vectorized, tolerance, seed
        As for `check_gradient`.

    Raises
    ------
    AssertionError
        If the gradient is wrong, naming the worst coordinates.

    Examples
    --------
    >>> assert_gradient(np.sum, np.ones(3), [1.0, 2.0, 3.0])
    >>> assert_gradient(np.prod, [6.0, -3.0, 2.0], [1.0, 2.0, 3.0])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    AssertionError: the gradient is wrong in 1 of 3 coordinates (the remainder falls like t^1.0, t^2 if right)
      [1]: given -3, measured 3 ± ..., -1 times as much
    """
    found = check_gradient(f, g, x, vectorized, tolerance, seed)
    if not found:
        raise AssertionError(str(found))


def _flat(tree: Any) -> Vector:
    return as_point(tree)[0]


def _excess(given: Vector, value: Vector, error: Vector, tolerance: float) -> Vector:
    with np.errstate(invalid="ignore", divide="ignore"):
        allowed = _BARS * error + tolerance * np.abs(value)
        apart = np.abs(given - value)
        excess = np.where(apart == 0.0, 0.0, apart / allowed)
    excess = np.where(np.isfinite(error), excess, 0.0)
    return np.where(np.isfinite(given) | ~np.isfinite(error), excess, np.inf)


def _remainder_rate(near: Samples, given: Vector, error: Vector, seed: int) -> float:
    """Return the median of log₂ r(2t)/r(t) over random directions, where the remainder r stands above the noise."""
    rng = np.random.default_rng(seed)
    distances = 2.0 ** -np.arange(3.0, 11.0)
    size = np.where(near.x == 0.0, 1.0, np.abs(near.x))
    error = np.where(np.isfinite(error), error, 0.0)
    rates: list[float] = []
    for _ in range(3):
        direction = size * rng.choice([-1.0, 1.0], near.x.size) * rng.uniform(0.5, 1.0, near.x.size)
        with np.errstate(all="ignore"):
            values = near.along(direction, distances)
            left = np.abs(values - near.centre - distances * float(given @ direction))
            noise = distances * float(error @ np.abs(direction)) + 16.0 * _EPS * np.abs(values)
            seen = np.isfinite(left) & (left > 4.0 * noise)
            ratios = np.log2(left[:-1] / left[1:])[seen[:-1] & seen[1:]]
        rates.extend(map(float, ratios))
    return float(np.median(rates)) if rates else float("nan")
