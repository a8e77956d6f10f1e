"""Differences that never look beyond given bounds.

Where a stencil does not fit between the bounds, there are two ways out: look to one side, with a stencil of the same order,
or take a smaller step. Both make roundoff weigh more: by the sum of the coefficients' sizes over the step.
Each coordinate gets the stencil and the step for which it weighs least.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector
from fallline.differences.methods import Method
from fallline.differences.schemes import Scheme
from fallline.differences.stencils import stencil
from fallline.differences.steps import power_of_two_below
from fallline.trees import Branch, Leaf, is_tree, ravel

Bounds = tuple[Vector, Vector]
"""The lowest and the highest value of each coordinate, shape (n,)."""

Group = tuple[Method, NDArray[np.intp], Vector]
"""A scheme, the coordinates that it suits, and the step along each of them."""


def as_bounds(bounds: Any, x: Vector, unravel: Leaf | Branch) -> Bounds:
    """Take bounds as two vectors, and see that `x` lies between them.

    Parameters
    ----------
    bounds
        A pair (low, high), or an object with `lb` and `ub` as `scipy.optimize.Bounds`. Each is a number, an array that
        broadcasts to the shape of x, a tree as x is, or None for no bound.
    x
        The point, shape (n,).
    unravel
        What gives it its own shape.

    Raises
    ------
    TypeError
        If a bound does not hold real numbers.
    ValueError
        If they are no pair, do not fit the shape of x, cross each other, are NaN, or x is outside.
    """
    if hasattr(bounds, "lb") and hasattr(bounds, "ub"):
        bounds = (bounds.lb, bounds.ub)
    if not isinstance(bounds, Sequence | np.ndarray) or len(bounds) != 2:
        raise ValueError(f"bounds must be a pair (low, high), got {bounds!r}")
    low = _side(bounds[0], -np.inf, "bounds[0]", x, unravel)
    high = _side(bounds[1], np.inf, "bounds[1]", x, unravel)
    for i in np.flatnonzero(~(low <= high)):
        raise ValueError(f"bounds must be in order, got low {low[i]} and high {high[i]} for coordinate {i}")
    for i in np.flatnonzero(~((x >= low) & (x <= high))):
        raise ValueError(
            f"x must lie within its bounds, got {x[i]} outside [{low[i]}, {high[i]}] at coordinate {i}"
        )
    return low, high


def _side(bound: Any, default: float, name: str, x: Vector, unravel: Leaf | Branch) -> Vector:
    if bound is None:
        return np.full(x.size, default)
    flat, own = ravel(bound, name)
    if flat.size == 1 and not is_tree(bound):
        return np.full(x.size, flat[0])
    if isinstance(unravel, Leaf) and isinstance(own, Leaf):
        try:
            return np.broadcast_to(own(flat), unravel.shape).ravel()
        except ValueError:
            raise ValueError(
                f"{name} must broadcast to the shape of x, {unravel.shape}, got shape {own.shape}"
            ) from None
    if own != unravel:
        raise ValueError(f"{name} must be one number, or a tree of the same shapes as x")
    return flat


def groups(
    scheme: Scheme, x: Vector, h: Vector, bounds: Bounds
) -> Iterator[tuple[Scheme, NDArray[np.intp], Vector]]:
    """Give each coordinate a stencil of the scheme's order, and a step, that keep within the bounds.

    Raises
    ------
    ValueError
        If the bounds leave no room to move a coordinate.
    """
    candidates = (scheme, *one_sided(scheme.order))
    which, steps = fit(candidates, x, h, bounds)
    for k, candidate in enumerate(candidates):
        suited = np.flatnonzero(which == k)
        if suited.size:
            yield candidate, suited, steps[suited]


def fit(
    candidates: Sequence[Scheme], x: Vector, h: Vector, bounds: Bounds
) -> tuple[NDArray[np.intp], Vector]:
    """Choose one of several schemes, by its index, and a step for each coordinate, shape (n,) both."""
    steps = np.array([_longest(scheme, x, h, bounds) for scheme in candidates])
    sizes = np.array([[np.abs(scheme.coefficients).sum()] for scheme in candidates])
    # A step that is lost when it is added to x is none.
    steps[steps < np.spacing(np.abs(x))] = 0.0
    with np.errstate(divide="ignore"):
        which = (sizes / steps).argmin(axis=0)
    chosen: Vector = np.take_along_axis(steps, which[None, :], axis=0)[0]
    for i in np.flatnonzero(chosen == 0.0):
        raise ValueError(
            f"bounds must leave room around x, got [{bounds[0][i]}, {bounds[1][i]}] around {x[i]} at coordinate {i}; "
            "leave a coordinate that cannot move out of x"
        )
    return which, chosen


def _longest(scheme: Scheme, x: Vector, h: Vector, bounds: Bounds) -> Vector:
    """Shorten the steps as far as the bounds make it necessary."""
    first, last = scheme.offsets[0], scheme.offsets[-1]
    room = np.full(x.shape, np.inf)
    if first < 0.0:
        room = np.minimum(room, (x - bounds[0]) / -first)
    if last > 0.0:
        room = np.minimum(room, (bounds[1] - x) / last)
    shorter = power_of_two_below(np.minimum(h, room))
    # The room itself is rounded.
    shorter = np.where(_inside(x + shorter * first, x + shorter * last, bounds), shorter, 0.5 * shorter)
    return np.where(_inside(x + h * first, x + h * last, bounds), h, shorter)


def _inside(lowest: Vector, highest: Vector, bounds: Bounds) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (lowest >= bounds[0]) & (highest <= bounds[1])
    return inside


@lru_cache(maxsize=16)
def one_sided(order: int) -> tuple[Scheme, ...]:
    """Make the stencils of neighbouring points of one order, from the most centred to the most one-sided.

    Examples
    --------
    >>> [scheme.offsets for scheme in one_sided(2)]
    [(-1.0, 1.0), (-2.0, -1.0, 0.0), (0.0, 1.0, 2.0)]
    """
    starts = sorted(range(-order, 1), key=lambda start: abs(2 * start + order))
    return tuple(stencil(range(start, start + order + 1)) for start in starts)
