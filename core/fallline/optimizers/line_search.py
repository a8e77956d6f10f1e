"""How far to walk along a direction: far enough, and not too far.

A step of length α along p from x is good by the strong Wolfe conditions where, with φ(α) = f(x + αp),

    φ(α) ≤ φ(0) + c₁αφ′(0)      the value falls as much as the slope promised, but for the factor c₁
    |φ′(α)| ≤ c₂|φ′(0)|         and the slope along p is flatter than where it began

Moré and Thuente, "Line search algorithms with guaranteed sufficient decrease", ACM Transactions on Mathematical Software
20(3), 1994: an interval that holds good places shrinks around the best place so far. It is what MINPACK-2 and SciPy search
with, so the evaluations are as many as theirs. Where the next look goes is in `trial`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from fallline.arrays import Vector
from fallline.optimizers.trial import Interval, Spot, lowest

# A search that has looked this often has met rounding, a kink, or a slope that does not belong to its function.
MOST_LOOKS = 30
# What two looks must leave of the interval at most; else it is halved.
SHRINKAGE = 0.66
# How far beyond the last look the next may go where no interval is found yet, in parts of the last move.
NEAREST, FARTHEST = 1.1, 4.0


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
        """Look at the value and the slope along the line at a distance."""
        at = self.x + length * self.direction
        return Spot(length, self.objective(at), float(self.gradient(at) @ self.direction))

    def is_low(self, spot: Spot) -> bool:
        """Whether the value has fallen enough; one that is no number has not."""
        return spot.value <= self.start.value + self.c1 * spot.length * self.start.along

    def is_lower_but_not_low(self, spot: Spot, best: Spot) -> bool:
        """Whether the value is no higher than at the best place so far, and has yet fallen too little."""
        return spot.value <= best.value and not self.is_low(spot)

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
        A good place; where none is found in `MOST_LOOKS` looks, the best so far, which may be the start.

    Examples
    --------
    >>> import numpy as np
    >>> x, direction = np.array([1.0]), np.array([-2.0])
    >>> line = Line(lambda x: float(x[0] ** 2), lambda x: 2 * x, x, direction, Spot(0.0, 1.0, -4.0), c1=1e-4, c2=0.1)
    >>> strong_wolfe(line, first=0.25)
    Spot(length=0.5, value=0.0, along=0.0)
    """
    interval, limits = Interval(line.start, line.start), (0.0, 5.0 * first)
    length, wall, widths, unmet = first, inf, (inf, inf), True
    for _ in range(MOST_LOOKS):
        spot = line.look(length)
        if line.is_good(spot) or spot.value == -inf:
            return spot
        if not spot.is_finite():
            wall, length = length, _halfway(interval.best.length, length)
            continue
        unmet = unmet and not (line.is_low(spot) and spot.along >= 0.0)
        slope = (
            line.c1 * line.start.along if unmet and line.is_lower_but_not_low(spot, interval.best) else 0.0
        )
        length, interval = lowest(interval, spot, limits, slope), interval.narrowed(spot, slope)
        if interval.bracketed:
            limits = interval.ends()
            length, widths = _halved_if_slow(length, limits, widths)
            if not limits[0] < length < limits[1]:
                return interval.best
        else:
            length = length if length < wall else _halfway(interval.best.length, wall)
            limits = _beyond(interval.best.length, length)
    return interval.best


def _halved_if_slow(
    length: float, ends: tuple[float, float], widths: tuple[float, float]
) -> tuple[float, tuple[float, float]]:
    """Look in the middle of an interval that has hardly shrunk in two looks; return its last two widths as well."""
    width = ends[1] - ends[0]
    return _halfway(*ends) if width >= SHRINKAGE * widths[0] else length, (widths[1], width)


def _beyond(best: float, length: float) -> tuple[float, float]:
    """How far a look may go beyond one from which the value still falls."""
    move = length - best
    return length + NEAREST * move, length + FARTHEST * move


def _halfway(a: float, b: float) -> float:
    return a + 0.5 * (b - a)
