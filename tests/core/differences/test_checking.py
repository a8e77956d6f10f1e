from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.reference import unseen
from tests.reference.problems import PROBLEMS, Problem

from fallline.differences.checking import assert_gradient, check_gradient

Array = NDArray[np.float64]

A = np.random.default_rng(5).standard_normal((14, 14))
X200 = np.random.default_rng(6).standard_normal(200)


def waves(x: Array) -> Any:
    return np.sum(np.sin(x) * np.arange(1.0, x.size + 1.0))


def waves_slope(x: Array) -> Array:
    return np.asarray(np.cos(x) * np.arange(1.0, x.size + 1.0))


@pytest.mark.parametrize("problem", PROBLEMS + unseen.PROBLEMS, ids=lambda p: p.name)
def test_right_gradient_passes(problem: Problem) -> None:
    f = problem.f

    for x in problem.points(2, seed=9):
        found = check_gradient(f, problem.exact(x), x, vectorized=True)

        assert found, str(found)


@pytest.mark.parametrize("change", [2.0, -1.0, 0.0, 1.0 + 1e-4])
def test_one_wrong_coordinate_of_200_is_found(change: float) -> None:
    g = waves_slope(X200)
    g[137] *= change

    found = check_gradient(waves, g, X200)

    assert found.wrong == [(137,)]


def test_missing_term_of_relative_size_1e_4_is_found() -> None:
    g = waves_slope(X200)

    found = check_gradient(lambda x: waves(x) + 1e-4 * np.sum(np.arange(1.0, 201.0) * x**2), g, X200)

    assert len(found.wrong) > 190


def test_transposed_matrix_is_found() -> None:
    x = np.linspace(-1.0, 1.0, 14)

    found = check_gradient(lambda x: np.sum(np.tanh(A @ x)), lambda x: A @ (1 - np.tanh(A @ x) ** 2), x)

    assert len(found.wrong) == 14


def test_right_callable_passes_on_matrices() -> None:
    w = A[:3, :4]

    assert check_gradient(lambda w: np.sum(np.tanh(w) ** 2), lambda w: 2 * np.tanh(w) / np.cosh(w) ** 2, w)


def test_wrong_entry_of_a_matrix_is_named_by_its_indices() -> None:
    w = A[:3, :4]
    g = 2.0 * w
    g[1, 2] = 7.0

    found = check_gradient(lambda w: np.sum(w**2), g, w)

    assert found.wrong == [(1, 2)]
    assert "[1, 2]: given 7, measured" in str(found)


@pytest.mark.parametrize(("factor", "rate"), [(1.0, 2.0), (1.5, 1.0)])
def test_remainder_falls_like_the_square_only_where_the_gradient_is_right(factor: float, rate: float) -> None:
    found = check_gradient(waves, factor * waves_slope(X200), X200)

    assert found.rate == pytest.approx(rate, abs=0.2)


def test_kink_beside_x_does_not_fail_a_right_gradient() -> None:
    x = np.array([1e-5, -1e-7, 0.3])

    assert check_gradient(lambda x: np.sum(np.abs(x)), np.sign, x)


@pytest.mark.parametrize("slope", [-1.0, 0.0, 0.5, 1.0])
def test_any_slope_between_the_sides_of_a_kink_is_right(slope: float) -> None:
    assert check_gradient(lambda x: abs(x[0]) + x[1] ** 2, [slope, 2.0], [0.0, 1.0])


def test_slope_far_outside_the_sides_of_a_kink_is_wrong() -> None:
    assert not check_gradient(lambda x: abs(x[0]) + x[1] ** 2, [40.0, 2.0], [0.0, 1.0])


def test_gradient_that_is_not_finite_is_wrong() -> None:
    assert check_gradient(lambda x: np.sum(x**2), [np.nan, 4.0], [1.0, 2.0]).wrong == [(0,)]


def test_gradient_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"shape of x, \(2,\), got shape \(3,\)"):
        check_gradient(np.sum, np.ones(3), [1.0, 2.0])


def test_assertion_names_the_worst_coordinates_first() -> None:
    g = waves_slope(X200)
    g[[3, 90]] *= [1.01, 5.0]

    with pytest.raises(AssertionError, match=r"wrong in 2 of 200 coordinates[\s\S]*\[90\][\s\S]*\[3\]"):
        assert_gradient(waves, g, X200)


def test_assertion_is_silent_where_the_gradient_is_right() -> None:
    assert_gradient(waves, waves_slope, X200)


def test_wrong_entry_of_a_tree_is_named_by_its_keys_and_indices() -> None:
    tree = {"bias": 0.5, "layers": [np.ones((2, 2)), np.ones(3)]}

    def f(p: Any) -> Any:
        return p["bias"] ** 2 + np.sin(p["layers"][0]).sum() + np.exp(p["layers"][1]).sum()

    def slope(p: Any) -> Any:
        return {"bias": 2 * p["bias"], "layers": [np.cos(p["layers"][0]), np.exp(p["layers"][1])]}

    right, wrong = slope(tree), slope(tree)
    wrong["layers"][0][1, 0] *= -1.0

    assert check_gradient(f, slope, tree)
    assert check_gradient(f, right, tree)
    assert check_gradient(f, wrong, tree).wrong == [("layers", 0, 1, 0)]
    with pytest.raises(AssertionError, match=r"\[layers, 0, 1, 0\]: given -0.54"):
        assert_gradient(f, wrong, tree)


def test_gradient_of_another_tree_is_refused() -> None:
    with pytest.raises(ValueError, match="the gradient must have the shape of x, its tree"):
        check_gradient(lambda p: p["a"].sum(), {"b": np.ones(2)}, {"a": np.ones(2)})
