"""What seven values of a function on a line tell: x, and one, two and four steps to both sides.

One polynomial of degree six goes through the seven values, f(x + kh) = f(x) + Σ tⱼ kʲ. Its first coefficient is
the slope: the central differences at h, 2h and 4h, extrapolated twice (Richardson). The others show how the
Taylor series of f converges, and so what the slope is worth:

- t₂ … t₆ fall off like (h/ρ)ʲ, where ρ is the distance at which f changes its nature. The ratio q² of one pair of
  terms to the pair before it, at the outermost points, predicts the next pair, and with it the truncation error.
- Where the terms do not fall off, h is too large for f, and the slope worth little.
- The even terms see what the odd ones cannot: a kink at x, where the sides have slopes of their own.
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
_REACH = STEPS[-1]
_EPS = float(np.finfo(np.float64).eps)

_SERIES = np.array([[64.0, -80.0, 4.0], [-20.0, 85.0, -5.0], [1.0, -5.0, 1.0]]) / [45.0, 180.0, 180.0]
"""Solves a + bk² + ck⁴ for a, b, c from what is seen at k = 1, 2, 4."""


_CAUTION = 4.0
_ODD_REACH = _REACH ** np.array([1.0, 3.0, 5.0])
_EVEN_REACH = _REACH ** np.array([2.0, 4.0, 6.0])


def _noise_in(weights: NDArray[np.float64], centre: NDArray[np.float64]) -> Vector:
    norm: Vector = np.sqrt(np.sum(weights**2, axis=1) / 2.0 + centre**2)
    return norm


_ODD_NOISE = _noise_in(_SERIES / STEPS, np.zeros(3))
_EVEN_NOISE = _noise_in(_SERIES / STEPS**2, np.sum(_SERIES / STEPS**2, axis=1))


@dataclass(frozen=True)
class Rung:
    """Slopes of m coordinates, each with a step of its own; every field has shape (m,).

    Parameters
    ----------
    slope
        ∂f/∂xᵢ.
    truncation, roundoff
        Bounds on the two parts of its error.
    unexplained
        How far the last terms of the series reach, in units of f: what the polynomial leaves over, or a bit more.
    change
        How far its first terms reach: what f does over the step.
    likely_truncation
        The truncation with the terms that noise hides taken for as large as noise would let them be.
    converging
        Whether the terms fall off, so that the bounds deserve trust.
    straight
        Whether nothing but the slope shows above the noise.
    kinked
        Whether x itself is a kink, so that no step would do better.
    """

    slope: Vector
    truncation: Vector
    roundoff: Vector
    unexplained: Vector
    change: Vector
    likely_truncation: Vector
    converging: NDArray[np.bool_]
    straight: NDArray[np.bool_]
    kinked: NDArray[np.bool_]

    @property
    def error(self) -> Vector:
        """A bound on the error of the slope."""
        return self.truncation + self.roundoff

    @property
    def vague(self) -> NDArray[np.bool_]:
        """Where the error is a guess, and too large to contradict anything."""
        vague: NDArray[np.bool_] = ~self.converging & ~(self.unexplained < self.change / 8.0)
        return vague


def read_rung(x: Vector, h: Vector, centre: float, above: Table, below: Table, noise: float) -> Rung:
    """Read the slopes off the values.

    Parameters
    ----------
    x, h
        Each coordinate and its step, shape (m,).
    centre
        f(x).
    above, below
        f at x + h·STEPS and x − h·STEPS, shape (m, 3).
    noise
        A bound on the error of one value of f.

    Returns
    -------
    Rung
        With NaN for a slope where a value is not finite.
    """
    with np.errstate(all="ignore"):
        up = (x[:, None] + h[:, None] * STEPS) - x[:, None]
        down = x[:, None] - (x[:, None] - h[:, None] * STEPS)
        slopes = (above - below) / (up + down)
        slope = slopes @ _SERIES[0]
        # The two sides are not equally long where x + kh had to be rounded.
        lifts = ((above - centre) + (below - centre) - slope[:, None] * (up - down)) / 2.0
        blur = np.maximum(noise, 0.5 * _EPS * np.maximum(np.abs(above), np.abs(below)).max(axis=1))
        return _judge(h, slope, h[:, None] * slopes, lifts, blur)


def _judge(h: Vector, slope: Vector, rises: Table, lifts: Table, noise: Vector) -> Rung:
    series = _Series.of(rises, lifts, noise)
    kinked = _kinked(lifts, noise)
    finite = np.isfinite(slope)
    converging = finite & (series.ratio < 0.25)
    tail = np.where(converging, series.tail(), 16.0 * np.maximum(series.middle, series.last) / _REACH**4)
    tail = np.where(kinked, 1.5 * np.abs(lifts[:, 0]) + series.middle / _REACH**3, tail)
    roundoff = _ODD_NOISE[0] * noise + 4.0 * _EPS * np.abs(slope) * h
    return Rung(
        slope=slope,
        truncation=np.where(finite, tail / h, np.inf),
        roundoff=np.where(finite, roundoff / h, np.inf),
        unexplained=np.maximum(series.middle, series.last),
        change=series.first,
        likely_truncation=np.maximum(series.hidden_tail(), tail) / h,
        converging=converging | kinked,
        straight=finite & series.straight,
        kinked=kinked,
    )


@dataclass(frozen=True)
class _Series:
    """The terms of the polynomial in pairs, t₁ or t₂, t₃ or t₄, t₅ or t₆, at the outermost points; shape (m,).

    `first` is what it is, `middle` and `last` are 0 where noise hides them; it may hide as much as the bounds.
    """

    first: Vector
    middle: Vector
    last: Vector
    middle_bound: Vector
    last_bound: Vector
    straight: NDArray[np.bool_]

    @classmethod
    def of(cls, rises: Table, lifts: Table, noise: Vector) -> _Series:
        odd = np.abs(rises @ _SERIES.T) * _ODD_REACH
        even = np.abs((lifts / STEPS**2) @ _SERIES.T) * _EVEN_REACH
        odd_noise, even_noise = noise[:, None] * _ODD_NOISE * _ODD_REACH, noise[:, None] * _EVEN_NOISE * _EVEN_REACH
        hidden, terms = np.maximum(odd_noise, even_noise), np.maximum(odd, even)
        visible = np.maximum(np.where(odd > odd_noise, odd, 0.0), np.where(even > even_noise, even, 0.0))
        alone = (odd[:, 0] > odd_noise[:, 0]) & (even[:, 0] < even_noise[:, 0]) & ~visible[:, 1:].any(axis=1)
        return cls(
            terms[:, 0], visible[:, 1], visible[:, 2], np.maximum(terms, hidden)[:, 1], hidden[:, 2], alone
        )

    @property
    def ratio(self) -> Vector:
        """The larger ratio of a pair to the one before it: q²."""
        later = np.where(self.last > 0.0, self.last / self.middle, 0.0)
        ratio: Vector = np.maximum(np.where(self.middle > 0.0, self.middle / self.first, 0.0), later)
        return ratio

    def tail(self) -> Vector:
        """Bound what the terms that follow do to the slope, in units of f."""
        smooth = np.maximum(self.last * self.ratio, self.middle * self.ratio**2 / 4.0)
        # A kink far out shows in the last terms first: they fall off more slowly than those before them.
        bent = np.where(self.last * self.first > 2.0 * self.middle**2, self.last / 2.0, 0.0)
        tail: Vector = _CAUTION * np.maximum(smooth, bent) / _REACH**4
        return tail

    def hidden_tail(self) -> Vector:
        """Bound the same with the hidden terms as large as they may be."""
        ratio = np.maximum(self.middle_bound / self.first, self.ratio)
        last = np.where(self.last > 0.0, self.last, np.minimum(self.last_bound, ratio * self.middle_bound))
        tail: Vector = _CAUTION * last * ratio / _REACH**4
        return tail


def _kinked(lifts: Table, noise: Vector) -> NDArray[np.bool_]:
    """Return where the mean of both sides lifts off by |k| and k², rather than by k² and k⁴."""
    lift = np.abs(lifts[:, 0])
    near, far = lifts[:, 1] - 2.0 * lifts[:, 0], lifts[:, 2] - 2.0 * lifts[:, 1]
    kinked: NDArray[np.bool_] = (
        (lift > 8.0 * noise) & (np.abs(near) < 0.25 * lift) & (np.abs(far - 4.0 * near) < 0.1 * lift)
    )
    return kinked


def one_sided(
    h: Vector, centre: float, above: Table, below: Table, noise: float
) -> tuple[Vector, Vector, Vector, NDArray[np.bool_]]:
    """Return slope, error and step where f has values on one side only, and that these are guesses; else NaN."""
    with np.errstate(all="ignore"):
        upper = np.asarray(np.isfinite(above).all(axis=1))
        lower = np.asarray(np.isfinite(below).all(axis=1))
        values = np.where(upper[:, None], above, below)
        rises = np.where(upper, 1.0, -1.0)[:, None] * (values - centre) / (h[:, None] * STEPS)
        slope = rises @ np.array([8.0, -6.0, 1.0]) / 3.0
        bound = np.maximum(noise, _EPS * np.abs(values).max(axis=1))
        error = 2.0 * np.abs(slope - (2.0 * rises[:, 0] - rises[:, 1])) + 6.0 * bound / h
        slope = np.where(upper ^ lower, slope, np.nan)
        return slope, np.where(np.isfinite(slope), error, np.inf), h, np.ones(h.size, bool)
