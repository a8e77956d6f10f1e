"""Where a line search looks next: the interval around the best place so far, and a guess of the lowest place in it.

Moré and Thuente, "Line search algorithms with guaranteed sufficient decrease", ACM Transactions on Mathematical Software
20(3), 1994: the updating algorithm of section 2 and the trial values of section 4.
"""

from math import isfinite, nan, sqrt
from typing import NamedTuple

# How far towards the other end a guess from two slopes of one sign may go. The paper's δ.
TOWARDS = 0.66


class Spot(NamedTuple):
    """A place on the line: its distance from the start, the value there and the slope along the line."""

    length: float
    value: float
    along: float

    def is_finite(self) -> bool:
        """Whether value and slope are numbers."""
        return isfinite(self.value) and isfinite(self.along)

    def less(self, slope: float) -> "Spot":
        """Return the place on what is left of the function when a straight line from the start is taken off."""
        return Spot(self.length, self.value - slope * self.length, self.along - slope)


class Interval(NamedTuple):
    """The best place so far and the other end; good places lie between the two once it is `bracketed`."""

    best: Spot
    other: Spot
    bracketed: bool = False

    def ends(self) -> tuple[float, float]:
        """Lower and upper end."""
        low, high = sorted((self.best.length, self.other.length))
        return low, high

    def narrowed(self, spot: Spot, slope: float = 0.0) -> "Interval":
        """Take in what was seen at a place, on the function less a line of this slope."""
        best, seen = self.best.less(slope), spot.less(slope)
        if seen.value > best.value:
            return Interval(self.best, spot, True)
        if seen.along * best.along < 0.0:
            return Interval(spot, self.best, True)
        return Interval(spot, self.other, self.bracketed)


def lowest(interval: Interval, spot: Spot, limits: tuple[float, float], slope: float = 0.0) -> float:
    """Guess where the lowest place is from what was seen at a place, on the function less a line of this slope.

    Parameters
    ----------
    interval
        As it was before `spot` was looked at.
    spot
        The place looked at last.
    limits
        How far the guess may go where only the direction is known.
    slope
        Of the line.

    Examples
    --------
    >>> lowest(Interval(start := Spot(0.0, 1.0, -4.0), start), Spot(1.0, 1.0, 4.0), limits=(0.0, 5.0))
    0.5
    """
    best, other, seen = interval.best.less(slope), interval.other.less(slope), spot.less(slope)
    far = limits[1] if seen.length > best.length else limits[0]
    if seen.value > best.value:
        guess = _between(best, seen)
    elif seen.along * best.along < 0.0:
        guess = _farther(_of_cubic(best, seen), _of_slopes(best, seen), seen.length)
    elif abs(seen.along) < abs(best.along):
        guess = _ahead(best, seen, other if interval.bracketed else None, far, limits)
    else:
        guess = _of_cubic(other, seen) if interval.bracketed else far
    return guess if isfinite(guess) else 0.5 * (best.length + seen.length)


def _between(best: Spot, seen: Spot) -> float:
    """Case 1, the value has risen: the cubic's guess if it is nearer to the best place, else halfway to the parabola's."""
    cubic, parabola = _of_cubic(best, seen), _of_parabola(best, seen)
    return _nearer(cubic, 0.5 * (cubic + parabola) if isfinite(cubic) else parabola, best.length)


def _ahead(best: Spot, seen: Spot, other: Spot | None, far: float, limits: tuple[float, float]) -> float:
    """Case 3, the value falls on, less steeply: the cubic's guess if it lies ahead, or that of the slopes."""
    cubic, slopes = _of_cubic(best, seen), _of_slopes(best, seen)
    if not (cubic - seen.length) * (seen.length - best.length) > 0.0:
        cubic = far
    if other is None:
        return min(max(_farther(cubic, slopes, seen.length), limits[0]), limits[1])
    guess, most = _nearer(cubic, slopes, seen.length), seen.length + TOWARDS * (other.length - seen.length)
    return min(guess, most) if seen.length > best.length else max(guess, most)


def _nearer(a: float, b: float, place: float) -> float:
    return a if abs(a - place) < abs(b - place) else b


def _farther(a: float, b: float, place: float) -> float:
    return a if abs(a - place) > abs(b - place) else b


def _of_cubic(a: Spot, b: Spot) -> float:
    """Place of the minimum of the cubic through two values and two slopes: Nocedal and Wright, equation 3.59."""
    width = b.length - a.length
    d1 = a.along + b.along + 3.0 * _over(a.value - b.value, width)
    root = sqrt(max(0.0, d1 * d1 - a.along * b.along))
    d2 = root if width > 0.0 else -root
    return b.length - width * _over(b.along + d2 - d1, b.along - a.along + 2.0 * d2)


def _of_parabola(a: Spot, b: Spot) -> float:
    """Place of the minimum of the parabola through two values and the slope at the first: equation 3.58."""
    width = b.length - a.length
    return a.length + 0.5 * width * _over(a.along, a.along - _over(b.value - a.value, width))


def _of_slopes(a: Spot, b: Spot) -> float:
    """Place of the minimum of the parabola through two slopes."""
    return b.length - (b.length - a.length) * _over(b.along, b.along - a.along)


def _over(a: float, b: float) -> float:
    return a / b if b else nan
