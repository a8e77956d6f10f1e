"""Drawings: a square of bits as text that fits into a link, and the small picture of counts that comes of it."""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64

import numpy as np
from numpy.typing import NDArray

Bitmap = NDArray[np.uint8]

# Of a drawing, and of the picture made of it, in cells; and how much of the drawing's width a figure may take.
SIDE, COUNTED, WIDEST = 32, 8, 20
BLOCK = SIDE // COUNTED
# The part of the frame that is ink: 96 % of the digits lie between these. Strokes are made thicker or thinner so often.
LEAST_INK, MOST_INK, MOST_TURNS = 0.25, 0.38, 3
# The slant is measured so many rows away from both ends, which may be noise.
EDGE = 2
# 1024 bits, six to a letter.
LETTERS = -(-SIDE * SIDE // 6)
TEXT = re.compile(rf"[A-Za-z0-9_-]{{0,{LETTERS}}}", re.ASCII)


def to_text(bitmap: Bitmap) -> str:
    """Return a bitmap, shape (32, 32), as letters, the paper after the last of the ink left off; "" for an empty one.

    >>> bitmap = np.zeros((SIDE, SIDE), np.uint8)
    >>> bitmap[0, :6] = 1
    >>> to_text(bitmap)
    '_'
    """
    packed = np.packbits(bitmap.ravel()).tobytes()
    text = b2a_base64(packed, newline=False).decode()
    return text.rstrip("=").translate(str.maketrans("+/", "-_")).rstrip("A")


def from_text(text: str) -> Bitmap:
    """Return the bitmap that `to_text` wrote.

    Raises
    ------
    ValueError
        If it is not such a text.
    """
    if TEXT.fullmatch(text) is None:
        raise ValueError(f"a drawing is up to {LETTERS} letters, digits, - and _; got {text[:40]!r}")
    standard = text.ljust(LETTERS, "A").translate(str.maketrans("-_", "+/"))
    packed = a2b_base64(standard + "=" * (-LETTERS % 4))
    return np.unpackbits(np.frombuffer(packed, np.uint8))[: SIDE * SIDE].reshape(SIDE, SIDE)


def counted(bitmap: Bitmap) -> NDArray[np.float64]:
    """Count the ink in each block of 4 × 4 cells, shape (8, 8), 0 to 16: as the digits' makers did.

    >>> counted(np.ones((SIDE, SIDE), np.uint8))[0, 0].item()
    16.0
    """
    blocks = bitmap.reshape(COUNTED, BLOCK, COUNTED, BLOCK)
    counts: NDArray[np.float64] = blocks.sum(axis=(1, 3), dtype=np.float64)
    return counts


def fitted(bitmap: Bitmap) -> Bitmap:
    """Return the drawing as large as the frame is high, at most 20 cells wide, in the middle, its strokes of a usual width.

    Then it is set upright. The digits of the data were made so too, by the programs of Garris et al., "NIST Form-Based
    Handprint Recognition System", NISTIR 5469, 1994, which thicken or thin a form once or twice where its ink is less than
    256 or more than 412 of the 1024 cells; those make every form 20 cells wide, here a narrow one stays narrow. An empty
    drawing stays one.
    """
    rows, columns = np.flatnonzero(bitmap.any(axis=1)), np.flatnonzero(bitmap.any(axis=0))
    if not rows.size:
        return bitmap
    cut = bitmap[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = cut.shape
    fitting = int(np.clip(round(width * SIDE / height), 1, WIDEST))
    made, left = np.zeros_like(bitmap), (SIDE - fitting) // 2
    made[:, left : left + fitting] = cut[np.ix_(_nearest(height, SIDE), _nearest(width, fitting))]
    for _ in range(MOST_TURNS):
        if made.mean() < LEAST_INK:
            made = _thickened(made)
        elif made.mean() > MOST_INK:
            made = 1 - _thickened(1 - made)
    return upright(made)


def upright(bitmap: Bitmap) -> Bitmap:
    """Return a drawing as high as the frame with its rows shifted until its left edge stands as far left below as above.

    That edge is the first ink two rows from the top and from the bottom, and the middle row stays (NISTIR 5469, as above).
    """
    above, below = (int(bitmap[row].argmax()) if bitmap[row].any() else None for row in (EDGE, -1 - EDGE))
    if above is None or below is None:
        return bitmap
    slant = (above - below) / (SIDE - 1 - 2 * EDGE)
    shifts = np.floor(slant * (np.arange(SIDE) - SIDE // 2) + 0.5).astype(np.intp)
    sources = np.arange(SIDE) - shifts[:, None]
    seen = (sources >= 0) & (sources < SIDE)
    return np.where(seen, np.take_along_axis(bitmap, sources.clip(0, SIDE - 1), axis=1), 0).astype(np.uint8)


def _thickened(bitmap: Bitmap) -> Bitmap:
    made = bitmap.copy()
    made[1:] |= bitmap[:-1]
    made[:-1] |= bitmap[1:]
    made[:, 1:] |= bitmap[:, :-1]
    made[:, :-1] |= bitmap[:, 1:]
    return made


def _nearest(cells: int, wanted: int) -> NDArray[np.intp]:
    """Return which of so many cells each of the wanted ones is taken from."""
    places: NDArray[np.intp] = ((np.arange(wanted) + 0.5) * cells / wanted).astype(np.intp)
    return places
