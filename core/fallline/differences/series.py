"""The Taylor series that seven values of a function on a line show: at x, and one, two and four steps to both sides.

One polynomial of degree six goes through the seven values, f(x + kh) = f(x) + Σ tⱼ kʲ. A smooth function's terms
fall off like (h/ρ)ʲ, where ρ is the distance at which it changes its nature: so they tell what those that follow
amount to. A kink's do not fall off, and where noise hides them, that they nearly show is all there is to see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector

Table: TypeAlias = NDArray[np.float64]
"""Three values for each of m coordinates, shape (m, 3)."""

STEPS = np.array([1.0, 2.0, 4.0])
REACH = STEPS[-1]

SOLVE = np.array([[64.0, -80.0, 4.0], [-20.0, 85.0, -5.0], [1.0, -5.0, 1.0]]) / [45.0, 180.0, 180.0]
"""Solves a + bk² + ck⁴ for a, b, c from what is seen at k = 1, 2, 4."""

_CAUTION = 4.0
_ODD_REACH = REACH ** np.array([1.0, 3.0, 5.0])
_EVEN_REACH = REACH ** np.array([2.0, 4.0, 6.0])


def _noise_in(weights: NDArray[np.float64], centre: NDArray[np.float64]) -> Vector:
    norm: Vector = np.sqrt(np.sum(weights**2, axis=1) / 2.0 + centre**2)
    return norm


ODD_NOISE = _noise_in(SOLVE / STEPS, np.zeros(3))
_EVEN_NOISE = _noise_in(SOLVE / STEPS**2, np.sum(SOLVE / STEPS**2, axis=1))


@dataclass(frozen=True)
class Series:
    """The sizes of the terms at the outermost points: t₁, t₃, t₅ are odd, t₂, t₄, t₆ even; shapes (m, 3).

    Parameters
    ----------
    odd, even
        What the values say.
    odd_noise, even_noise
        How much of it noise may be.
    """

    odd: Table
    even: Table
    odd_noise: Table
    even_noise: Table

    @classmethod
    def of(cls, rises: Table, lifts: Table, noise: Vector) -> Series:
        """Find the terms.

        Parameters
        ----------
        rises
            (f(x + kh) − f(x − kh)) / 2k for k in STEPS, shape (m, 3).
        lifts
            (f(x + kh) + f(x − kh)) / 2 − f(x), shape (m, 3).
        noise
            A bound on the error of one value of f, shape (m,).

        Returns
        -------
        Series
            The terms, and what noise may be of them.
        """
        return cls(
            odd=np.abs(rises @ SOLVE.T) * _ODD_REACH,
            even=np.abs((lifts / STEPS**2) @ SOLVE.T) * _EVEN_REACH,
            odd_noise=noise[:, None] * ODD_NOISE * _ODD_REACH,
            even_noise=noise[:, None] * _EVEN_NOISE * _EVEN_REACH,
        )

    @property
    def seen_odd(self) -> Table:
        """The odd terms, 0 where noise hides them."""
        return np.where(self.odd > self.odd_noise, self.odd, 0.0)

    @property
    def seen_even(self) -> Table:
        """The even terms, 0 where noise hides them."""
        return np.where(self.even > self.even_noise, self.even, 0.0)

    @property
    def first(self) -> Vector:
        """The larger of t₁ and t₂."""
        return np.maximum(self.odd, self.even)[:, 0]

    @property
    def middle(self) -> Vector:
        """The larger of t₃ and t₄, 0 where noise hides both."""
        return np.maximum(self.seen_odd, self.seen_even)[:, 1]

    @property
    def last(self) -> Vector:
        """The larger of t₅ and t₆, 0 where noise hides both."""
        return np.maximum(self.seen_odd, self.seen_even)[:, 2]

    @property
    def straight(self) -> NDArray[np.bool_]:
        """Where nothing but t₁ shows."""
        curved = self.seen_even.any(axis=1) | self.seen_odd[:, 1:].any(axis=1)
        return (self.seen_odd[:, 0] > 0.0) & ~curved

    @property
    def ratio(self) -> Vector:
        """The largest ratio of a pair of terms, or of an even one, to those before: q²."""
        middle, last, even = self.middle, self.last, self.seen_even
        pairs = (np.where(middle > 0.0, middle / self.first, 0.0), np.where(last > 0.0, last / middle, 0.0))
        falls = (
            _fall(even[:, 1], self.even[:, 0], self.odd[:, 0]),
            _fall(even[:, 2], even[:, 1], self.seen_odd[:, 1]),
        )
        ratio: Vector = np.maximum.reduce([*pairs, *falls])
        return ratio

    def suspicion(self) -> Vector:
        """Return how nearly a term that noise hides shows, from 0 to 1: what a smaller kink would look like."""
        odd = np.where(self.seen_odd == 0.0, self.odd / self.odd_noise, 0.0)
        even = np.where(self.seen_even == 0.0, self.even / self.even_noise, 0.0)
        suspicion: Vector = np.nan_to_num(np.maximum(odd, even)[:, 1:].max(axis=1))
        return suspicion

    def tail(self) -> Vector:
        """Bound what the terms that follow do to the slope, in units of f."""
        ratio, middle, last = self.ratio, self.middle, self.last
        # The slower the terms fall off, the less it is certain that the next ones do too.
        smooth = np.maximum(last * ratio, middle * ratio**2 / 4.0) * (1.0 + (20.0 * ratio) ** 2)
        # A kink far out shows in the last terms first: they fall off more slowly than those before them.
        slower = (last * self.first > 2.0 * middle**2) | (self.seen_even[:, 2] > self.even[:, 1] / 3.0)
        tail: Vector = _CAUTION * np.maximum(smooth, np.where(slower, last, 0.0)) / REACH**4
        return tail

    def hidden_tail(self) -> Vector:
        """Bound the same with the hidden terms as large as they may be."""
        hidden = np.maximum(self.odd_noise, self.even_noise)
        middle = np.maximum(np.maximum(self.odd, self.even), hidden)[:, 1]
        ratio = np.maximum(middle / self.first, self.ratio)
        last = np.where(self.last > 0.0, self.last, np.minimum(hidden[:, 2], ratio * middle))
        tail: Vector = _CAUTION * last * ratio / REACH**4
        return tail


def _fall(even: Vector, two_before: Vector, three_before: Vector) -> Vector:
    """Return q² by two terms before an even one; any one may happen to be near 0, so the smaller of both."""
    return np.nan_to_num(np.fmin(even / two_before, (even / three_before) ** (2 / 3)), nan=0.0, posinf=np.inf)
