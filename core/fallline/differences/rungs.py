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

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector

STEPS = np.array([1.0, 2.0, 4.0])
_REACH = STEPS[-1]
_EPS = float(np.finfo(np.float64).eps)

_SERIES = np.array([[64.0, -80.0, 4.0], [-20.0, 85.0, -5.0], [1.0, -5.0, 1.0]]) / [45.0, 180.0, 180.0]
"""Solves a + bk² + ck⁴ for a, b, c from what is seen at k = 1, 2, 4."""


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


_CAUTION = 4.0
_ODD_REACH = _REACH ** np.array([1.0, 3.0, 5.0])
_EVEN_REACH = _REACH ** np.array([2.0, 4.0, 6.0])


def _noise_in(weights: NDArray[np.float64], centre: NDArray[np.float64]) -> Vector:
    norm: Vector = np.sqrt(np.sum(weights**2, axis=1) / 2.0 + centre**2)
    return norm


_ODD_NOISE = _noise_in(_SERIES / STEPS, np.zeros(3))
_EVEN_NOISE = _noise_in(_SERIES / STEPS**2, np.sum(_SERIES / STEPS**2, axis=1))


def read_rung(
    x: Vector, h: Vector, centre: float, above: NDArray[np.float64], below: NDArray[np.float64], noise: float
) -> Rung:
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
        odd = h[:, None] * (slopes @ _SERIES.T)
        slope = slopes @ _SERIES[0]
        lift = (above - centre) + (below - centre) - slope[:, None] * (up - down)
        blur = np.maximum(noise, 0.5 * _EPS * np.maximum(np.abs(above), np.abs(below)).max(axis=1))
        even = (lift / (2.0 * STEPS**2)) @ _SERIES.T
        return _judge(h, slope, h[:, None] * slopes, lift / 2.0, odd, even, blur)


def _judge(
    h: Vector,
    slope: Vector,
    rises: NDArray[np.float64],
    lifts: NDArray[np.float64],
    odd: NDArray[np.float64],
    even: NDArray[np.float64],
    noise: Vector,
) -> Rung:
    rounding = _EPS * np.abs(slope) * h
    roundoff = _ODD_NOISE[0] * noise + 4.0 * rounding
    hidden = noise[:, None] * np.maximum(_ODD_NOISE * _ODD_REACH, _EVEN_NOISE * _EVEN_REACH)
    terms = np.maximum(np.abs(odd) * _ODD_REACH, np.abs(even) * _EVEN_REACH)
    visible = np.where(terms > hidden, terms, 0.0)
    first, last, ratio = terms[:, 0], visible[:, 2], _ratio(visible, terms[:, 0])
    jumping = _jumping(rises, noise)
    converging = np.isfinite(slope) & (ratio < 0.25) & ~jumping
    middle = visible[:, 1]
    # A kink far out shows in the last terms first: they fall off more slowly than those before them.
    smooth = np.maximum(last * ratio, middle * ratio**2 / 4.0)
    bent = np.where(last * first > 2.0 * middle**2, last / 2.0, 0.0)
    tail = np.where(converging, _CAUTION * np.maximum(smooth, bent), 16.0 * np.maximum(middle, last))
    truncation = tail / _REACH**4
    kinked = _kinked(lifts, noise)
    truncation = np.where(jumping, 1.5 * np.abs(slope) * h, truncation)
    truncation = np.where(kinked, 1.5 * np.abs(lifts[:, 0]) + np.abs(odd[:, 1]), truncation)
    bound = np.maximum(terms[:, 1], hidden[:, 1])
    growth = np.maximum(bound / first, ratio)
    likely = (
        _CAUTION * np.where(last > 0.0, last, np.minimum(hidden[:, 2], growth * bound)) * growth / _REACH**4
    )
    finite = np.isfinite(slope)
    return Rung(
        slope=slope,
        truncation=np.where(finite, truncation / h, np.inf),
        roundoff=np.where(finite, roundoff / h, np.inf),
        unexplained=np.maximum(visible[:, 1], last),
        change=first,
        likely_truncation=np.maximum(likely, truncation) / h,
        converging=converging | kinked,
        straight=finite
        & (first > hidden[:, 0])
        & (visible[:, 1] == 0.0)
        & (last == 0.0)
        & (np.abs(even[:, 0]) * _REACH**2 < hidden[:, 0]),
        kinked=kinked,
    )


def _ratio(terms: NDArray[np.float64], first: Vector) -> Vector:
    """Return the largest ratio of a pair of terms to the one before it."""
    before = np.column_stack([first, terms[:, 1:-1]])
    ratio: Vector = np.max(np.where(terms[:, 1:] > 0.0, terms[:, 1:] / before, 0.0), axis=1)
    return ratio


def _jumping(rises: NDArray[np.float64], noise: Vector) -> NDArray[np.bool_]:
    """Return where f rises by as much over one step as over two: by a jump, not by a slope."""
    rises = rises * STEPS
    near, middle = np.abs(rises[:, 0]), np.abs(rises[:, 1] - rises[:, 0])
    return (near > 8.0 * noise) & (middle < 0.25 * near)


def _kinked(lifts: NDArray[np.float64], noise: Vector) -> NDArray[np.bool_]:
    """Return where the mean of both sides lifts off by |k| and k², rather than by k² and k⁴."""
    lift = np.abs(lifts[:, 0])
    near, far = lifts[:, 1] - 2.0 * lifts[:, 0], lifts[:, 2] - 2.0 * lifts[:, 1]
    kinked: NDArray[np.bool_] = (
        (lift > 8.0 * noise) & (np.abs(near) < 0.25 * lift) & (np.abs(far - 4.0 * near) < 0.1 * lift)
    )
    return kinked


def one_sided(
    h: Vector, centre: float, above: NDArray[np.float64], below: NDArray[np.float64], noise: float
) -> tuple[Vector, Vector, Vector, NDArray[np.bool_]]:
    """Return slope, error and step where f has values on one side only, and that these are guesses; else NaN."""
    with np.errstate(all="ignore"):
        upper, lower = np.isfinite(above).all(axis=1), np.isfinite(below).all(axis=1)
        values = np.where(upper[:, None], above, below)
        rises = np.where(upper, 1.0, -1.0)[:, None] * (values - centre) / (h[:, None] * STEPS)
        slope = rises @ np.array([8.0, -6.0, 1.0]) / 3.0
        bound = np.maximum(noise, _EPS * np.abs(values).max(axis=1))
        error = 2.0 * np.abs(slope - (2.0 * rises[:, 0] - rises[:, 1])) + 6.0 * bound / h
        slope = np.where(upper ^ lower, slope, np.nan)
        return slope, np.where(np.isfinite(slope), error, np.inf), h, np.ones(h.size, bool)
