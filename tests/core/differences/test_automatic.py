from __future__ import annotations

import math
import tracemalloc
import warnings
from functools import cache
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from numpy.typing import NDArray
from tests.reference import unseen
from tests.reference.judgement import Judgement, judge
from tests.reference.problems import PROBLEMS, Problem

from fallline.differences.automatic import estimate_gradient

Array = NDArray[np.float64]


@cache
def judged(problem: Problem, points: int) -> Judgement:
    return judge(lambda f, x: estimate_gradient(f, x, vectorized=True), problem, points)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p.name)
def test_true_error_lies_inside_the_bar(problem: Problem) -> None:
    assert judged(problem, 12).inside >= 0.97


def test_true_error_lies_inside_the_bar_in_99_of_100_coordinates() -> None:
    judgements = [judged(problem, 12) for problem in PROBLEMS]

    assert np.mean([judgement.inside for judgement in judgements]) >= 0.99


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p.name)
def test_no_coordinate_is_silently_wrong(problem: Problem) -> None:
    assert judged(problem, 12).silently_wrong == 0


def test_a_coordinate_costs_at_most_12_evaluations() -> None:
    assert np.mean([judged(problem, 12).evaluations for problem in PROBLEMS]) <= 12.0


def test_bars_are_at_most_30_times_too_wide() -> None:
    assert np.nanmedian([judged(problem, 12).width for problem in PROBLEMS]) <= 30.0


@pytest.mark.slow
@pytest.mark.parametrize("problem", PROBLEMS + unseen.PROBLEMS, ids=lambda p: p.name)
def test_hardly_any_coordinate_of_many_points_is_silently_wrong(problem: Problem) -> None:
    assert judged(problem, 100).silently_wrong <= 0.001 * 100 * problem.n


@pytest.mark.slow
def test_bars_hold_on_functions_that_the_method_was_not_improved_on() -> None:
    judgements = [judged(problem, 60) for problem in unseen.PROBLEMS]

    assert np.mean([judgement.inside for judgement in judgements]) >= 0.99
    assert np.mean([judgement.evaluations for judgement in judgements]) <= 12.0
    assert np.nanmedian([judgement.width for judgement in judgements]) <= 30.0


@pytest.mark.parametrize("x", [1e-8, 0.3, 2.0, 50.0])
def test_slope_of_the_gamma_function_s_logarithm_is_that_of_mpmath(x: float) -> None:
    exact = float(mpmath.digamma(x))

    found = estimate_gradient(math.lgamma, x)

    assert abs(found.value - exact) <= found.error
    assert found.error <= 1e-9 * abs(exact)


def test_point_by_point_and_batched_agree() -> None:
    x = np.array([0.5, -1.5, 3.0])

    single = estimate_gradient(lambda p: float(np.prod(np.sin(p))), x)
    batched = estimate_gradient(lambda p: np.prod(np.sin(p), axis=0), x, vectorized=True)

    np.testing.assert_allclose(single.value, batched.value, rtol=1e-12)
    assert single.evaluations == batched.evaluations


def test_evaluations_are_those_that_f_counts() -> None:
    calls = 0

    def f(x: Array) -> float:
        nonlocal calls
        calls += 1
        return float(np.exp(x).sum())

    found = estimate_gradient(f, np.ones(7))

    assert found.evaluations == calls


def test_result_has_the_shape_of_x() -> None:
    x = np.arange(6.0).reshape(2, 3) + 1.0

    found = estimate_gradient(lambda p: np.sum(p**2), x)

    assert found.value.shape == found.error.shape == found.steps.shape == x.shape
    np.testing.assert_allclose(found.value, 2.0 * x, rtol=1e-9)


def test_the_same_call_gives_the_same_answer() -> None:
    x = np.linspace(0.1, 2.0, 9)

    first = estimate_gradient(lambda p: np.sum(np.tanh(p)), x)
    second = estimate_gradient(lambda p: np.sum(np.tanh(p)), x)

    np.testing.assert_array_equal(first.value, second.value)
    np.testing.assert_array_equal(first.error, second.error)


