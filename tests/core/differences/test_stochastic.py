"""Random directions: unbiased, as near as the formulas say, and a function of the seed."""

import math
from itertools import islice
from typing import Any

import numpy as np
import pytest
from scipy.special import gammaln  # type: ignore[import-untyped]

import fallline as fl
from fallline.differences.stochastic import DISTRIBUTIONS, RandomDirections, spsa

each_distribution = pytest.mark.parametrize("distribution", DISTRIBUTIONS)


class Slope:
    """A plane, whose differences along any direction are exact."""

    vectorized = True

    def __init__(self, slope: Any) -> None:
        self.slope = slope

    def __call__(self, x: Any) -> Any:
        return self.slope @ x


def cosines(method: RandomDirections, n: int, trials: int) -> Any:
    rng = np.random.default_rng(12)
    slope = rng.normal(size=n)
    found = np.array([method(Slope(slope), np.zeros(n), rng=rng) for _ in range(trials)])
    return found @ slope / np.linalg.norm(found, axis=1) / np.linalg.norm(slope)


@each_distribution
@pytest.mark.parametrize(("n", "k"), [(2, 1), (10, 1), (10, 5), (50, 20), (100, 100)])
def test_cosine_to_the_true_slope_is_the_one_expected(distribution: Any, n: int, k: int) -> None:
    method = RandomDirections(distribution, directions=k)

    squares = cosines(method, n, 2000) ** 2

    error = 4.0 * squares.std() / math.sqrt(2000)
    if distribution == "gaussian":
        assert abs(squares.mean() - method.expected_cosine(n) ** 2) < error
    else:
        assert math.sqrt(squares.mean()) == pytest.approx(method.expected_cosine(n), rel=0.06)


def test_gaussian_cosine_has_the_beta_distribution_that_the_docstring_claims() -> None:
    n, k = 12, 3
    found = cosines(RandomDirections("gaussian", directions=k), n, 4000)

    # The mean of the root of Beta(k/2, (n − 1)/2).
    mean = math.exp(gammaln((k + 1) / 2) + gammaln((k + n - 1) / 2) - gammaln(k / 2) - gammaln((k + n) / 2))
    assert abs(found.mean() - mean) < 4.0 * found.std() / math.sqrt(4000)
    assert mean < RandomDirections(directions=k).expected_cosine(n)


@each_distribution
def test_mean_of_many_directions_is_the_slope(distribution: Any) -> None:
    x = np.array([0.3, -1.2, 2.0])
    exact = np.cos(x) * np.exp(np.sin(x).sum())

    def f(x: Any) -> Any:
        return np.exp(np.sin(x).sum(axis=0))

    rng = np.random.default_rng(3)
    runs = np.array([RandomDirections(distribution, 500)(f, x, rng=rng) for _ in range(40)])

    error = runs.std(axis=0) / math.sqrt(40)
    assert (np.abs(runs.mean(axis=0) - exact) < 4.5 * error).all()
    assert (error < 0.05).all()


def test_one_dimension_has_the_central_difference() -> None:
    for distribution in ("signs", "sphere"):
        slope = RandomDirections(distribution)(fl.objectives.square, [2.0], rng=np.random.default_rng(1))

        np.testing.assert_allclose(slope, [4.0], rtol=1e-9)


@each_distribution
def test_seed_gives_the_same_slope_and_another_gives_another(distribution: Any) -> None:
    method = RandomDirections(distribution, 3)

    slopes = [
        method(fl.objectives.rosenbrock_n(20), np.zeros(20), rng=np.random.default_rng(seed)).tolist()
        for seed in (1, 1, 2)
    ]

    assert slopes[0] == slopes[1] != slopes[2]


@each_distribution
def test_batch_looks_where_single_points_do(distribution: Any) -> None:
    method = RandomDirections(distribution, 7)
    x = np.array([1.0, 2.0])

    together = method(fl.himmelblau, x, rng=np.random.default_rng(5))
    singly = method(lambda p: float(fl.himmelblau(p)), x, rng=np.random.default_rng(5))

    np.testing.assert_allclose(together, singly, rtol=1e-13)


@each_distribution
def test_blocks_draw_the_directions_that_one_draw_would(distribution: Any, monkeypatch: Any) -> None:
    method, x = RandomDirections(distribution, 11), np.array([1.0, 2.0])
    whole = method(fl.himmelblau, x, rng=np.random.default_rng(5))

    monkeypatch.setattr("fallline.differences.stochastic._BLOCK", 6)
    blocks = method(fl.himmelblau, x, rng=np.random.default_rng(5))

    np.testing.assert_allclose(blocks, whole, rtol=1e-12)


