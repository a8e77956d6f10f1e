"""Points that somebody painted, of a few classes, as a short text that fits into a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Three letters a point: the number of its place on a grid of SIDE × SIDE over [−REACH, REACH]², row by row.
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SIDE, REACH, LETTERS = 512, 1.5, 3
# Between one class and the next.
MARK = "."
MOST = 1000
# What a text of points of two classes looks like.
PATTERN = rf"^(?:[A-Za-z0-9_-]{{{LETTERS}}}){{0,{MOST}}}\.(?:[A-Za-z0-9_-]{{{LETTERS}}}){{0,{MOST}}}$"


def encode(points: NDArray[np.float64], classes: NDArray[np.int64], count: int = 2) -> str:
    """Write points of shape (n, 2) and their classes, shape (n,), on the nearest places of the grid."""
    grid = np.clip(np.rint((points + REACH) / (2.0 * REACH) * (SIDE - 1)), 0, SIDE - 1).astype(int)
    return MARK.join("".join(map(_letters, grid[classes == kind])) for kind in range(count))


def decode(text: str, count: int = 2) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Read places on the grid, shape (n, 2), and their classes, shape (n,), one class after another.

    Raises
    ------
    ValueError
        If the text is not of this kind, or holds too many points.
    """
    parts = text.split(MARK)
    if len(parts) != count or any(len(part) % LETTERS for part in parts):
        raise ValueError(
            f"painted points are {count} runs of {LETTERS} letters each, with a full stop between"
        )
    if max(map(len, parts)) > LETTERS * MOST:
        raise ValueError(f"at most {MOST} points of a class can be painted; these are more")
    numbers = [_numbers(part) for part in parts]
    places = np.concatenate(numbers)
    kinds = np.repeat(np.arange(count), [len(part) for part in numbers])
    return np.stack([places % SIDE, places // SIDE], axis=1).astype(np.int64), kinds.astype(np.int64)


def placed(grid: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return where places of the grid are, shape (n, 2)."""
    return 2.0 * REACH * grid / (SIDE - 1) - REACH


def _letters(place: Sequence[int]) -> str:
    number = int(place[1]) * SIDE + int(place[0])
    return "".join(ALPHABET[number >> shift & 63] for shift in (12, 6, 0))


def _numbers(text: str) -> NDArray[np.int64]:
    if set(text) - set(ALPHABET):
        raise ValueError(f"{(set(text) - set(ALPHABET)).pop()!r} is no letter of painted points")
    digits = np.array([ALPHABET.index(letter) for letter in text], dtype=np.int64).reshape(-1, LETTERS)
    return np.asarray(digits @ np.array([64 * 64, 64, 1]), dtype=np.int64)
