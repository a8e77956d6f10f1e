"""How a function is evaluated at the many points of a difference: one by one, in batches, or by workers.

The points differ from x in one coordinate each: `moved`, shape (k, m), holds k new values for each of the m
`coordinates`. Whole points are made only when they are evaluated, as many at a time as the memory allows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Function, Vector
from fallline.differences.readers import NUMBERS, OfBatch, Reader
from fallline.differences.workers import Workers

MEMORY = 2**24
"""Bytes that the points of one batch and what f makes of them may take together."""

# A batch takes one part of them: f itself makes arrays as large as the batch, seldom more than three at a time.
_PARTS = 4

Coordinates = Sequence[int] | NDArray[np.intp]


class Evaluate(Protocol):
    """Gives the values at x itself (first, if `centre`) and at the moved points in order: shape (*out, count)."""

    def __call__(
        self, x: Vector, moved: NDArray[Any], centre: bool, coordinates: Coordinates, /
    ) -> NDArray[Any]:
        """Return them."""


@dataclass(frozen=True)
class Singly:
    """Evaluates a function at one point at a time. Each point is a copy, which the function may spoil."""

    f: Function
    reader: Reader = NUMBERS

    def __call__(
        self, x: Vector, moved: NDArray[Any], centre: bool, coordinates: Coordinates
    ) -> NDArray[Any]:
        """Return the value at each point."""
        f, read = self.f, self.reader.of_point
        if moved.dtype.kind == "c":
            x, read = x.astype(complex), self.reader.of_complex_point
        values = [read(f(x.copy()))] if centre else []
        for row in moved:
            for i, coordinate in zip(coordinates, row, strict=True):
                point = x.copy()
                point[i] = coordinate
                values.append(read(f(point)))
        return _together(values)


@dataclass(frozen=True)
class ByWorkers:
    """Evaluates a function at one point at a time, the points spread over workers."""

    f: Function
    workers: Workers
    reader: Reader = NUMBERS

    def __call__(
        self, x: Vector, moved: NDArray[Any], centre: bool, coordinates: Coordinates
    ) -> NDArray[Any]:
        """Return the value at each point."""
        is_complex = moved.dtype.kind == "c"
        read = self.reader.of_complex_point if is_complex else self.reader.of_point
        which, values = _moves(x, moved, centre, coordinates)
        # Workers get one index and one value each and make the point themselves.
        moves = list(zip(which.tolist(), values.tolist(), strict=True))
        move = _Move(self.f, x.astype(values.dtype))
        return _together([read(value) for value in self.workers.map(move, moves)])


@dataclass(frozen=True)
class Batched:
    """Evaluates a vectorized function, at as many points at a time as the memory allows."""

    f: Function
    reader: Reader = NUMBERS
    memory: int = MEMORY
    workers: Workers | None = None

    def __call__(
        self, x: Vector, moved: NDArray[Any], centre: bool, coordinates: Coordinates
    ) -> NDArray[Any]:
        """Return the value at each point."""
        is_complex = moved.dtype.kind == "c"
        read = self.reader.of_complex_batch if is_complex else self.reader.of_batch
        which, values = _moves(x, moved, centre, coordinates)
        if self.workers is None and values.size <= self._most(x, values):
            return read(self.f(_points(x, which, values)), values.size)
        return self._in_parts(x, which, values, read)

    def _most(self, x: Vector, values: NDArray[Any], hands: int = 1) -> int:
        return max(1, self.memory // (_PARTS * hands * x.size * values.itemsize))

    def _in_parts(
        self, x: Vector, which: NDArray[np.intp], values: NDArray[Any], read: OfBatch
    ) -> NDArray[Any]:
        hands = 1 if self.workers is None else self.workers.count
        count = min(self._most(x, values, hands), -(-values.size // hands))
        spans = [(start, min(start + count, values.size)) for start in range(0, values.size, count)]
        batch = _Batch(self.f, x, which, values)
        found = map(batch, spans) if self.workers is None else self.workers.map(batch, spans)
        parts = [read(part, stop - start) for (start, stop), part in zip(spans, found, strict=True)]
        return np.concatenate(parts, axis=-1)


@dataclass(frozen=True)
class _Move:
    f: Function
    x: NDArray[Any]

    def __call__(self, move: tuple[int, Any]) -> Any:
        point = self.x.copy()
        point[move[0]] = move[1]
        return self.f(point)


@dataclass(frozen=True)
class _Batch:
    f: Function
    x: Vector
    which: NDArray[np.intp]
    values: NDArray[Any]

    def __call__(self, span: tuple[int, int]) -> Any:
        part = slice(*span)
        return self.f(_points(self.x, self.which[part], self.values[part]))


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
