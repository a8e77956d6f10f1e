from typing import Any

import autograd.numpy as anp  # type: ignore[import-untyped]
import numpy as np
import pytest
from autograd import hessian as exact_hessian
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.differentiate import hessian as scipys_hessian  # type: ignore[import-untyped]
from scipy.optimize import rosen, rosen_hess  # type: ignore[import-untyped]
from tests.core.differences.cases import counted, together_or_not

from fallline.differences import hessian

x = np.array([0.3, 1.2, -0.7, 2.0])


def bumpy(x: Any) -> Any:
    return anp.exp(x[0] * x[1]) * anp.sin(x[2]) + x[3] ** 3 * x[0]


@together_or_not
def test_hessian_is_autograds(vectorized: bool) -> None:
    found = hessian(bumpy, x, vectorized=vectorized)

    np.testing.assert_allclose(found, exact_hessian(bumpy)(x), atol=2e-6)


def test_hessian_is_scipys() -> None:
    found = hessian(rosen, x)

    np.testing.assert_allclose(found, scipys_hessian(rosen, x).ddf, rtol=1e-6, atol=1e-4)


@given(
    hnp.arrays(np.float64, (4, 4), elements=st.floats(-9, 9)),
    hnp.arrays(np.float64, 4, elements=st.floats(-2, 2)),
)
def test_hessian_of_a_quadratic_is_its_matrix(matrix: Any, x: Any) -> None:
    symmetric = matrix + matrix.T

    found = hessian(lambda x: 0.5 * x @ symmetric @ x, x, step=0.5)

    np.testing.assert_allclose(found, symmetric, atol=1e-11)


@pytest.mark.parametrize(
    "bounds", [None, (x, None), (None, x), (x - [0, 1e-5, 1, 0], x + np.array([1, 1e-5, 0, 1]))]
)
def test_hessian_is_symmetric_and_keeps_within_bounds(bounds: Any) -> None:
    low, high = (-np.inf, np.inf) if bounds is None else bounds

    def f(x: Any) -> Any:
        assert low is None or (x >= low).all()
        assert high is None or (x <= high).all()
        return rosen(x)

    found = hessian(f, x, bounds=bounds)

    assert (found == found.T).all()
    np.testing.assert_allclose(found, rosen_hess(x), atol=5e-3, rtol=1e-5)


@pytest.mark.parametrize("n", [1, 2, 5])
def test_cost_is_what_is_said(n: int) -> None:
    calls: list[Any] = []

    hessian(counted(rosen, calls), np.ones(n))

    assert len(calls) == 2 * n * n + 1


def test_shape_is_that_of_x_twice() -> None:
    assert hessian(lambda x: (x**2).sum(), np.ones((2, 3))).shape == (2, 3, 2, 3)
    assert hessian(lambda x: x**2, 3.0) == pytest.approx(2.0, rel=1e-6)


def test_tree_has_a_matrix_in_the_order_of_its_numbers() -> None:
    found = hessian(lambda p: p["a"][0] * p["b"] ** 2, {"a": np.array([1.0, 2.0]), "b": 3.0})

    np.testing.assert_allclose(found, [[0, 0, 6], [0, 0, 0], [6, 0, 2]], atol=1e-6)


@pytest.mark.parametrize("exponent", [-6, -3, 0, 3, 6])
def test_coordinates_of_every_size_keep_their_digits(exponent: int) -> None:
    size = 10.0**exponent

    curvature = hessian(lambda x: np.exp(x / size), size) * size**2

    assert curvature == pytest.approx(np.e, rel=2e-2)


def test_step_that_is_given_is_used() -> None:
    seen: list[Any] = []

    hessian(counted(lambda x: 0.0, seen), [1.0], step=0.25)

    assert seen == [[1.0], [0.75], [1.25]]
