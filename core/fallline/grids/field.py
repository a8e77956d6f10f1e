"""np.gradient as it is meant: slopes of samples on a grid, of any size, in memory that is known before.

np.gradient takes samples, not a function: of one number it gives `()`. Along each axis it takes the central
difference at inner points and a one-sided one at the edges, of order 2 where `edge_order` is 2. It makes an array as large
as the samples for each axis, and more while it works. Here the work is done in slabs, which gives the same bits.
"""

import math
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.arrays import Vector
from fallline.grids.grid import Grid

EdgeOrder: TypeAlias = Literal[1, 2]

WORKSPACE = 1_000_000  # bytes beside the result
# Of a slab: the slope and three products in the formula for uneven spacing, in float64 whatever the samples are; and of
# its rows the gaps, the coefficients and a product.
_A_NUMBER, _A_ROW = 32, 40


def gradient_field(
    samples: ArrayLike, grid: Grid, edge_order: EdgeOrder = 1, workspace: int = WORKSPACE
) -> tuple[NDArray[Any], ...]:
    """Slopes along each axis of samples on a grid: np.gradient, bit for bit, in bounded memory.

    Parameters
    ----------
    samples
        The values at the grid's points, shape `grid.shape`. A NaN spoils its neighbours' slopes, not its own.
    grid
        Where they were taken.
    edge_order
        1 or 2: the order of the differences at the edges. The second order needs three samples along each axis.
    workspace
        About how many bytes to use beside the result; a slab is never thinner than the formulas need.

    Returns
    -------
    tuple
        ∂f/∂x along each axis, each of shape `grid.shape`; float32 stays float32, integers become float64.

    Raises
    ------
    TypeError
        If the samples are not real numbers: np.gradient would subtract complex ones and fail on booleans.
    ValueError
        If their shape is not the grid's, an axis is too short, or `edge_order` is neither 1 nor 2.

    Examples
    --------
    >>> grid = Grid(([0.0, 1.0, 3.0],))
    >>> gradient_field([0.0, 1.0, 9.0], grid)
    (array([1., 2., 4.]),)
    >>> gradient_field([0.0, 1.0, 9.0], grid, edge_order=2)
    (array([0., 2., 6.]),)
    """
    values = _samples(samples, grid, edge_order)
    kind = values.dtype if values.dtype.kind == "f" else np.dtype(np.float64)
    slopes = tuple(np.empty(values.shape, kind) for _ in values.shape)
    cut = int(np.argmax(values.shape))
    for slab in _slabs(values.shape, cut, workspace):
        part = values[_across(cut, slab.taken)]
        for axis, slope in enumerate(slopes):
            if axis == cut:
                whole = _along_cut(part, grid, cut, slab, edge_order)
            else:
                whole = _slopes(part, grid.axes[axis], axis, edge_order)
            slope[_across(cut, slab.target)] = whole[_across(cut, slab.kept)]
            del whole
    return slopes


def field_memory(shape: tuple[int, ...], itemsize: int = 8, workspace: int = WORKSPACE) -> int:
    """Say how many bytes `gradient_field` will have at its peak, the samples not counted.

    An array for each axis, and 32 bytes for each number of a slab: d N b + 32 S.

    Parameters
    ----------
    shape
        Of the samples.
    itemsize
        Bytes of a number in the result: 8 for float64.
    workspace
        As in `gradient_field`.

    Examples
    --------
    >>> field_memory((200, 200, 200)) / 1e6
    195.84012
    """
    size, cut = math.prod(shape), int(np.argmax(shape))
    rows = min(_thickness(shape, cut, workspace) + 2, shape[cut])
    return itemsize * len(shape) * size + rows * _row(shape, cut)


