from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import rosen, rosen_der, rosen_hess_prod  # type: ignore[import-untyped]
from tests.core.differences.cases import counted, each_method, together_or_not

from fallline.differences import directional, hessian_vector

x = np.array([0.3, 1.2, -0.7, 2.0])
v = np.array([1.0, -2.0, 0.5, 3.0])


class Fenced:
    def __init__(self, f: Any, low: Any, high: Any) -> None:
        self.f, self.low, self.high = f, low, high

    def __call__(self, x: Any) -> Any:
        assert (x >= self.low).all()
        assert (x <= self.high).all()
        return self.f(x)


@each_method
@together_or_not
def test_slope_along_a_direction_is_the_gradients_part_of_it(method: Any, vectorized: bool) -> None:
    slope = directional(rosen, x, v, method, vectorized=vectorized)

    assert slope == pytest.approx(rosen_der(x) @ v, rel=1e-6 if method.order == 1 else 1e-9)


@given(scale=st.floats(-1e8, 1e8).filter(lambda scale: abs(scale) > 1e-8))
def test_slope_is_proportional_to_the_direction(scale: float) -> None:
    assert directional(rosen, x, scale * v) == pytest.approx(scale * (rosen_der(x) @ v), rel=1e-9)


@each_method
def test_cost_does_not_grow_with_the_dimensions(method: Any) -> None:
    calls: list[Any] = []

    directional(counted(rosen, calls), np.ones(100), np.ones(100), method)

    assert len(calls) == method.evaluations(1)


def test_direction_of_no_length_has_no_slope() -> None:
    assert directional(rosen, x, np.zeros(4)) == 0.0
    assert hessian_vector(rosen, x, np.zeros(4)).tolist() == [0.0] * 4


def test_function_of_several_values_gives_the_jacobians_product() -> None:
    slope = directional(np.sin, x, v)

    np.testing.assert_allclose(slope, np.cos(x) * v, rtol=1e-9)


def test_tree_has_directions_of_its_own_structure() -> None:
    slope = directional(lambda p: p["a"].sum() * p["b"], {"a": x, "b": 2.0}, {"a": v, "b": 1.0})

    assert slope == pytest.approx(v.sum() * 2.0 + x.sum(), rel=1e-9)


def test_complex_step_is_checked_along_the_line() -> None:
    with pytest.raises(ValueError, match="not analytic"):
        directional(lambda x: np.abs(x).sum(), x, v, "complex")


@pytest.mark.parametrize(
    "call", [directional, hessian_vector, lambda f, x, v: hessian_vector(f, x, v, gradient=rosen_der)]
)
@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (np.ones(3), r"v must have the shape of x, \(4,\), got shape \(3,\)"),
        ({"a": 1.0}, r"v must have the shape of x, \(4,\), got another tree"),
        ([1.0, np.inf, 0.0, 0.0], "v must be finite"),
    ],
)
def test_direction_that_is_none_is_refused(call: Any, bad: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call(rosen, x, bad)


@pytest.mark.parametrize("step", [0.0, -1.0, np.nan])
def test_step_that_is_none_is_refused(step: float) -> None:
    with pytest.raises(ValueError, match="step must be positive and finite"):
        directional(rosen, x, v, step=step)


@pytest.mark.parametrize("low", [x, x - 1e-7, x - 2e-4, x - 1e-3])
def test_bounds_are_kept_along_the_line(low: Any) -> None:
    f = Fenced(rosen, low, np.inf)

    assert directional(f, x, np.abs(v), bounds=(low, None)) == pytest.approx(
        rosen_der(x) @ np.abs(v), rel=1e-7
    )
    assert directional(f, x, -np.abs(v), bounds=(low, None)) == pytest.approx(
        -rosen_der(x) @ np.abs(v), rel=1e-7
    )
    np.testing.assert_allclose(
        hessian_vector(f, x, np.abs(v), bounds=(low, None)), rosen_hess_prod(x, np.abs(v)), rtol=1e-5
    )


def test_direction_that_leaves_the_bounds_both_ways_is_refused() -> None:
    with pytest.raises(ValueError, match="bounds must leave room around x along v"):
        directional(rosen, [0.0, 1.0], [1.0, 1.0], bounds=(0.0, 1.0))


@together_or_not
def test_product_with_the_hessian_is_scipys(vectorized: bool) -> None:
    product = hessian_vector(rosen, x, v, vectorized=vectorized)

    np.testing.assert_allclose(product, rosen_hess_prod(x, v), rtol=1e-6)


def test_product_by_a_formula_of_the_gradient_is_closer() -> None:
    product = hessian_vector(rosen, x, v, gradient=rosen_der)

    np.testing.assert_allclose(product, rosen_hess_prod(x, v), rtol=1e-9)


@given(hnp.arrays(np.float64, 4, elements=st.floats(-2, 2)))
def test_product_keeps_the_structure(v: Any) -> None:
    product = hessian_vector(lambda p: rosen(p["x"].ravel()), {"x": x.reshape(2, 2)}, {"x": v.reshape(2, 2)})

    np.testing.assert_allclose(product["x"].ravel(), rosen_hess_prod(x, v), atol=1e-3)


def test_gradient_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"the gradient must have the shape of x, \(4,\), got shape \(3,\)"):
        hessian_vector(rosen, x, v, gradient=lambda x: np.ones(3))


def test_product_costs_four_evaluations_a_coordinate() -> None:
    calls: list[Any] = []

    hessian_vector(counted(rosen, calls), x, v)

    assert len(calls) == 16
