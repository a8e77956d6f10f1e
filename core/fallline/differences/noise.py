"""How noisy a function is near a point, from a few extra values in all and not from some for each coordinate.

The probe takes equally spaced points on a line through x, so close together that a smooth function is a parabola there.
What a parabola does not explain is noise: rounding inside f, a simulation's tolerance, a measurement's error.
The idea is that of ECNoise (Moré and Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33, 2011), with
orthogonal polynomials in the place of the difference table, whose rows are correlated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector
from fallline.differences.samples import Samples

# Not powers of two: a function with a period, or one that multiplies x by a constant, must not meet them in step.
_SPACINGS = (351.0 * 2.0**-48, 351.0 * 2.0**-30, 351.0 * 2.0**-22)
_FAR = 2.0**-7
_EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Noise:
    """What the probe saw.

    Parameters
    ----------
    bound
        What the error of one value hardly ever exceeds: the fewer the points of the probe, the more standard deviations.
    direction
        The direction of the probe, shape (n,): one unit of distance moves each coordinate by about its own size.
    spacing
        The distance between its points.
    slope, slope_error
        The derivative of f along the direction, and a bound on its error by the noise.
    flat
        Whether most of the values are the same, so that the noise is at another scale.
    grain
        The smallest step between the values; infinite if there is none above rounding.
    """

    bound: float
    direction: Vector
    spacing: float
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
    count = 4 + min(scale.size, 8)
    steps = np.arange(1.0, count + 1.0)
    found = _read(near, direction, _SPACINGS[0] * steps)
    if not found.flat:
        return found
    far = abs(float(near.along(direction, np.array([_FAR]))[0]) - near.centre)
    if far == 0.0:
        return found
    grain = far
    for spacing in _SPACINGS[1:]:
        found = _read(near, direction, spacing * steps)
        grain = min(grain, found.grain)
        if not found.flat:
            break
    return replace(found, bound=max(found.bound, grain))


def _read(near: Samples, direction: Vector, distances: Vector) -> Noise:
    values = np.append(near.centre, near.along(direction, distances))
    spacing = float(distances[0])
    if not np.isfinite(values).all():
        return Noise(0.0, direction, spacing, np.nan, np.inf, flat=False, grain=np.inf)
    basis = _polynomials(values.size)
    size = np.abs(values).max() or 1.0
    parts = size * (basis.T @ (values / size))
    bound = (3.0 + 12.0 / (values.size - 2)) * _beyond_the_trend(np.abs(parts))
    parabola = basis[:3, :3] @ parts[:3]
    slope = (-3.0 * parabola[0] + 4.0 * parabola[1] - parabola[2]) / (2.0 * spacing)
    return Noise(
        bound=bound,
        direction=direction,
        spacing=spacing,
        slope=float(slope),
        slope_error=(bound + 4.0 * _EPS * size) / spacing,
        flat=2 * np.count_nonzero(np.diff(values) == 0.0) >= distances.size,
        grain=_grain(values),
    )


def _grain(values: Vector) -> float:
    """Return the smallest difference that is none of rounding: of a function that moves in steps, about one step."""
    differences = np.concatenate([np.abs(np.diff(values, order)) for order in (1, 2, 3)])
    real = differences[differences > 8.0 * _EPS * np.abs(values).max()]
    return float(real.min()) if real.size else np.inf


def _polynomials(count: int) -> NDArray[np.float64]:
    """Return the orthonormal polynomials on equally spaced points: one column for each degree."""
    where = np.linspace(-1.0, 1.0, count)
    basis: NDArray[np.float64] = np.linalg.qr(np.vander(where, increasing=True))[0]
    return basis


def _beyond_the_trend(parts: Vector) -> float:
    """Return the root mean square of the parts, from the first degree on that does not stand out from those above it."""
    degree = 2
    while degree < 4 and parts[degree] > 10.0 * _root_mean_square(parts[degree + 1 :]):
        degree += 1
    return _root_mean_square(parts[degree:])


def _root_mean_square(numbers: Vector) -> float:
    largest = float(numbers.max()) or 1.0
    return largest * float(np.sqrt(np.mean((numbers / largest) ** 2)))
