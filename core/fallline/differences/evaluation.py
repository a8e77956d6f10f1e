"""How a function is evaluated at the many points of a difference: one by one, in batches, or by workers.

The points differ from x in one coordinate each: `moved`, shape (k, m), holds k new values for each of the m
`coordinates`. Whole points are made only when they are evaluated, as many at a time as the memory allows.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Function, Vector
from fallline.differences.readers import NUMBERS, Reader
from fallline.differences.workers import Workers

MEMORY = 2**24
"""Bytes that the points of one batch and what f makes of them may take together."""

# A batch takes one part of them: f itself makes arrays as large as the batch, seldom more than three at a time.
_PARTS = 4

Coordinates: TypeAlias = Sequence[int] | NDArray[np.intp]

Evaluate: TypeAlias = Callable[[Vector, NDArray[Any], bool, Coordinates], NDArray[Any]]
"""Called as (x, moved, centre, coordinates); gives f(x), if `centre`, then the values at the moved points in
their order: shape (*out, count)."""


def singly(f: Function, reader: Reader = NUMBERS) -> Evaluate:
    """Evaluate a function at one point at a time. Each point is a copy, which the function may spoil."""
    return partial(_singly, f, reader)


def by_workers(f: Function, workers: Workers, reader: Reader = NUMBERS) -> Evaluate:
    """Evaluate a function at one point at a time, the points spread over workers."""
    return partial(_by_workers, f, workers, reader)


def batched(
    f: Function, reader: Reader = NUMBERS, memory: int = MEMORY, workers: Workers | None = None
) -> Evaluate:
    """Evaluate a vectorized function, at as many points at a time as the memory allows."""
    return partial(_batched, f, reader, memory, workers)


def _singly(
    f: Function, reader: Reader, x: Vector, moved: NDArray[Any], centre: bool, coordinates: Coordinates
) -> NDArray[Any]:
    read = reader.of_point
    if moved.dtype.kind == "c":
        x, read = x.astype(complex), reader.of_complex_point
    values = [read(f(x.copy()))] if centre else []
    for row in moved:
        for i, coordinate in zip(coordinates, row, strict=True):
            point = x.copy()
            point[i] = coordinate
            values.append(read(f(point)))
    return _together(values)


def _by_workers(
    f: Function,
    workers: Workers,
    reader: Reader,
    x: Vector,
    moved: NDArray[Any],
    centre: bool,
    coordinates: Coordinates,
) -> NDArray[Any]:
    read = reader.of_complex_point if moved.dtype.kind == "c" else reader.of_point
    which, values = _moves(x, moved, centre, coordinates)
    # Workers get one index and one value each and make the point themselves.
    moves = list(zip(which.tolist(), values.tolist(), strict=True))
    move = partial(_at_move, f, x.astype(values.dtype))
    return _together([read(value) for value in workers.map(move, moves)])


def _at_move(f: Function, x: NDArray[Any], move: tuple[int, Any]) -> Any:
    point = x.copy()
    point[move[0]] = move[1]
    return f(point)


def _batched(
    f: Function,
    reader: Reader,
    memory: int,
    workers: Workers | None,
    x: Vector,
    moved: NDArray[Any],
    centre: bool,
    coordinates: Coordinates,
) -> NDArray[Any]:
    read = reader.of_complex_batch if moved.dtype.kind == "c" else reader.of_batch
    which, values = _moves(x, moved, centre, coordinates)
    hands = 1 if workers is None else workers.hands
    most = max(1, int(memory // (_PARTS * hands * x.size * values.itemsize)))
    if workers is None and values.size <= most:
        return read(f(_points(x, which, values)), values.size)
    count = min(most, -(-values.size // hands))
    starts = range(0, values.size, count)
    batch = partial(_at_batch, f, x, which, values, count)
    found = map(batch, starts) if workers is None else workers.map(batch, list(starts))
    return _filled(
        (read(part, min(count, values.size - k)) for k, part in zip(starts, found, strict=True)), values.size
    )


def _at_batch(
    f: Function, x: Vector, which: NDArray[np.intp], values: NDArray[Any], count: int, start: int
) -> Any:
    part = slice(start, start + count)
    return f(_points(x, which[part], values[part]))


def _filled(parts: Iterator[NDArray[Any]], size: int) -> NDArray[Any]:
    """Put the values of batches into one array as they come: kept apart, many small ones would take more room than it."""
    first = next(parts)
    whole = np.empty((*first.shape[:-1], size), first.dtype)
    stop = 0
    for part in chain([first], parts):
        refuse_another_shape(part, whole)
        start, stop = stop, stop + part.shape[-1]
        whole[..., start:stop] = part
    return whole


def refuse_another_shape(part: NDArray[Any], whole: NDArray[Any]) -> None:
    """Refuse values, shape (*out, m), that would be spread over those of another shape.

    Raises
    ------
    ValueError
        If f returned another shape before.
    """
    if part.shape[:-1] != whole.shape[:-1]:
        raise ValueError(
            f"f must return the same shape at every point, got {part.shape[:-1]} after {whole.shape[:-1]}"
        )


def _points(x: Vector, which: NDArray[np.intp], values: NDArray[Any]) -> NDArray[Any]:
    """Make a batch of points, each x with one coordinate moved."""
    points = np.empty((x.size, values.size), values.dtype)
    points[...] = x[:, None]
    points[which, _range(values.size)] = values
    return points


def _moves(
    x: Vector, moved: NDArray[Any], centre: bool, coordinates: Coordinates
) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """Say which coordinate of each point is moved, and where to; x itself has its first one where it was."""
    which = (
        _repeated(coordinates, len(moved))
        if isinstance(coordinates, range)
        else np.tile(coordinates, len(moved))
    )
    values = moved.ravel()
    if centre:
        return np.concatenate([[0], which]), np.concatenate([x[:1], values])
    return which, values


@lru_cache(maxsize=8)
def _repeated(coordinates: range, times: int) -> NDArray[np.intp]:
    return np.tile(np.asarray(coordinates, np.intp), times)


@lru_cache(maxsize=8)
def _range(count: int) -> NDArray[np.intp]:
    return np.arange(count)


def _together(values: list[Any]) -> NDArray[Any]:
    try:
        array = np.array(values)
    except ValueError:
        shapes = sorted({np.shape(value) for value in values})
        raise ValueError(f"f must return the same shape at every point, got {shapes}") from None
    return array if array.ndim == 1 else np.moveaxis(array, 0, -1)
