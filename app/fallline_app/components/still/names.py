"""Names beside the ends of lines in a still, which cannot know its size: laid out for a small plot, as `labels.js` does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# In sizes of the names' face: a small frame, the room beside a name and between names, a line, a letter.
WIDE, HIGH, BESIDE, BETWEEN, LINE, LETTER = 22.0, 14.0, 0.85, 0.2, 1.2, 0.6


class PlacedName(NamedTuple):
    """How a name stands: its lines, right of its head or left, around `down` lines below a share of the frame's height."""

    lines: tuple[str, ...]
    right: bool
    middle: float
    down: float


class _Block(NamedTuple):
    members: tuple[int, ...]
    offsets: tuple[float, ...]
    middle: float
    height: float


def place_names(names: Sequence[str], heads: NDArray[np.float64]) -> list[PlacedName]:
    """Place names beside heads, shape (m, 2) as shares from the upper left; the blocks are those of `spread.js`."""
    broken = [_lines(name, across) for name, across in zip(names, heads[:, 0], strict=True)]
    right = [
        _stand_right([broken[i] for i in _column(heads, index)], x) for index, x in enumerate(heads[:, 0])
    ]
    # Left of its head a name has room for one line.
    lines = [parts if yes else (name,) for name, parts, yes in zip(names, broken, right, strict=True)]
    heights = [(BETWEEN + LINE * len(parts)) for parts in lines]
    placed: dict[int, PlacedName] = {}
    for block in _blocks(heads[:, 1] * HIGH, heights):
        for index, offset in zip(block.members, block.offsets, strict=True):
            placed[index] = PlacedName(lines[index], right[index], block.middle / HIGH, offset)
    return [placed[index] for index in range(len(names))]


def _lines(name: str, across: float) -> tuple[str, ...]:
    # A number stays with its word.
    return (name,) if _fits(_width((name,)), across) else tuple(re.split(r" (?!\d)", name))


def _width(lines: Sequence[str]) -> float:
    return max(map(len, lines)) * LETTER + BESIDE


def _stand_right(column: Sequence[Sequence[str]], across: float) -> bool:
    return _fits(max(map(_width, column)), across)


def _fits(width: float, across: float) -> bool:
    return bool(across + width / WIDE <= 1.0)


def _column(heads: NDArray[np.float64], index: int) -> NDArray[np.int_]:
    """Return the names whose heads are above each other: they stand on the same side."""
    return np.flatnonzero(abs(heads[:, 0] - heads[index, 0]) < 0.05 / WIDE)


def _blocks(places: NDArray[np.float64], heights: Sequence[float]) -> list[_Block]:
    blocks: list[_Block] = []
    for index in np.argsort(places, kind="stable").tolist():
        blocks.append(_block((index,), places, heights))
        while len(blocks) > 1 and _touch(*blocks[-2:]):
            below, above = blocks.pop(), blocks.pop()
            blocks.append(_block(above.members + below.members, places, heights))
    return blocks


def _touch(above: _Block, below: _Block) -> bool:
    return below.middle - above.middle < (above.height + below.height) / 2.0


def _block(members: tuple[int, ...], places: NDArray[np.float64], heights: Sequence[float]) -> _Block:
    own = np.array([heights[index] for index in members])
    offsets = np.cumsum(own) - own / 2.0 - own.sum() / 2.0
    half = float(own.sum()) / 2.0
    middle = float(np.clip((places[list(members)] - offsets).mean(), half, HIGH - half))
    return _Block(members, tuple(offsets.tolist()), middle, 2.0 * half)
