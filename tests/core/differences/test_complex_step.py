import math
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from tests.core.differences.cases import counted

from fallline.differences import ComplexStep, complex_step, gradient, jacobian

x = np.array([0.4, 1.3, -0.7])


def smooth(x: Any) -> Any:
    return np.exp(x[0]) * np.sin(x[1]) / (1.0 + x[2] ** 2)


def test_slope_is_right_to_the_last_digits() -> None:
    def reference(*x: Any) -> Any:
        return mpmath.exp(x[0]) * mpmath.sin(x[1]) / (1 + x[2] ** 2)

    with mpmath.workdps(40):
        exact = [float(mpmath.diff(reference, tuple(x), np.eye(3, dtype=int)[i].tolist())) for i in range(3)]

    np.testing.assert_allclose(complex_step(smooth, x), exact, rtol=4e-16)


@pytest.mark.parametrize("vectorized", [False, True])
def test_it_is_known_by_its_name(vectorized: bool) -> None:
    slope = gradient(smooth, x, "complex", vectorized=vectorized)

    assert slope.tolist() == complex_step(smooth, x).tolist()


def test_it_prints_itself_its_order_and_its_evaluations() -> None:
    assert repr(complex_step) == "complex step: order 2, 1 evaluation a coordinate, 4 for the check"
    assert repr(ComplexStep(check=False)) == "complex step: order 2, 1 evaluation a coordinate, unchecked"


@pytest.mark.parametrize("method", [complex_step, ComplexStep(check=False)])
def test_evaluations_said_are_evaluations_made(method: ComplexStep) -> None:
    calls: list[Any] = []

    gradient(counted(smooth, calls), x, method)

    assert len(calls) == method.evaluations(3)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.abs(x).sum(),
        lambda x: np.linalg.norm(x),
        lambda x: (x * np.conj(x)).real.sum(),
        lambda x: np.sum(x.real**2),
        lambda x: smooth(x) + abs(x[2]),
        lambda x: np.hypot(x[0].real, x[1].real),
    ],
)
def test_function_that_is_not_analytic_is_found_out(f: Any) -> None:
    with pytest.raises(ValueError, match=r"f is not analytic at x .* use method=\"central\""):
        gradient(f, x, "complex")


@pytest.mark.parametrize(
    "f",
    [
        smooth,
        lambda x: 3.0,
        lambda x: (x**2).sum() if x[0].real > 0 else (x**3).sum(),
        lambda x: 1e10 + np.sin(x).sum(),
        lambda x: np.exp(40.0 * x).sum(),
        lambda x: np.sin(200.0 * x).sum(),
        lambda x: np.log(x[1] * 1e-200),
    ],
)
def test_analytic_function_is_not_accused(f: Any) -> None:
    gradient(f, x, "complex")


def test_function_that_cancels_inside_is_not_accused() -> None:
    rng = np.random.default_rng(1)
    for place, large in zip(10.0 ** rng.uniform(-8, 0, 300), 10.0 ** rng.uniform(0, 5, 300), strict=True):

        def f(x: Any, large: float = large) -> Any:
            return np.sqrt(large + x @ x) - np.sqrt(large)

        slope = gradient(f, [place], "complex")

        assert slope == pytest.approx([place / np.sqrt(large + place**2)], rel=1e-12)


def test_check_can_be_switched_off() -> None:
    slope = gradient(lambda x: np.abs(x).sum(), x, ComplexStep(check=False))

    assert slope.tolist() == [0.0, 0.0, 0.0]


def test_one_wrong_coordinate_among_a_thousand_is_found_out() -> None:
    with pytest.raises(ValueError, match="not analytic"):
        gradient(lambda x: (x[:-1] ** 2).sum() + abs(x[-1]), np.linspace(0.1, 2.0, 1000), "complex")


def test_jacobian_is_checked_too() -> None:
    np.testing.assert_allclose(jacobian(np.sin, x, "complex"), np.diag(np.cos(x)), rtol=1e-15)
    with pytest.raises(ValueError, match="not analytic"):
        jacobian(lambda x: np.array([x[0], abs(x[1])]), x, "complex")


def test_check_keeps_within_the_bounds() -> None:
    def f(x: Any) -> Any:
        assert (np.real(x) >= [0.4, -2.0, -0.7 - 1e-9]).all()
        return smooth(x)

    slope = gradient(f, x, "complex", bounds=([0.4, -2.0, -0.7 - 1e-9], None))

    assert slope.tolist() == complex_step(smooth, x).tolist()


def test_function_that_takes_no_complex_numbers_says_so_itself() -> None:
    with pytest.raises(TypeError, match="complex"):
        gradient(lambda x: math.sin(x[0].item()), [1.0], "complex")


@pytest.mark.parametrize("step", [0.0, -1e-20, np.nan, np.inf])
def test_step_that_is_none_is_refused(step: float) -> None:
    with pytest.raises(ValueError, match="step must be positive and finite"):
        ComplexStep(step=step)


def test_nan_is_a_result() -> None:
    slope = gradient(lambda x: x[0] * np.nan + x[1], [1.0, 2.0], "complex")

    assert np.isnan(slope[0])
