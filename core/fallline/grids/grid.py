"""Places to look at a function from: every combination of some coordinates along each axis."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.arrays import Function, Points, Vector, as_number, as_numbers, as_vector

BLOCK = 65_536  # points at a time: enough to be quick, few enough to stay in the cache


@dataclass(frozen=True, eq=False)
class Grid:
    """The points of a rectangular grid, in any dimension, evenly spaced or not.

    Parameters
    ----------
    axes
        The coordinates along each axis, increasing, at least two.
    even
        Of each axis, whether its neighbours are equally far apart to the last digit; not to be given.

    Raises
    ------
    TypeError
        If coordinates are not real.
    ValueError
        If there is no axis, or one has fewer than two coordinates, NaN or infinity, or does not increase.

    Examples
    --------
    >>> grid = Grid(([0.0, 1.0, 3.0], [0.0, 0.5]))
    >>> grid.shape, grid.points(slice(0, 3))
    ((3, 2), array([[0. , 0. , 1. ],
           [0. , 0.5, 0. ]]))
    """

    axes: tuple[Vector, ...]
    even: tuple[bool, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Take the coordinates as float64 and refuse what np.gradient would take silently."""
        axes = tuple(_axis(axis, k) for k, axis in enumerate(self.axes))
        if not axes:
            raise ValueError("a grid needs at least one axis")
        object.__setattr__(self, "axes", axes)
        object.__setattr__(self, "even", tuple(_is_even(np.diff(axis)) for axis in axes))

    @property
    def shape(self) -> tuple[int, ...]:
        """How many coordinates each axis has."""
        return tuple(len(axis) for axis in self.axes)

    @property
    def size(self) -> int:
        """How many points there are: what sampling costs in evaluations."""
        return math.prod(self.shape)

    def points(self, part: slice = slice(None)) -> Points:
        """Give the points as columns, shape (n, m), the last axis running fastest; or only a part of them."""
        indices = np.unravel_index(np.arange(*part.indices(self.size)), self.shape)
        return np.stack([axis[i] for axis, i in zip(self.axes, indices, strict=True)])

    def sample(self, f: Function) -> NDArray[np.float64]:
        """Evaluate a function at every point, shape `shape`; a vectorized one takes 65 536 points at a time."""
        values = np.empty(self.size)
        for start in range(0, self.size, BLOCK):
            block = slice(start, min(start + BLOCK, self.size))
            points = self.points(block)
            if getattr(f, "vectorized", False):
                values[block] = as_numbers(f(points), points.shape[1])
            else:
                values[block] = [as_number(f(x.copy())) for x in points.T]
        return values.reshape(self.shape)


def even_grid(domain: Sequence[tuple[float, float]], counts: int | Sequence[int]) -> Grid:
    """Make a grid whose coordinates lie evenly between the bounds of each axis, both included.

    Parameters
    ----------
    domain
        (low, high) of each coordinate, as objectives have it.
    counts
        How many coordinates along every axis, or along each.

    Raises
    ------
    ValueError
        If there is not one count for each axis, one is below 2, or a bound does not lie above the other.

    Examples
    --------
    >>> even_grid([(0.0, 1.0), (-1.0, 1.0)], [2, 3]).axes
    (array([0., 1.]), array([-1.,  0.,  1.]))
    """
    each = [counts] * len(domain) if isinstance(counts, int) else list(counts)
    if len(each) != len(domain):
        raise ValueError(f"counts must be one number or one for each of {len(domain)} axes, got {len(each)}")
    for count in each:
        if count < 2:
            raise ValueError(f"an axis needs at least 2 coordinates, got {count}")
    return Grid(tuple(np.linspace(low, high, n) for (low, high), n in zip(domain, each, strict=True)))


def uneven_grid(
    domain: Sequence[tuple[float, float]],
    counts: int | Sequence[int],
    rng: np.random.Generator,
    jitter: float = 0.4,
) -> Grid:
    """Make a grid whose coordinates lie between the bounds of each axis where chance puts them.

    Each but the first and the last is moved from its even place by up to `jitter` spacings, uniformly.

    Parameters
    ----------
    domain, counts
        As in `even_grid`.
    rng
        The source of chance; it is asked once for each axis.
    jitter
        From 0 to below 0.5, so that no coordinate passes another.

    Raises
    ------
    ValueError
        As in `even_grid`, or if `jitter` is not in its range.

    Examples
    --------
    >>> uneven_grid([(0.0, 3.0)], 4, np.random.default_rng(0)).axes[0].round(3)
    array([0.   , 1.11 , 1.816, 3.   ])
    """
    if not 0.0 <= jitter < 0.5:
        raise ValueError(f"jitter must be from 0 to below 0.5, got {jitter}")
    axes = []
    for axis in even_grid(domain, counts).axes:
        moves = rng.uniform(-jitter, jitter, len(axis) - 2) * (axis[1] - axis[0])
        axes.append(axis + np.concatenate([[0.0], moves, [0.0]]))
    return Grid(tuple(axes))


def _axis(coordinates: ArrayLike, k: int) -> Vector:
    axis = as_vector(coordinates, f"axis {k}").copy()
    if len(axis) < 2:
        raise ValueError(f"axis {k} needs at least 2 coordinates, got {len(axis)}; a slope needs two samples")
    if not np.isfinite(axis).all():
        raise ValueError(f"axis {k} must be finite, got {axis[~np.isfinite(axis)][0]}")
    gaps = np.diff(axis)
    if (gaps == 0.0).any():
        twice = axis[:-1][gaps == 0.0][0]
        raise ValueError(f"axis {k} has {twice} twice, which np.gradient would turn into NaN; use np.unique")
    if (gaps < 0.0).any():
        at = int(np.argmax(gaps < 0.0))
        raise ValueError(
            f"axis {k} must increase, got {axis[at]} before {axis[at + 1]}; np.gradient would take it silently: "
            "sort the coordinates, and the samples with them"
        )
    axis.setflags(write=False)
    return axis


def _is_even(gaps: Vector) -> bool:
    return bool((gaps == gaps[0]).all())
