"""Where each start of a grid ends: the basins of the places that an optimizer comes to rest at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from fallline_app.surfaces import grid, slope_of
from fallline_app.words import printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    import fallline as fl

# Starts along each side, and the places that have a colour of their own.
STARTS, PLACES = 61, 7
ELSEWHERE = PLACES
# Ends so near to each other, in parts of the map's side, are one place.
NEAR = 0.03
# Where a smaller part of the starts ends is no place of its own.
FEW = 0.005


@dataclass(frozen=True)
class Basins:
    """For each start, row by row from the lower left, shape (starts, starts), the number of the place where it ends.

    `places` has shape (k, 2), `shares` what part of the starts ends at each; who ends at none of them has `ELSEWHERE`.
    """

    title: str
    labels: NDArray[np.uint8]
    places: NDArray[np.float64]
    shares: tuple[float, ...]

    @property
    def sentence(self) -> str:
        """What the map shows."""
        ends = (
            f"{share:.0%} at ({printed(x)}, {printed(y)})"
            for share, (x, y) in zip(self.shares, self.places, strict=True)
        )
        rest = 1.0 - sum(self.shares)
        others = [f"{rest:.0%} elsewhere"] if rest > 0.0005 else []
        return (
            f"The map's colours tell where {self.title} ends from each start: {', '.join([*ends, *others])}."
        )


def find_basins(title: str, objective: fl.Objective, optimizer: Any, steps: int) -> Basins:
    """Run an optimizer that treats each coordinate by itself from all starts at once."""
    ends = _ends(objective, optimizer, steps)
    side = np.ptp(np.transpose(objective.domain), axis=0)
    shares_of_side = ends / side[:, None]
    labels = np.full(ends.shape[1], ELSEWHERE, dtype=np.uint8)
    places: list[NDArray[np.float64]] = []
    for _ in range(PLACES):
        place = _next_place(objective, ends, labels, places)
        if place is None:
            break
        distance = np.abs(shares_of_side - (place / side)[:, None]).max(axis=0)
        labels[(distance < NEAR) & (labels == ELSEWHERE)] = len(places)
        places.append(place)
    shares = tuple(float(np.mean(labels == index)) for index in range(len(places)))
    return Basins(title, labels.reshape(STARTS, STARTS), np.reshape(places, (-1, 2)), shares)


def _ends(objective: fl.Objective, optimizer: Any, steps: int) -> NDArray[np.float64]:
    along_x, along_y = objective.domain
    x = grid((along_x, along_y), STARTS)
    slope = slope_of(objective)
    with np.errstate(all="ignore"):
        state = optimizer.init(x)
        for _ in range(steps):
            x, state = optimizer.step(x, slope(x), state)
    return np.asarray(x)


def _next_place(
    objective: fl.Objective,
    ends: NDArray[np.float64],
    labels: NDArray[np.uint8],
    places: list[NDArray[np.float64]],
) -> NDArray[np.float64] | None:
    """Return the next minimum that is known, and then the lowest end of where most end that belong to no place yet."""
    if len(places) < len(objective.minima):
        return np.array(objective.minima[len(places)])
    low, high = np.transpose(objective.domain)
    left = ends[:, (labels == ELSEWHERE) & ((low <= ends.T) & (high >= ends.T)).all(axis=1)]
    cells = np.floor(left / (NEAR * (high - low))[:, None])
    _, cell, counts = np.unique(cells, axis=1, return_inverse=True, return_counts=True)
    if not left.size or counts.max() < FEW * ends.shape[1]:
        return None
    together = left[:, cell.ravel() == counts.argmax()]
    return np.asarray(together[:, np.argmin(objective(together))])
