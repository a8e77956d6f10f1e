"""How noisy a function is near a point, from a few extra values in all and not from some for each coordinate.

The probe takes unequally spaced points on a line through x, so close together that a smooth function is a parabola there.
What a parabola does not explain is noise: rounding inside f, a simulation's tolerance, a measurement's error.
The idea is that of ECNoise (Moré and Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33, 2011), with
orthogonal polynomials in the place of the difference table, whose rows are correlated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fallline.arrays import Vector
from fallline.differences.samples import Samples

# Neither powers of two nor equal distances: the rounding inside f must differ from point to point.
_POSITIONS = np.array([0.0, 8, 19, 22, 33, 37, 50, 54, 66, 71, 83, 86, 97]) / 8.0
_SPACINGS = (1.40122 * 2.0**-40, 1.40122 * 2.0**-22, 1.40122 * 2.0**-14)
_FAR = np.array([2.0**-7, 2.0**-3])
_EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Noise:
    """What the probe saw.

    Parameters
    ----------
    bound
        What the error of one value hardly ever exceeds: the fewer the points of the probe, the more standard deviations.
    step
        From one point of the probe to the next, shape (n,).
    slope, slope_error
        What f rises by with one step, and a bound on its error by the noise.
    flat
        Whether most of the values are the same, so that the noise is at another scale.
    grain
        The smallest difference between the values; 0 where it is that of rounding, infinite where there is none.
    """

    bound: float
    step: Vector
    slope: float
    slope_error: float
    flat: bool
    grain: float


def probe(near: Samples, scale: Vector, seed: int = 0) -> Noise:
    """Measure the noise of a function near a point.

    Parameters
    ----------
    near
        The function at the point.
    scale
        The size of each coordinate, shape (n,): how far one would go to see the coordinate matter.
    seed
        What fixes the signs of the direction.

    Returns
    -------
    Noise
        Zero where the function is flat however far the probe looks.
    """
    direction = np.random.default_rng(seed).choice([-1.0, 1.0], scale.size) * scale
    places = _POSITIONS[: 5 + min(scale.size, 8)]
    found = _read(near, _whole_grains(near.x, _SPACINGS[0] * direction / 8.0), places)
    if not found.flat:
        return found
    far = np.abs(near.along(direction, _FAR) - near.centre)
    if not far.any():
        return found
    grain = float(far[far > 0.0].min())
    for spacing in _SPACINGS[1:]:
        found = _read(near, _whole_grains(near.x, spacing * direction / 8.0), places)
        grain = min(grain, found.grain)
        if not found.flat:
            break
    return replace(found, bound=max(found.bound, grain))


def _whole_grains(x: Vector, length: Vector) -> Vector:
    """Round lengths to odd multiples of the distance between x and the next number.

    Then the points are exact, and the last bits of x differ from point to point, as the rounding inside f does.
    """
    grain = np.copysign(np.spacing(np.where(x == 0.0, np.abs(length), np.abs(x))), length)
    return grain * (2.0 * np.floor(length / grain / 2.0) + 1.0)


def _read(near: Samples, step: Vector, places: Vector) -> Noise:
    values = np.append(near.centre, near.along(8.0 * step, places[1:3]))
    if (values == near.centre).all():
        return Noise(0.0, 8.0 * step, 0.0, 4.0 * _EPS * abs(near.centre), flat=True, grain=np.inf)
    values = np.append(values, near.along(8.0 * step, places[3:]))
    if not np.isfinite(values).all():
        return Noise(0.0, 8.0 * step, np.nan, np.inf, flat=False, grain=np.inf)
    basis, powers = np.linalg.qr(np.vander(places / places[-1], increasing=True))
    rises = values - near.centre
    size = np.abs(rises).max() or 1.0
    parts = size * (basis.T @ (rises / size))
    bound = (4.0 + 16.0 / (places.size - 3)) * _beyond_the_trend(np.abs(parts))
    return Noise(
        bound=bound,
        step=8.0 * step,
        slope=float(np.linalg.solve(powers[:3, :3], parts[:3])[1]) / places[-1],
        slope_error=bound + 4.0 * _EPS * float(np.abs(values).max()),
        flat=bool(2 * np.count_nonzero(np.diff(values) == 0.0) >= places.size - 1),
        grain=_grain(values),
    )


def _grain(values: Vector) -> float:
    """Return the smallest difference of a function that moves in steps: about one step."""
    differences = [np.abs(np.diff(values, order)) for order in (1, 2, 3)]
    rounding = 8.0 * _EPS * np.abs(values).max()
    if ((differences[0] > 0.0) & (differences[0] < rounding)).any():
        return 0.0
    steps = np.concatenate(differences)
    return float(np.min(steps[steps > rounding], initial=np.inf))


def _beyond_the_trend(parts: Vector) -> float:
    """Return the root mean square of the parts, from the first degree on that does not stand out from those above it."""
    degree = 2
    while degree < 4 and parts[degree] > 6.0 * _root_mean_square(parts[degree + 1 :]):
        degree += 1
    return _root_mean_square(parts[degree:])


def _root_mean_square(numbers: Vector) -> float:
    largest = float(numbers.max()) or 1.0
    return largest * float(np.sqrt(np.mean((numbers / largest) ** 2)))