@pytest.mark.parametrize("x", [1e-300, 1e-12, 1.0, 1e300])
def test_edge_of_a_domain_gives_no_warning(x: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = estimate_gradient(lambda p: np.sqrt(p[0]), [x])

    assert abs(found.value[0] - 0.5 / np.sqrt(x)) <= found.error[0]
    assert found.error[0] <= 1e-6 * abs(found.value[0])


def test_math_errors_beside_x_count_as_the_edge_of_the_domain() -> None:
    found = estimate_gradient(lambda p: math.sqrt(1.0 - p[0]) + math.log(p[0]), [1.0 - 2.0**-12])

    exact = -0.5 / 2.0**-6 + 1.0 / (1.0 - 2.0**-12)
    assert abs(found.value[0] - exact) <= found.error[0] <= 1e-3 * abs(exact)


def test_one_side_is_enough_where_f_ends_at_x() -> None:
    found = estimate_gradient(lambda p: np.sqrt(p[0]) ** 4 + 3.0 * p[0], [0.0])

    assert abs(found.value[0] - 3.0) <= found.error[0] <= 0.1


def test_function_without_values_beside_x_gets_an_infinite_bar() -> None:
    found = estimate_gradient(lambda p: 1.0 if p[0] == 1.0 else np.nan, [1.0])

    assert np.isnan(found.value[0])
    assert found.error[0] == np.inf


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
def test_function_without_a_value_at_x_has_no_slope_there(value: float) -> None:
    nowhere = estimate_gradient(lambda _: value, [0.0, 1.0])
    elsewhere = estimate_gradient(lambda p: p.sum() if p.any() else value, [0.0, 0.0])

    for found in (nowhere, elsewhere):
        assert np.isnan(found.value).all()
        assert (found.error == np.inf).all()


@pytest.mark.parametrize("slopes", [(-1.0, 1.0), (0.0, 5.0), (2.0, 3.0)])
def test_bar_at_a_kink_reaches_both_slopes(slopes: tuple[float, float]) -> None:
    left, right = slopes

    found = estimate_gradient(lambda p: right * max(p[0] - 1.0, 0.0) + left * min(p[0] - 1.0, 0.0), [1.0])

    assert found.value[0] - found.error[0] <= left
    assert found.value[0] + found.error[0] >= right


def test_kink_at_x_costs_no_search_for_another_step() -> None:
    assert estimate_gradient(lambda p: abs(p[0] - 1.0), [1.0]).evaluations <= 12


@pytest.mark.parametrize("jump", [np.sign, np.ceil, np.floor])
def test_bar_at_a_jump_reaches_the_slope_beside_it(jump: Any) -> None:
    found = estimate_gradient(lambda p: float(jump(p[0] - 1.0)), [1.0])

    assert abs(found.value[0]) <= found.error[0]


def test_period_that_meets_the_first_step_is_noticed() -> None:
    steps = estimate_gradient(lambda p: p[0], [1.0]).steps

    found = estimate_gradient(lambda p: p[0] + np.sin(2.0 * np.pi * (p[0] - 1.0) / steps[0]), [1.0])

    assert abs(found.value[0] - (1.0 + 2.0 * np.pi / steps[0])) <= found.error[0]


def test_bar_reaches_the_slopes_of_both_scales_of_a_function() -> None:
    found = estimate_gradient(lambda p: np.exp(p[0]) + 1e-6 * np.sin(1e7 * (p[0] - 1.0)), [1.0])

    assert abs(found.value[0] - np.e) <= found.error[0]
    assert abs(found.value[0] - (np.e + 10.0)) <= found.error[0]


def test_error_in_f_at_x_is_the_caller_s() -> None:
    with pytest.raises(ValueError, match="math domain error"):
        estimate_gradient(lambda p: math.log(p[0]), [-1.0])


@pytest.mark.parametrize("bad", [["a"], [1j], [True]])
def test_point_that_is_not_real_is_refused(bad: Any) -> None:
    with pytest.raises(TypeError, match="real numbers"):
        estimate_gradient(np.sum, bad)


def test_memory_stays_bounded() -> None:
    x = np.ones(2000)
    estimate_gradient(lambda p: p[0] * 2.0, x[:10], vectorized=True)

    tracemalloc.start()
    estimate_gradient(lambda p: p[0] * 2.0, x, vectorized=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 24e6


def test_tree_gets_value_error_and_steps_of_its_structure() -> None:
    tree: dict[str, Any] = {"scale": 3.0, "x": np.array([[1.0, 2.0]])}

    estimate = estimate_gradient(lambda p: p["scale"] * np.exp(p["x"]).sum(), tree)

    true = {"scale": np.exp([1.0, 2.0]).sum(), "x": 3.0 * np.exp([[1.0, 2.0]])}
    for name, part in tree.items():
        assert estimate.value[name].shape == estimate.steps[name].shape == np.shape(part)
        assert (np.abs(estimate.value[name] - true[name]) <= estimate.error[name]).all()
