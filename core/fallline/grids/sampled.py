"""A function known by its samples alone: values and slopes anywhere between them, and a descent on nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import nan, prod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Function, Points, Vector
from fallline.grids.field import EdgeOrder, gradient_field
from fallline.grids.grid import Grid


def interpolate(grid: Grid, values: Sequence[NDArray[Any]], x: Points) -> NDArray[np.float64]:
    """Multilinear interpolation between the samples at the corners of the cell that a point lies in.

    f(x) = Σ over the 2ⁿ corners of Πᵢ (1 − tᵢ or tᵢ) · f(corner), t the position in the cell from 0 to 1

    Parameters
    ----------
    grid
        Where the samples were taken.
    values
        Arrays of samples, k of them, each of shape `grid.shape`.
    x
        A point, shape (n,), or points as columns, shape (n, m).

    Returns
    -------
    NDArray[np.float64]
        Shape (k,) or (k, m); NaN outside the grid, where nothing is known.

    Raises
    ------
    ValueError
        If a point has not one coordinate for each axis.

    Examples
    --------
    >>> grid = Grid(([0.0, 2.0], [0.0, 1.0]))
    >>> interpolate(grid, [np.array([[0.0, 1.0], [2.0, 3.0]])], np.array([0.5, 0.5]))
    array([1.])
    """
    points = np.asarray(x, float)
    if points.ndim not in (1, 2) or len(points) != len(grid.axes):
        raise ValueError(
            f"x must have {len(grid.axes)} coordinates, one for each axis, got shape {points.shape}"
        )
    if points.ndim == 1:
        return _at_point(grid, values, points.tolist())
    cells, places = zip(*(_cell(axis, p) for axis, p in zip(grid.axes, points, strict=True)), strict=True)
    total = np.zeros((len(values), *points.shape[1:]))
    for corner in product((0, 1), repeat=len(points)):
        weight = np.prod([t if side else 1.0 - t for side, t in zip(corner, places, strict=True)], axis=0)
        at = tuple(cell + side for cell, side in zip(cells, corner, strict=True))
        # A corner that weighs nothing says nothing, even where its sample is infinite.
        total += [weight * np.where(weight == 0.0, 0.0, value[at]) for value in values]
    return total


def _at_point(grid: Grid, values: Sequence[NDArray[Any]], point: list[float]) -> NDArray[np.float64]:
    """Interpolate at one point: Python's own numbers take a tenth of the time of arrays of one number."""
    total = [0.0] * len(values)
    ends = [_end(axis, p) for axis, p in zip(grid.axes, point, strict=True)]
    for corner in product((0, 1), repeat=len(ends)):
        weight = prod(end[1 + side] for side, end in zip(corner, ends, strict=True))
        if weight == 0.0:
            continue
        at = tuple(end[0] + side for side, end in zip(corner, ends, strict=True))
        total = [so_far + weight * float(value[at]) for so_far, value in zip(total, values, strict=True)]
    return np.array(total)


def _end(axis: Vector, x: float) -> tuple[int, float, float]:
    """Find the cell of one coordinate, and what its lower and its upper end weigh; NaN outside."""
    cell = min(max(int(axis.searchsorted(x, side="right")) - 1, 0), len(axis) - 2)
    low, high = float(axis[cell]), float(axis[cell + 1])
    t = (x - low) / (high - low) if axis[0] <= x <= axis[-1] else nan
    return cell, 1.0 - t, t


def _cell(axis: Vector, x: Any) -> tuple[Any, Any]:
    """Find the cell of each coordinate, and where in it from 0 to 1 it lies; NaN outside."""
    cell = np.clip(np.searchsorted(axis, x, side="right") - 1, 0, len(axis) - 2)
    low, high = axis[cell], axis[cell + 1]
    inside = (x >= axis[0]) & (x <= axis[-1])
    return cell, np.where(inside, (x - low) / (high - low), np.nan)


@dataclass(frozen=True, eq=False)
class Sampled:
    """A function that was looked at on a grid, and is not asked again.

    It is a function, so anything descends on it; its method `gradient` makes `exact` take the slope field, which is
    np.gradient of the samples, interpolated; and its method `slope` is a gradient method that a descent on the
    original function can use, without one evaluation more.

    Parameters
    ----------
    grid
        Where it was looked at.
    values
        What was seen, shape `grid.shape`.
    edge_order
        The order of np.gradient's differences at the edges, 1 or 2.

    Raises
    ------
    TypeError, ValueError
        If the samples do not fit the grid: see `gradient_field`.

    Examples
    --------
    The tutorial's step, from samples alone: the slope of param² at 2 is 4, and 2 − 0.1 · 4 = 1.6.

    >>> from fallline.grids.grid import even_grid
    >>> square = sampled(lambda x: x[0] ** 2, even_grid([(-3.0, 3.0)], 601))
    >>> slope = square.gradient(np.array([2.0]))
    >>> (2.0 - 0.1 * slope).round(12)
    array([1.6])
    """

    grid: Grid
    values: NDArray[Any]
    edge_order: EdgeOrder = 1

    vectorized: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Compute the slope field, which checks the samples too."""
        self.field  # noqa: B018

    @cached_property
    def field(self) -> tuple[NDArray[Any], ...]:
        """np.gradient of the samples: one array for each axis."""
        return gradient_field(self.values, self.grid, self.edge_order)

    def __call__(self, x: Points) -> Any:
        """Value between the samples: at a point, shape (n,), or at the columns of `x`, shape (n, m)."""
        return interpolate(self.grid, [self.values], x)[0]

    def gradient(self, x: Points) -> Points:
        """Slope between the samples, in the shape of the points; NaN outside the grid."""
        return interpolate(self.grid, self.field, x)

    def slope(self, f: Function, x: Vector) -> Vector:
        """Slope at `x` as a gradient method gives it; `f` is not asked, since the samples are all there is."""
        return self.gradient(x)


def sampled(f: Function, grid: Grid, edge_order: EdgeOrder = 1) -> Sampled:
    """Look at a function at every point of a grid, once: `grid.size` evaluations.

    Parameters
    ----------
    f
        The function; one that says it is vectorized is asked for many points at a time.
    grid
        Where to look.
    edge_order
        The order of np.gradient's differences at the edges, 1 or 2.

    Raises
    ------
    TypeError, ValueError
        If `f` does not return real numbers, or the grid is too small for `edge_order`.

    Examples
    --------
    >>> from fallline.grids.grid import even_grid
    >>> plane = sampled(lambda x: 2 * x[0] - x[1], even_grid([(0, 1), (0, 1)], 3))
    >>> plane(np.array([0.2, 0.3])).round(12), plane.gradient(np.array([0.2, 0.3])).round(12)
    (np.float64(0.1), array([ 2., -1.]))
    """
    return Sampled(grid, grid.sample(f), edge_order)