@each_distribution
def test_evaluations_are_counted_by_the_descent(distribution: Any) -> None:
    method = RandomDirections(distribution, 4)
    rng = np.random.default_rng(1)

    frames = list(islice(fl.descend(fl.himmelblau, (1, 1), fl.Adam(), gradient=method, rng=rng), 3))

    assert [frame.evaluations for frame in frames] == [8, 16, 24]
    assert method.evaluations(1000) == 8


def test_spsa_descends() -> None:
    rng = np.random.default_rng(2)

    *_, last = islice(fl.descend(fl.bowl(4.0), (2.0, -1.0), fl.GradientDescent(0.02), spsa, rng), 1500)

    np.testing.assert_allclose(last.x, 0.0, atol=1e-6)


def test_larger_step_sees_through_noise() -> None:
    noisy = fl.objectives.noisy(rng=1, noise=1e-3, condition=1.0)
    x, rng = np.array([1.0, 2.0]), np.random.default_rng(4)

    errors = [
        np.abs(RandomDirections("signs", 500, step)(noisy, x, rng=rng) - x).max() for step in (1e-4, 0.1)
    ]

    assert errors[0] > 0.2
    # What is left is the spread of the directions themselves.
    assert errors[1] < 4.5 * 2.0 / math.sqrt(500)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e6])
def test_own_step_suits_the_size_of_the_coordinates(scale: float) -> None:
    x = scale * np.array([1.0, 1.0])

    slope = RandomDirections("sphere", 4000)(
        lambda p: ((p / scale) ** 3).sum(), x, rng=np.random.default_rng(6)
    )

    np.testing.assert_allclose(slope * scale, [3.0, 3.0], rtol=0.15)


def test_draws_are_what_they_are_called() -> None:
    rng = np.random.default_rng(1)

    signs = RandomDirections("signs").draw(4000, 3, rng)
    sphere = RandomDirections("sphere").draw(4000, 3, rng)
    gaussian = RandomDirections("gaussian").draw(4000, 3, rng)

    assert set(np.unique(signs)) == {-1.0, 1.0}
    np.testing.assert_allclose(np.linalg.norm(sphere, axis=1), 1.0, rtol=1e-12)
    assert gaussian.std() == pytest.approx(1.0, abs=0.03)
    for drawn, variance in ((signs, 1.0), (sphere, 1 / 3), (gaussian, 1.0)):
        np.testing.assert_allclose(np.cov(drawn.T), variance * np.eye(3), atol=0.08)


def test_method_prints_what_it_costs() -> None:
    assert repr(spsa) == "signs directions: 1, 2 evaluations"
    assert (
        repr(RandomDirections("sphere", 8, 0.5)) == "sphere directions: 8 averaged, 16 evaluations, step 0.5"
    )


def test_method_is_a_value() -> None:
    assert RandomDirections("signs") == spsa
    assert hash(RandomDirections("signs")) == hash(spsa)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"distribution": "cube"}, "distribution must be one of signs, gaussian, sphere, got 'cube'"),
        ({"directions": 0}, "directions must be at least 1, got 0"),
        ({"step": 0.0}, "step must be positive and finite, got 0.0"),
        ({"step": -1.0}, "step must be positive and finite"),
        ({"step": math.inf}, "step must be positive and finite"),
        ({"step": math.nan}, "step must be positive and finite"),
    ],
)
def test_setting_that_draws_nothing_is_refused(settings: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RandomDirections(**settings)


def test_chance_must_be_given() -> None:
    with pytest.raises(TypeError, match=r"random directions need rng, a NumPy generator"):
        spsa(fl.himmelblau, [1.0, 2.0])


def test_function_that_spoils_its_argument_does_no_harm() -> None:
    x = np.array([1.0, 2.0])

    def spoiler(p: Any) -> float:
        p *= 0.0
        return 1.0

    spsa(spoiler, x, rng=np.random.default_rng(1))

    np.testing.assert_array_equal(x, [1.0, 2.0])


@pytest.mark.parametrize("start", [np.nan, np.inf])
def test_point_far_out_gives_nan_and_no_exception(start: float) -> None:
    with np.errstate(all="ignore"):
        slope = spsa(fl.himmelblau, [start, 0.0], rng=np.random.default_rng(1))

    assert not np.isfinite(slope).any()
