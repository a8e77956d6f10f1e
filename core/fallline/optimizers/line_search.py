"""How far to walk along a direction: far enough, and not too far.

A step of length α along p from x is good by the strong Wolfe conditions where, with φ(α) = f(x + αp),

    φ(α) ≤ φ(0) + c₁αφ′(0)      the value falls as much as the slope promised, but for the factor c₁
    |φ′(α)| ≤ c₂|φ′(0)|         and the slope along p is flatter than where it began

Nocedal and Wright, "Numerical Optimization", 2nd edition, 2006, algorithms 3.5 and 3.6, equation 3.7.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, sqrt
from typing import NamedTuple

import numpy as np

from fallline.arrays import Vector

# A search that has looked this often has met rounding, a kink, or a slope that does not belong to its function.
MOST_LOOKS = 30
# How far one look may go beyond the last, and how near an end of the bracket one may come.
FARTHEST, NEAREST = 10.0, 0.1


class Spot(NamedTuple):
    """A place on the line: its distance from the start, the value there and, once asked for, the slope along the line."""

    length: float
    value: float
    along: float


@dataclass(frozen=True)
class Line:
    """The line x + αp through an objective, and what makes a place on it good.

    Parameters
    ----------
    objective, gradient
        f(x) and ∇f(x) for points of shape (n,).
    x, direction
        Where the line begins and where it leads, shape (n,) each.
    start
        The value and the slope along the line at its beginning; the latter must be negative.
    c1, c2
        The constants of the Wolfe conditions, 0 < c₁ < c₂ < 1.
    """

    objective: Callable[[Vector], float]
    gradient: Callable[[Vector], Vector]
    x: Vector
    direction: Vector
    start: Spot
    c1: float
    c2: float

    def look(self, length: float) -> Spot:
        """Look at the value at a distance, and at the slope only where the value is low enough to matter."""
        value = self.objective(self.x + length * self.direction)
        spot = Spot(length, value, np.nan)
        return spot._replace(along=self.along(length)) if self.is_low(spot) else spot

    def along(self, length: float) -> float:
        """Slope along the line at a distance."""
        return float(self.gradient(self.x + length * self.direction) @ self.direction)

    def is_low(self, spot: Spot) -> bool:
        """Whether the value has fallen enough; one that is no number has not."""
        return spot.value <= self.start.value + self.c1 * spot.length * self.start.along

    def is_good(self, spot: Spot) -> bool:
        """Whether the strong Wolfe conditions hold."""
        return self.is_low(spot) and abs(spot.along) <= self.c2 * abs(self.start.along)


def strong_wolfe(line: Line, first: float) -> Spot:
    """Find a place on a line where the strong Wolfe conditions hold.

    Parameters
    ----------
    line
        The line, along which the value falls at first.
    first
        The distance to look at first.

    Returns
    -------
    Spot
        A good place; where none is found in `MOST_LOOKS` looks, the best low one, which may be the start.

    Examples
    --------
    >>> x, direction = np.array([1.0]), np.array([-2.0])
    >>> line = Line(lambda x: float(x[0] ** 2), lambda x: 2 * x, x, direction, Spot(0.0, 1.0, -4.0), c1=1e-4, c2=0.1)
    >>> strong_wolfe(line, first=1.0)
    Spot(length=0.5, value=0.0, along=0.0)
    """
    before, length = line.start, first
    for looks in range(MOST_LOOKS):
        spot = line.look(length)
        if not line.is_low(spot) or (looks and spot.value >= before.value):
            return _zoom(line, before, spot, MOST_LOOKS - looks)
        if line.is_good(spot) or not isfinite(spot.along):
            return spot
        if spot.along >= 0.0:
            return _zoom(line, spot, before, MOST_LOOKS - looks)
        length = _beyond(before, spot)
        before = spot
    return before


def _zoom(line: Line, low: Spot, high: Spot, looks: int) -> Spot:
    """Find a good place between two: `low` is the best so far, and the value falls from it towards `high`."""
    for _ in range(looks):
        spot = line.look(_between(low, high))
        if spot.length in (low.length, high.length):
            return low
        if not line.is_low(spot) or spot.value >= low.value:
            high = spot
            continue
        if line.is_good(spot):
            return spot
        if spot.along * (high.length - low.length) >= 0.0:
            high = low
        low = spot
    return low


def _between(low: Spot, high: Spot) -> float:
    """Guess the lowest place between two, not too near to either."""
    width = high.length - low.length
    guess = _lowest_of_cubic(low, high) if isfinite(high.along) else _lowest_of_parabola(low, high)
    share = (guess - low.length) / width if isfinite(guess) else 0.5
    return low.length + width * min(max(share, NEAREST), 1.0 - NEAREST)


def _beyond(before: Spot, spot: Spot) -> float:
    """Guess the lowest place beyond two, at least twice and at most `FARTHEST` times as far."""
    guess = _lowest_of_cubic(before, spot)
    return min(max(guess, 2.0 * spot.length), FARTHEST * spot.length) if guess > 0.0 else 2.0 * spot.length


def _lowest_of_cubic(a: Spot, b: Spot) -> float:
    """Place of the minimum of the cubic through two values and two slopes; equation 3.59."""
    if a.length == b.length:
        return np.nan
    d1 = a.along + b.along - 3.0 * (a.value - b.value) / (a.length - b.length)
    inside = d1 * d1 - a.along * b.along
    if not 0.0 <= inside < np.inf:
        return np.nan
    d2 = sqrt(inside) if b.length > a.length else -sqrt(inside)
    below = b.along - a.along + 2.0 * d2
    return b.length - (b.length - a.length) * (b.along + d2 - d1) / below if below else np.nan


def _lowest_of_parabola(a: Spot, b: Spot) -> float:
    """Place of the minimum of the parabola through two values and the slope at the first; equation 3.58."""
    width = b.length - a.length
    bend = b.value - a.value - a.along * width
    return a.length - a.along * width * width / (2.0 * bend) if 0.0 < bend < np.inf else np.nan
