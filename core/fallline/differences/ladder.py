"""The search for the step of each coordinate: rungs of a ladder, from where noise drowns the slope to where it bends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector
from fallline.differences.rungs import Rung, one_sided, read_rung
from fallline.differences.samples import Samples
from fallline.differences.series import STEPS

_ROUNDS = 9
_GAIN = 5.0
_FAR = 99

Indices = NDArray[np.intp]


@dataclass
class Claims:
    """The best slope of each of n coordinates so far, its error and its step, shape (n,).

    `vague` where the error is a guess; `doubt` is how far what contradicted any claim reaches from the slope.
    """

    slope: Vector
    error: Vector
    step: Vector
    vague: NDArray[np.bool_]
    doubt: Vector

    @classmethod
    def none(cls, n: int) -> Claims:
        """Claim nothing of any of n coordinates."""
        return cls(np.full(n, np.nan), np.full(n, np.inf), np.full(n, np.nan), np.ones(n, bool), np.zeros(n))

    def offer(
        self, who: Indices, slope: Vector, error: Vector, step: Vector, vague: NDArray[np.bool_]
    ) -> None:
        """Keep what is better of some coordinates, and remember what contradicts it."""
        kept = Claims(self.slope[who], self.error[who], self.step[who], self.vague[who], self.doubt[who])
        new = Claims(slope, error, step, vague, kept.doubt)
        with np.errstate(invalid="ignore"):
            smaller = (error < kept.error) & (vague == kept.vague)
        better = np.isfinite(slope) & (smaller | (kept.vague & ~vague) | np.isnan(kept.slope))
        self.doubt[who] = np.maximum(new.doubted_by(kept), kept.doubted_by(new))
        self.slope[who], self.error[who] = (
            np.where(better, slope, kept.slope),
            np.where(better, error, kept.error),
        )
        self.step[who], self.vague[who] = (
            np.where(better, step, kept.step),
            np.where(better, vague, kept.vague),
        )

    def doubted_by(self, other: Claims) -> Vector:
        """Return the doubt there is where another claim is sure of something else, with some room for both."""
        with np.errstate(invalid="ignore"):
            apart = np.abs(self.slope - other.slope)
            contradicted = (apart > self.error + other.error) & ~self.vague & ~other.vague
        return np.where(contradicted, np.maximum(self.doubt, 1.25 * apart + other.error), self.doubt)


class _Values:
    """f at one, two and four steps above and below each coordinate; a step that doubles keeps two of three values."""

    def __init__(self, near: Samples, h: Vector) -> None:
        self.near, self.h = near, h
        self.above, self.below = np.empty((h.size, 3)), np.empty((h.size, 3))
        self.known = np.zeros((h.size, 3), bool)

    def fill(self, who: Indices) -> None:
        rows, k = np.nonzero(~self.known[who])
        i = who[rows]
        x, reach = self.near.x[i], self.h[i] * STEPS[k]
        values = self.near.moved(np.concatenate([i, i]), np.concatenate([x + reach, x - reach]))
        self.above[i, k], self.below[i, k] = np.split(values, 2)
        self.known[i, k] = True

    def grain(self) -> float:
        """Return the smallest change of f seen so far."""
        changes = np.abs(np.concatenate([self.above[self.known], self.below[self.known]]) - self.near.centre)
        return float(changes[changes > 0.0].min()) if changes.any() else 0.0

    def resize(self, who: Indices, by: Indices) -> None:
        """Multiply the steps by two to the power of `by`."""
        self.h[who] *= 2.0**by
        self.known[who] = False
        for s in (1, 2):
            longer, shorter = who[by == s], who[by == -s]
            for values in (self.above, self.below):
                values[longer, : 3 - s] = values[longer, s:]
                values[shorter, s:] = values[shorter, : 3 - s]
            self.known[longer, : 3 - s] = True
            self.known[shorter, s:] = True


@dataclass
class _Bracket:
    """Between which steps the best one lies, as powers of two from the first step, shape (n,).

    `low` was noisy, `high` bent; `residue` is what the last rung left unexplained.
    """

    level: Indices
    low: Indices
    high: Indices
    residue: Vector

    @classmethod
    def open(cls, n: int) -> _Bracket:
        return cls(np.zeros(n, np.intp), np.full(n, -_FAR), np.full(n, _FAR), np.full(n, np.inf))

    def next(self, who: Indices, rung: Rung, wish: Indices) -> Indices:
        """Return by how many powers of two each step should change, where it would like to change by `wish`."""
        level = self.level[who]
        noisy = rung.converging & (rung.roundoff >= rung.likely_truncation)
        low = np.where(noisy, np.maximum(self.low[who], level), self.low[who])
        high = np.where(noisy, self.high[who], np.minimum(self.high[who], level))
        target = np.where(~rung.converging & (low > -_FAR), (low + level) // 2, level + wish)
        target = np.clip(target, low + 1, high - 1)
        # What stays as large while the step shrinks is noise that the probe did not see; smaller steps drown in it.
        stubborn = ~rung.converging & (rung.unexplained > self.residue[who] / 16.0)
        target = np.where((wish == 0) | stubborn | (low + 1 >= high), level, target)
        explained = ~rung.converging & (rung.unexplained < rung.change / 8.0)
        self.residue[who] = np.where(explained, rung.unexplained, np.inf)
        self.level[who], self.low[who], self.high[who] = target, low, high
        return np.asarray(target - level, np.intp)


def climb(
    near: Samples, start: Vector, longest: Vector, noise: float, flat: bool, tolerance: float
) -> Claims:
    """Find the slope of each coordinate.

    Parameters
    ----------
    near
        The function at the point.
    start, longest
        The first step of each coordinate, and the longest to try, shape (n,).
    noise
        A bound on the error of one value of f.
    flat
        Whether f did not move at the scale of its rounding, so that its smallest move counts as noise.
    tolerance
        The relative error at which to stop.

    Returns
    -------
    Claims
        NaN with an infinite error where no value beside `x` is finite.
    """
    values, claims = _Values(near, start.copy()), Claims.none(start.size)
    bracket = _Bracket.open(start.size)
    who = np.arange(start.size)
    for _ in range(_ROUNDS):
        values.fill(who)
        h, above, below = values.h[who], values.above[who], values.below[who]
        noise = max(noise, values.grain()) if flat else noise
        rung = read_rung(near.x[who], h, near.centre, above, below, noise)
        claims.offer(who, rung.slope, rung.error, h, rung.vague)
        claims.offer(who, *one_sided(h, near.centre, above, below, noise))
        by = bracket.next(who, rung, _move(rung, h, longest[who], tolerance))
        who, by = who[by != 0], by[by != 0]
        if who.size == 0:
            break
        values.resize(who, by)
    return claims


def _move(rung: Rung, h: Vector, longest: Vector, tolerance: float) -> Indices:
    """Return by how many powers of two the step of each coordinate should grow."""
    with np.errstate(all="ignore"):
        ahead = np.maximum(rung.likely_truncation, 1e-30 * rung.roundoff)
        grow = np.round(np.log2(rung.roundoff / ahead) / 7.0)
        # A straight line near 0 says nothing of its scale: try 1 at once, and come back by halves if that is too far.
        grow = np.where(rung.straight & (h < 2.0**-9), np.maximum(grow, -7.0 - np.floor(np.log2(h))), grow)
        grow = np.clip(np.nan_to_num(grow), -12.0, np.floor(np.log2(longest / h)))
        there = np.where(rung.straight, 0.0, ahead * 2.0 ** (6.0 * grow)) + rung.roundoff * 2.0**-grow
        size = np.maximum(np.abs(rung.slope), rung.change / h / 4.0)
        worth = (rung.error > tolerance * size) & (rung.error > _GAIN * there)
        grow = np.where(worth, grow, 0.0)
        # The more room there is above the noise, the farther it is worth to fall at once.
        shrink = np.clip(np.round(np.log2(rung.error / rung.roundoff) / 3.0), 1.0, 8.0)
        grow = np.where(rung.converging, grow, -np.nan_to_num(shrink, nan=8.0))
    grow[rung.kinked] = 0.0
    return grow.astype(np.intp)
