"""Digits as strokes of a pen, drawn on the pad's cells as its brush draws them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
RADIUS = 2.0


def arc(x: float, y: float, across: float, down: float, begin: float, end: float) -> Points:
    angles = np.radians(np.linspace(begin, end, 24))
    return np.column_stack([x + across * np.cos(angles), y + down * np.sin(angles)])


def line(*points: tuple[float, float]) -> Points:
    return np.array(points)


# In a unit square, x to the right, y down.
STROKES: dict[int, list[Points]] = {
    0: [arc(0.5, 0.5, 0.32, 0.45, 0, 360)],
    1: [line((0.3, 0.25), (0.52, 0.05), (0.52, 0.95))],
    2: [np.r_[arc(0.5, 0.3, 0.3, 0.25, 180, 380), line((0.2, 0.95), (0.82, 0.95))]],
    3: [np.r_[arc(0.47, 0.28, 0.28, 0.23, 200, 440), arc(0.47, 0.73, 0.32, 0.24, -80, 160)]],
    4: [line((0.6, 0.05), (0.15, 0.62), (0.85, 0.62)), line((0.62, 0.3), (0.62, 0.97))],
    5: [np.r_[line((0.8, 0.06), (0.28, 0.06), (0.24, 0.45)), arc(0.48, 0.67, 0.32, 0.28, -110, 150)]],
    6: [np.r_[arc(0.75, 0.6, 0.5, 0.55, 255, 180), arc(0.5, 0.72, 0.25, 0.23, 180, 540)]],
    7: [line((0.15, 0.06), (0.85, 0.06), (0.4, 0.96))],
    8: [arc(0.5, 0.27, 0.25, 0.22, 90, 450), arc(0.5, 0.72, 0.3, 0.24, -90, 270)],
    9: [np.r_[arc(0.5, 0.3, 0.28, 0.25, 0, 360), line((0.76, 0.35), (0.66, 0.97))]],
}


def drawn(
    digit: int, left: float, top: float, width: float, height: float, slant: float = 0.0
) -> NDArray[np.uint8]:
    """Draw a digit into a box, in cells; a slant leans it to the right by this share of its height."""
    down, right = np.mgrid[:32, :32] + 0.5
    bitmap = np.zeros((32, 32), np.uint8)
    for points in STROKES[digit]:
        leaning = points + np.column_stack(
            [slant * height / width * (0.5 - points[:, 1]), 0.0 * points[:, 1]]
        )
        places = leaning * (width, height) + (left, top)
        for begin, end in pairwise(places):
            step = end - begin
            along = ((right - begin[0]) * step[0] + (down - begin[1]) * step[1]) / max(step @ step, 1e-12)
            along = np.clip(along, 0.0, 1.0)
            off = np.hypot(right - begin[0] - along * step[0], down - begin[1] - along * step[1])
            bitmap |= (off <= RADIUS).astype(np.uint8)
    return bitmap
