"""Gradients with a step of their own for each coordinate, and an error bar for each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.arrays import Function, Vector, as_reals
from fallline.differences.ladder import Claims, climb
from fallline.differences.noise import Noise, probe
from fallline.differences.samples import Samples


@dataclass(frozen=True)
class Estimate:
    value: NDArray[np.float64]
    error: NDArray[np.float64]
    steps: NDArray[np.float64]
    evaluations: int


def estimate_gradient(
    f: Function, x: ArrayLike, vectorized: bool = False, tolerance: float = 1e-9, seed: int = 0
) -> Estimate:
    point = as_reals(x)
    whole = f if vectorized or point.ndim == 1 else lambda p: f(p.reshape(point.shape))
    near = Samples(whole, point.ravel(), vectorized or getattr(f, "vectorized", False))
    claims = _claims(near, tolerance, seed)
    return Estimate(
        value=claims.slope.reshape(point.shape),
        error=claims.error.reshape(point.shape),
        steps=claims.step.reshape(point.shape),
        evaluations=near.evaluations,
    )


def _claims(near: Samples, tolerance: float, seed: int) -> Claims:
    size = np.where(near.x == 0.0, 1.0, np.abs(near.x))
    scale = 2.0 ** np.floor(np.log2(size))
    # Near 0 a coordinate's own size says little of the scale of f, and a probe that small would see nothing.
    wide = np.maximum(scale, np.minimum(1.0, 2.0**12 * scale))
    noise = probe(near, wide, seed)
    with np.errstate(all="ignore"):
        relative = np.clip(noise.bound / np.float64(abs(near.centre)), 2.0**-52, 1.0)
    start = 351.0 / 256.0 * scale * 2.0 ** np.clip(np.round(np.nan_to_num(np.log2(relative)) / 7.0 - 2.0), -9.0, -3.0)
    longest = np.maximum(scale, 1.0) / 4.0
    claims = climb(near, start, longest, noise.bound, noise.flat, tolerance)
    for smaller in (2.0**-15, 2.0**-30):
        start = smaller * start
        if _agree(claims, noise) or (start < np.abs(noise.step)).all():
            break
        again = climb(near, start, longest, noise.bound, noise.flat, tolerance)
        gap = np.abs(again.slope - claims.slope) - again.error - claims.error
        again.error += np.where((gap > 0.0) & ~claims.vague, gap, 0.0)
        claims = again
    return claims


def _agree(claims: Claims, noise: Noise) -> bool:
    with np.errstate(all="ignore"):
        along = float(claims.slope @ noise.step)
        size = np.abs(noise.step)
        allowed = float(claims.error @ size) + noise.slope_error + 1e-3 * float(np.abs(claims.slope) @ size)
        return not abs(along - noise.slope) > allowed
