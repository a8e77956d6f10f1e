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
from fallline.differences.series import ODD_NOISE, REACH, SOLVE, STEPS, Series, Table

_EPS = float(np.finfo(np.float64).eps)


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
        slope = slopes @ SOLVE[0]
        # The two sides are not equally long where x + kh had to be rounded.
        lifts = ((above - centre) + (below - centre) - slope[:, None] * (up - down)) / 2.0
        blur = np.maximum(noise, 0.5 * _EPS * np.maximum(np.abs(above), np.abs(below)).max(axis=1))
        return _judge(h, slope, h[:, None] * slopes, lifts, blur)


def _judge(h: Vector, slope: Vector, rises: Table, lifts: Table, noise: Vector) -> Rung:
    series = Series.of(rises, lifts, noise)
    kinked = _kinked(lifts, noise)
    finite = np.isfinite(slope)
    converging = finite & (series.ratio < 0.25)
    tail = np.where(converging, series.tail(), 16.0 * np.maximum(series.middle, series.last) / REACH**4)
    tail = np.where(kinked, 1.5 * np.abs(lifts[:, 0]) + series.middle / REACH**3, tail)
    blur = noise * (1.0 + 2.0 * series.suspicion() ** 2)
    roundoff = ODD_NOISE[0] * blur + 4.0 * _EPS * np.abs(slope) * h
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
