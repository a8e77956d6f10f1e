"""Gradients with a step of their own for each coordinate, and an error bar for each."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fallline.differences.evaluation import MEMORY
from fallline.differences.ladder import Claims, climb
from fallline.differences.noise import Noise, probe
from fallline.differences.problems import state
from fallline.differences.samples import Samples
from fallline.differences.workers import Map, employed

_EPS = float(np.finfo(np.float64).eps)

# A step's leading digits. Were it a power of two, a function whose period is one would look constant.
_DIGITS = 351.0 / 256.0


@dataclass(frozen=True)
class Estimate:
    """A gradient by differences, and what it is worth.

    Parameters
    ----------
    value
        ∂f/∂x, of the structure of x; NaN where f has no finite value at x or beside it.
    error
        A bound on its absolute error, of the structure of x: honest for about 999 coordinates in 1000, infinite where
        nothing can be said.
    steps
        The step of each coordinate, of the structure of x: f was evaluated at one, two and four steps to both sides.
    evaluations
        How often f was called, in all.

    Examples
    --------
    >>> found = estimate_gradient(lambda x: x[0] ** 3, [2.0])
    >>> bool(abs(found.value[0] - 12.0) <= found.error[0] < 1e-6)
    True
    """

    value: Any
    error: Any
    steps: Any
    evaluations: int


def estimate_gradient(
    f: Callable[[Any], Any],
    x: Any,
    vectorized: bool = False,
    tolerance: float = 1e-9,
    seed: int = 0,
    *,
    workers: int | Map | None = None,
    memory: int = MEMORY,
) -> Estimate:
    """Gradient of a function of unknown scale and noise, with an error bar for each coordinate.

    1. Five to twelve values of f close to x, in all, show the noise of f.
    2. Central differences at h, 2h and 4h, extrapolated twice, are the slope; the terms of the series that goes
       through the seven values bound the truncation error, and the noise bounds the roundoff.
    3. Coordinates whose error bar is wide and that another step would serve at least five times better get one.
    4. The slope of f along the line of the noise probe must be that of the gradient, or all is done again with
       far smaller steps.

    It assumes that f is smooth or kinked over some distance that is not absurdly small beside x itself (above
    1e-11 of it). In each coordinate it may evaluate f as far away as 0 is, and up to 1 away where 0 is nearer.

    Parameters
    ----------
    f
        The function: takes what has the structure of `x`, returns one real number. A vectorized one takes points of
        shape (n, m) and returns their values, shape (m,). Where it is NaN, infinite, or raises an
        ArithmeticError or a ValueError at a point other than `x`, it counts as having no value.
    x
        The point: a number, a vector of shape (n,), an array of any shape, or a tree of arrays, as for `gradient`.
    vectorized
        Whether `f` takes a batch of points.
    tolerance
        The relative error at which a coordinate is good enough; smaller costs more evaluations.
    seed
        What fixes the signs of the probe's direction. The result is the same each time, if f is.
    workers, memory
        As for `gradient`.

    Returns
    -------
    Estimate
        Value, error, steps and evaluations.

    Raises
    ------
    TypeError
        If `x` or what `f` returns is not real.
    ValueError
        If `x` is empty, a shape does not fit, or the tolerance is negative.

    Notes
    -----
    A coordinate costs 6 to 8 evaluations where n is large, about 14 where n is 1, and more where f is rough.
    Where f is rough at some scale between that of its rounding and that of the steps, or its rounding far larger at
    some of the points than at x, the bars can be too narrow. They are about f as it is computed: what a solver or a
    table smoothly errs by, no values of f can tell.
    At a kink the value is the mean of both slopes and the bar reaches beyond either.

    The noise: Moré and Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33, 2011. The extrapolation:
    Ridders, "Accurate computation of F′(x) and F′(x)F″(x)", Adv. Eng. Softw. 4, 1982.

    Examples
    --------
    >>> estimate = estimate_gradient(np.prod, [2.0, 3.0, 4.0])
    >>> estimate.value.round(9)
    array([12.,  8.,  6.])
    >>> bool((np.abs(estimate.value - [12.0, 8.0, 6.0]) <= estimate.error).all())
    True
    """
    if not 0.0 <= tolerance < math.inf:
        raise ValueError(f"tolerance must be at least 0 and finite, got {tolerance}")
    problem = state(f, x, vectorized)
    with employed(workers, problem.f) as staff:
        near = Samples(problem.f, problem.x, problem.vectorized, memory, staff)
        sloped = bool(np.isfinite(near.centre))
        claims = _claims(near, tolerance, seed) if sloped else Claims.none(near.x.size)
    return Estimate(
        value=problem.unravel(claims.slope),
        error=problem.unravel(np.maximum(claims.error, claims.doubt)),
        steps=problem.unravel(claims.step),
        evaluations=near.evaluations,
    )


def _claims(near: Samples, tolerance: float, seed: int) -> Claims:
    scale = 2.0 ** np.floor(np.log2(np.where(near.x == 0.0, 1.0, np.abs(near.x))))
    # Near 0 a coordinate's own size says little of the scale of f, and a probe that small would see nothing.
    noise = probe(near, np.maximum(scale, np.minimum(1.0, 2.0**12 * scale)), seed)
    start, longest = _first_step(near.centre, noise.bound) * scale, np.maximum(scale, 1.0) / 4.0
    claims = climb(near, start, longest, noise.bound, noise.flat, tolerance)
    for smaller in (2.0**-15, 2.0**-45):
        again = smaller * start
        if _agree(claims, noise) or (again < np.abs(noise.step)).all():
            break
        closer = climb(near, again, longest, noise.bound, noise.flat, tolerance)
        claims = replace(closer, doubt=closer.doubted_by(claims))
    return claims


def _first_step(centre: float, noise: float) -> float:
    """Return the step that balances h⁶ and noise/h for a function that changes over distances like x, but shorter."""
    with np.errstate(all="ignore"):
        relative = np.nan_to_num(np.clip(noise / np.abs(np.float64(centre)), _EPS, 1.0), nan=_EPS)
    exponent = np.clip(np.round(np.log2(relative) / 7.0 - 2.0), -9.0, -3.0)
    return _DIGITS * float(2.0**exponent)


def _agree(claims: Claims, noise: Noise) -> bool:
    """Return whether the gradient explains what f did along the probe; it cannot where a step met a period of f."""
    size = np.abs(noise.step)
    with np.errstate(all="ignore"):
        along = float(claims.slope @ noise.step)
        allowed = (
            float(np.maximum(claims.error, claims.doubt) @ size)
            + noise.slope_error
            + 1e-3 * float(np.abs(claims.slope) @ size)
        )
        return not abs(along - noise.slope) > allowed
