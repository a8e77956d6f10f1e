"""Losses as heights on a log axis: above the minimum, or above the lowest that anybody has seen where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    import fallline as fl

    Numbers = NDArray[np.float64]

# A loss beyond this has left all bounds.
GROWN_TOO_FAR = 1e12
# A height below this is lost in rounding, and 0 has no place on a log axis.
LOWEST_HEIGHT = 1e-16
# How far a curve's range reaches beyond its heights, and what it is where there are none.
MARGIN = 4.0
NO_HEIGHTS = (1e-6, 1.0)


def floor_of(losses: Iterable[Numbers], objective: fl.Objective) -> float:
    """Return the minimum, or where there is none the lowest loss within bounds that anyone has seen."""
    if objective.minima:
        return objective.minimum
    seen = [loss for lap in losses for loss in lap if abs(loss) <= GROWN_TOO_FAR]
    return float(min(seen, default=0.0))


def lowest_shown(heights: Numbers, objective: fl.Objective) -> float:
    """Return the height that whatever is lower is shown at: without a bottom, someone stands on the floor itself."""
    if objective.minima:
        return LOWEST_HEIGHT
    above = heights[heights > LOWEST_HEIGHT]
    return float(above.min()) if above.size else LOWEST_HEIGHT


def shown_range(heights: Numbers) -> tuple[float, float]:
    """Return a range for the finite of these heights on a log axis; who grows too far leaves it at the top."""
    heights = heights[np.isfinite(heights)]
    if not heights.size:
        return NO_HEIGHTS
    return float(heights.min()) / MARGIN, min(float(heights.max()), GROWN_TOO_FAR) * MARGIN
