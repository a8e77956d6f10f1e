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
from numpy.typing import ArrayLike, NDArray

from fallline.arrays import Function, Vector, as_reals
from fallline.differences.automatic import Estimate, estimate_gradient, on_vectors
from fallline.differences.samples import Samples

Gradient: TypeAlias = ArrayLike | Callable[[NDArray[np.float64]], Any]

_BARS = 10.0
_SHOWN = 5
_EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class GradientCheck:
    """What `check_gradient` found; true where nothing contradicts the gradient, and printed as a report.

    Parameters
    ----------
    given
        The gradient that was checked, of the shape of x.
    estimate
        The gradient by differences, and its error bars.
    excess
        |given − estimate| in units of what is allowed, of the shape of x; above 1 the coordinate is wrong.
    rate
        The power of t by which the Taylor remainder falls; NaN where it drowns in noise at once, as it does where
        f is straight.
    evaluations
        How often f was called in all.
    """

    given: NDArray[np.float64]
    estimate: Estimate
    excess: NDArray[np.float64]
    rate: float
    evaluations: int

    def __bool__(self) -> bool:
        return not self.wrong

    @property
    def wrong(self) -> list[tuple[int, ...]]:
        """The indices of the coordinates that are wrong, worst first."""
        order = np.argsort(-self.excess, axis=None, kind="stable")
        indices = [tuple(map(int, np.unravel_index(i, self.excess.shape))) for i in order]
        return [index for index in indices if self.excess[index] > 1.0]

    @property
    def undecided(self) -> int:
        """How many coordinates nothing can be said of: f has no values, or no slope, beside x."""
        return int(np.count_nonzero(~np.isfinite(self.estimate.error)))

    def __str__(self) -> str:
        rate = (
            "the remainder drowns in noise"
            if np.isnan(self.rate)
            else f"the remainder falls like t^{self.rate:.1f}"
        )
        size = self.given.size
        if self:
            unknown = f", {self.undecided} of them beyond judgement" if self.undecided else ""
            return f"the gradient is right in all {size} coordinates{unknown} ({rate})"
        lines = [f"the gradient is wrong in {len(self.wrong)} of {size} coordinates ({rate}, t^2 if right)"]
        lines += [self._line(index) for index in self.wrong[:_SHOWN]]
        if len(self.wrong) > _SHOWN:
            lines.append(f"  and {len(self.wrong) - _SHOWN} more")
        return "\n".join(lines)

    def _line(self, index: tuple[int, ...]) -> str:
        given, measured = self.given[index], self.estimate.value[index]
        ratio = f", {given / measured:.6g} times as much" if measured else ""
        where = ", ".join(map(str, index))
        return f"  [{where}]: given {given:.10g}, measured {measured:.10g} ± {self.estimate.error[index]:.1g}{ratio}"


def check_gradient(
    f: Function, g: Gradient, x: ArrayLike, vectorized: bool = False, tolerance: float = 1e-6, seed: int = 0
) -> GradientCheck:
    """Say whether an analytic gradient is right, and where it is not.

    A coordinate is wrong where |g − estimate| exceeds ten error bars of `estimate_gradient` plus tolerance·|g|.
    On a smooth function in double precision that finds any relative error above about 1e-6: a missing term of a
    relative size of 1e-4, a factor, a sign, a transpose, in one coordinate of any number. In single precision
    or under noise it finds what exceeds ten error bars. At a kink any slope between the two sides is right.

    Parameters
    ----------
    f
        The function: takes what has the shape of `x`, returns one real number.
    g
        Its gradient: a callable that takes `x`, or the gradient at `x` itself.
    x
        The point: a number, a vector, or an array of any shape.
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
        If the gradient does not have the shape of `x`.

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
    point = as_reals(x)
    given = as_reals(g(point.copy()) if callable(g) else g, "the gradient")
    if given.shape != point.shape:
        raise ValueError(f"the gradient must have the shape of x, {point.shape}, got shape {given.shape}")
    together = vectorized or bool(getattr(f, "vectorized", False))
    estimate = estimate_gradient(f, point, together, seed=seed)
    near = Samples(on_vectors(f, point.shape, together), point.ravel(), together)
    return GradientCheck(
        given=given,
        estimate=estimate,
        excess=_excess(given, estimate, tolerance),
        rate=_remainder_rate(near, given.ravel(), estimate, seed),
        evaluations=estimate.evaluations + near.evaluations,
    )


def assert_gradient(
    f: Function, g: Gradient, x: ArrayLike, vectorized: bool = False, tolerance: float = 1e-6, seed: int = 0
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


def _excess(given: NDArray[np.float64], estimate: Estimate, tolerance: float) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore", divide="ignore"):
        allowed = _BARS * estimate.error + tolerance * np.abs(estimate.value)
        apart = np.abs(given - estimate.value)
        excess = np.where(apart == 0.0, 0.0, apart / allowed)
    excess = np.where(np.isfinite(estimate.error), excess, 0.0)
    return np.where(np.isfinite(given) | ~np.isfinite(estimate.error), excess, np.inf)


def _remainder_rate(near: Samples, given: Vector, estimate: Estimate, seed: int) -> float:
    """Return the median of log₂ r(2t)/r(t) over random directions, where the remainder r stands above the noise."""
    rng = np.random.default_rng(seed)
    distances = 2.0 ** -np.arange(3.0, 11.0)
    size = np.where(near.x == 0.0, 1.0, np.abs(near.x))
    error = np.where(np.isfinite(estimate.error), estimate.error, 0.0).ravel()
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