def numpy_memory(shape: tuple[int, ...], even: bool = True) -> int:
    """Say how many bytes one call of np.gradient has at its peak, float64 samples and coordinates not counted.

    An array for each axis, and while it works on the last one more: 8 (d + 1) N. On uneven axes two more, the gaps
    of all axes and three coefficients for each coordinate of the last: 8 ((d + 2) N + Σ Lᵢ + 3 L_d).

    True of large arrays where NumPy works in place on what it no longer needs, as it does on Linux; a platform where it
    does not, such as a browser, needs another 8 N.

    Parameters
    ----------
    shape
        Of the samples.
    even
        Whether the axes are evenly spaced to the last digit, else none of them is.

    Examples
    --------
    >>> numpy_memory((200, 200, 200)) / 1e6
    256.0
    """
    size = math.prod(shape)
    if even:
        return 8 * (len(shape) + 1) * size
    return 8 * ((len(shape) + 2) * size + sum(shape) + 3 * shape[-1])


class _Slab(NamedTuple):
    """Rows to fill, the rows that they need, and where the first stand among the second."""

    target: slice
    taken: slice
    kept: slice


def _samples(samples: ArrayLike, grid: Grid, edge_order: EdgeOrder) -> NDArray[Any]:
    values = np.asarray(samples)
    if values.dtype.kind not in "iuf":
        raise TypeError(
            f"samples must be real numbers, got {values.dtype}; convert them with np.asarray(…, float)"
        )
    if values.ndim == 0:
        raise ValueError(
            "np.gradient of one number is (): it takes samples of a function; use Grid.sample(f)"
        )
    if values.shape != grid.shape:
        raise ValueError(f"samples must have the shape of the grid, {grid.shape}, got {values.shape}")
    if edge_order not in (1, 2):
        raise ValueError(f"edge_order must be 1 or 2, got {edge_order}")
    if min(values.shape) <= edge_order:
        raise ValueError(
            f"edge_order {edge_order} needs at least {edge_order + 1} samples along each axis, got {values.shape}"
        )
    return values


def _row(shape: tuple[int, ...], cut: int) -> int:
    """Bytes for each row of a slab, at the peak."""
    return _A_NUMBER * (math.prod(shape) // shape[cut]) + _A_ROW


def _thickness(shape: tuple[int, ...], cut: int, workspace: int) -> int:
    return max(1, workspace // _row(shape, cut) - 2)


def _slabs(shape: tuple[int, ...], cut: int, workspace: int) -> Iterator[_Slab]:
    """Cut along the longest axis; every slab sees one row beyond its own, and three in all where there are."""
    length, thickness = shape[cut], _thickness(shape, cut, workspace)
    for start in range(0, length, thickness):
        stop = min(start + thickness, length)
        last = min(max(stop + 1, 3), length)
        first = max(min(start - 1, last - 3), 0)
        last = min(max(last, first + 3), length)
        yield _Slab(slice(start, stop), slice(first, last), slice(start - first, stop - first))


def _across(cut: int, rows: slice) -> tuple[slice, ...]:
    return (*(slice(None),) * cut, rows)


def _along_cut(part: NDArray[Any], grid: Grid, cut: int, slab: _Slab, edge_order: EdgeOrder) -> NDArray[Any]:
    """Slopes along the axis that was cut, by the formula that np.gradient would choose for the whole of it."""
    places = grid.axes[cut][slab.taken]
    gaps = np.diff(places)
    if grid.even[cut] or (gaps != gaps[0]).any():
        return _slopes(part, places, cut, edge_order)
    # Even here by chance: a row that breaks the pattern is put where its neighbour's slope is not kept.
    row = np.zeros_like(part[_across(cut, slice(0, 1))])
    if slab.taken.stop < len(grid.axes[cut]):
        after = np.append(places, places[-1] + 2.0 * gaps[0])
        return _slopes(np.concatenate([part, row], axis=cut), after, cut, edge_order)
    before = np.append(places[0] - 2.0 * gaps[0], places)
    longer = np.concatenate([row, part], axis=cut)
    return _slopes(longer, before, cut, edge_order)[_across(cut, slice(1, None))]


def _slopes(values: NDArray[Any], places: Vector, axis: int, edge_order: EdgeOrder) -> NDArray[Any]:
    slopes: NDArray[Any] = np.gradient(values, places, axis=axis, edge_order=edge_order)
    return slopes
