"""Surfaces that are flat, creased or noisy are so where they say."""

import math

import numpy as np
import pytest

import fallline as fl
from fallline import objectives


def test_plateau_has_nearly_no_slope_at_its_start() -> None:
    slope = objectives.plateau.gradient(np.array(objectives.plateau.start))

    assert 0.0 < np.linalg.norm(slope) < 1e-3


def test_kinked_valley_has_two_slopes_at_its_crease() -> None:
    above, below = objectives.kinked.gradient(np.array([[1.0, 1.0], [1.0 + 1e-9, 1.0 - 1e-9]])).T

    np.testing.assert_allclose(above, [-16.0, 8.0], atol=1e-6)
    np.testing.assert_allclose(below, [16.0, -8.0], atol=1e-6)


def test_noise_has_the_mean_and_the_spread_asked_for() -> None:
    f = objectives.noisy(rng=5, noise=0.5)
    x = np.tile([[1.0], [2.0]], 20_000)

    values = f(x)

    # Four standard errors of a mean and of a standard deviation.
    assert abs(values.mean() - fl.bowl()(x[:, 0])) < 4 * 0.5 / math.sqrt(20_000)
    assert abs(values.std() - 0.5) < 4 * 0.5 / math.sqrt(40_000)


def test_noise_follows_from_the_seed() -> None:
    x = np.ones(2)

    runs = [[float(f(x)) for _ in range(3)] for f in map(objectives.noisy, (1, 1, 2))]

    assert runs[0] == runs[1] != runs[2]
    assert len(set(runs[0])) == 3


def test_noise_comes_from_the_generator_given() -> None:
    rng = np.random.default_rng(9)

    value = objectives.noisy(rng, noise=2.0)(np.zeros(2))

    twin = np.random.default_rng(9)
    assert value == 2.0 * twin.standard_normal()
    assert rng.random() == twin.random()


@pytest.mark.parametrize("noise", [-1.0, np.nan, np.inf])
def test_noise_that_is_none_is_refused(noise: float) -> None:
    with pytest.raises(ValueError, match="noise must be at least 0 and finite"):
        objectives.noisy(1, noise)
