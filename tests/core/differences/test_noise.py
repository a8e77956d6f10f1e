from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from fallline.differences.noise import Noise, probe
from fallline.differences.samples import Samples

Array = NDArray[np.float64]


def probed(f: Any, x: Array, seed: int = 0) -> Noise:
    return probe(Samples(f, x, vectorized=True), np.abs(x), seed)


@pytest.mark.parametrize("n", [1, 2, 20])
@pytest.mark.parametrize("sigma", [1e-10, 1e-5, 1e-1])
def test_bound_covers_noise_without_exaggerating_it(n: int, sigma: float) -> None:
    rng = np.random.default_rng(3)
    bounds = []
    for _ in range(200):
        x = rng.uniform(0.5, 2.0, n)
        bounds.append(
            probed(lambda p: np.sin(p).sum(axis=0) + sigma * rng.standard_normal(p.shape[1]), x).bound
        )

    assert np.quantile(bounds, 0.01) > 0.5 * sigma
    assert np.median(bounds) < 10.0 * sigma


def test_bound_is_zero_where_f_is_constant() -> None:
    found = probed(lambda p: np.full(p.shape[1], 2.5), np.array([1.0, 2.0]))

    assert found.bound == 0.0
    assert found.flat


def test_single_precision_inside_f_is_noticed() -> None:
    x = np.array([0.7, 1.3])

    found = probed(lambda p: np.exp(p.astype(np.float32)).sum(axis=0), x)

    assert 2e-7 < found.bound < 2e-5


@pytest.mark.parametrize("digits", [2, 4, 6])
def test_rounded_values_are_noticed(digits: int) -> None:
    found = probed(lambda p: np.round(np.sin(p).sum(axis=0), digits), np.array([0.7, 1.3]))

    assert 0.5 * 10.0**-digits < found.bound < 20.0 * 10.0**-digits


def test_slope_along_the_probe_is_that_of_the_function() -> None:
    x = np.array([0.7, 1.3, -2.0])

    found = probed(lambda p: np.sin(p).sum(axis=0), x)

    assert abs(found.slope - np.cos(x) @ found.step) <= found.slope_error


def test_probe_needs_fewer_than_13_values() -> None:
    near = Samples(lambda p: np.sin(p).sum(axis=0), np.ones(200), vectorized=True)

    probe(near, np.ones(200))

    assert near.evaluations <= 13
