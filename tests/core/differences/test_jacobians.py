"""Jacobians against autograd's and SciPy's, and what they refuse."""

from typing import Any

import autograd.numpy as anp  # type: ignore[import-untyped]
import numpy as np
import pytest
from autograd import jacobian as exact_jacobian
from scipy.optimize import rosen  # type: ignore[import-untyped]
from scipy.optimize._numdiff import approx_derivative  # type: ignore[import-untyped]
from tests.core.differences.cases import counted, each_method, together_or_not

from fallline.differences import gradient, jacobian

x = np.array([0.4, 1.3, -0.7, 2.1])


def points(x: Any) -> Any:
    return np.stack([x[0] * x[1], np.sin(x[2]), x[0] ** 2 + x[3]])


@each_method
@together_or_not
def test_jacobian_is_autograds(method: Any, vectorized: bool) -> None:
    def same(x: Any) -> Any:
        return anp.stack([x[0] * x[1], anp.sin(x[2]), x[0] ** 2 + x[3]])

    found = jacobian(points, x, method, vectorized=vectorized)

    np.testing.assert_allclose(found, exact_jacobian(same)(x), atol=1e-6 if method.order == 1 else 1e-9)


@each_method
def test_jacobian_of_one_value_is_the_gradient(method: Any) -> None:
    np.testing.assert_allclose(jacobian(rosen, x, method), gradient(rosen, x, method), rtol=1e-11)


@pytest.mark.parametrize("out", [(), (1,), (2, 3), (0,)])
def test_jacobian_has_the_axes_of_f_before_those_of_x(out: tuple[int, ...]) -> None:
    found = jacobian(lambda x: x.sum() * np.ones(out), np.ones((2, 2)))

    assert found.shape == (*out, 2, 2)
    np.testing.assert_allclose(found, np.ones((*out, 2, 2)), rtol=1e-9)


def test_jacobian_of_a_tree_is_a_tree() -> None:
    found = jacobian(lambda p: p["a"] * p["b"], {"a": np.ones(2), "b": 3.0})

    np.testing.assert_allclose(found["a"], 3 * np.eye(2), atol=1e-9)
    np.testing.assert_allclose(found["b"], np.ones(2), rtol=1e-9)


def test_jacobian_near_bounds_is_scipys() -> None:
    low, high = x - [0, 1, 0.5e-6, 1], x + np.array([1, 0, 1, 2e-6])

    found = jacobian(points, x, bounds=(low, high))

    np.testing.assert_allclose(found, approx_derivative(points, x, bounds=(low, high)), atol=1e-8)


@each_method
def test_jacobian_costs_no_more_than_a_gradient(method: Any) -> None:
    calls: list[Any] = []

    jacobian(counted(points, calls), x, method)

    assert len(calls) == method.evaluations(4)


def test_function_that_writes_into_one_array_does_no_harm() -> None:
    out = np.empty(3)

    def f(x: Any) -> Any:
        out[:] = points(x)
        x[:] = np.nan
        return out

    np.testing.assert_array_equal(jacobian(f, x), jacobian(points, x))


def test_values_of_changing_shape_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"f must return the same shape at every point, got \[\(1,\), \(2,\)\]"
    ):
        jacobian(lambda x: np.ones(1 + (x[0] > 0.4)), x)


def test_batch_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match=r"must return shape \(\.\.\., 8\) for 8 points, got \(8, 4\)"):
        jacobian(lambda x: x.T, x, vectorized=True)


@pytest.mark.parametrize("value", [None, "1", np.ones(2) * 1j, np.array([True])])
def test_jacobian_of_what_is_not_real_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="f must return real numbers, got"):
        jacobian(lambda x: value, x)
