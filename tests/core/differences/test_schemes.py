from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime  # type: ignore[import-untyped]
from tests.core.differences.cases import ONE_SIDED, each_scheme, recorded_points, total_of_sines

import fallline as fl
from fallline.differences import central4, central8
from fallline.differences.schemes import SCHEMES
from fallline.objectives import OBJECTIVES

EPSILON = float(np.finfo(np.float64).eps)

each_objective = pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda objective: objective.name)


def places(objective: fl.Objective, count: int = 50) -> Any:
    low, high = np.array(objective.domain).T
    return np.random.default_rng(7).uniform(low, high, (count, len(low)))


# What a scheme is


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        (fl.forward, "forward difference: order 1, 1 evaluation a coordinate, 1 shared"),
        (fl.backward, "backward difference: order 1, 1 evaluation a coordinate, 1 shared"),
        (fl.central, "central difference: order 2, 2 evaluations a coordinate"),
        (central4, "central4 difference: order 4, 4 evaluations a coordinate"),
        (central8, "central8 difference: order 8, 8 evaluations a coordinate"),
        (ONE_SIDED, "one-sided difference: order 2, 2 evaluations a coordinate, 1 shared"),
    ],
)
def test_scheme_prints_its_order_and_its_cost(scheme: fl.Scheme, text: str) -> None:
    assert repr(scheme) == text


def test_scheme_is_a_value() -> None:
    twin = fl.Scheme("central", (-1.0, 1.0), (-0.5, 0.5), order=2)

    assert twin == fl.central
    assert hash(twin) == hash(fl.central)
    with pytest.raises(FrozenInstanceError):
        twin.order = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("offsets", "coefficients", "message"),
    [
        ((-1.0, 1.0), (1.0,), "2 offsets need as many coefficients, got 1"),
        ((1.0, -1.0), (0.5, -0.5), "in increasing order"),
        ((1.0, 1.0), (0.5, -0.5), "in increasing order"),
        ((-1.0, 1.0), (-1.0, 1.0), "1 for f = x, got 0.0 and 2.0"),
        ((), (), "1 for f = x, got 0 and 0"),
    ],
)
def test_stencil_that_is_none_is_refused(offsets: Any, coefficients: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fl.Scheme("broken", offsets, coefficients, order=1)


# Accuracy


@each_scheme
@given(
    coefficients=st.lists(st.floats(-10, 10), min_size=9, max_size=9),
    x=st.floats(-100, 100),
)
def test_scheme_is_exact_on_polynomials_of_its_order(
    scheme: fl.Scheme, coefficients: list[float], x: float
) -> None:
    polynomial = np.polynomial.Polynomial(coefficients[: scheme.order + 1])
    h = float(scheme.steps(np.array([x]))[0])
    sizes = np.polynomial.Polynomial(np.abs(polynomial.coef))
    roundoff = 16 * EPSILON * sizes(abs(x) + scheme.offsets[-1] * h + h) / h

    slope = fl.gradient(polynomial, x, method=scheme)

    assert abs(slope - polynomial.deriv()(x)) <= roundoff + 1e-300


@each_scheme
def test_halving_the_step_divides_the_error_by_two_to_the_order(scheme: fl.Scheme) -> None:
    h = 10.0 ** (-2 if scheme.order < 4 else -1)

    wide, narrow = (abs(fl.gradient(np.exp, 0.0, scheme, step=s) - 1.0) for s in (2 * h, h))

    assert wide / narrow == pytest.approx(2.0**scheme.order, rel=0.05)


@pytest.mark.parametrize("scheme", SCHEMES[:3], ids=lambda scheme: scheme.name)
@each_objective
def test_scheme_finds_the_exact_slope_of_every_objective(objective: fl.Objective, scheme: fl.Scheme) -> None:
    for x in places(objective):
        exact = objective.gradient(x)
        scale = max(1.0, np.abs(exact).max(), abs(objective(x)))
        bound = 100 * EPSILON ** (scheme.order / (scheme.order + 1)) * scale

        np.testing.assert_allclose(scheme(objective, x), exact, rtol=0.0, atol=bound)


def test_each_higher_order_brings_more_digits() -> None:
    x = np.linspace(0.1, 3.0, 20)

    errors = [np.abs(scheme(total_of_sines, x) - np.cos(x)).max() for scheme in SCHEMES[1:]]

    assert (np.diff(errors) < 0.0).all()
    assert errors[-1] < 1e-12


@each_objective
def test_forward_difference_agrees_with_scipy_at_the_same_step(objective: fl.Objective) -> None:
    for x in places(objective):
        theirs = approx_fprime(x, objective, 1e-7)

        ours = fl.gradient(objective, x, method="forward", step=1e-7)

        # SciPy divides by the step asked for, we by the one that x + h realised.
        np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-6)


def test_central_difference_is_thousands_of_times_closer_than_scipys() -> None:
    x = np.linspace(0.1, 3.0, 20)
    theirs = np.abs(approx_fprime(x, total_of_sines) - np.cos(x)).max()

    ours = np.abs(fl.central(total_of_sines, x) - np.cos(x)).max()

    assert ours < theirs / 200


# Evaluations


@each_scheme
@each_objective
def test_batch_gives_the_same_bits_as_one_point_at_a_time(objective: fl.Objective, scheme: fl.Scheme) -> None:
    for x in places(objective):
        together = scheme(objective, x)

        singly = scheme(objective.function, x)

        assert together.tobytes() == singly.tobytes()


@each_scheme
def test_vectorized_function_is_called_once_with_every_point(scheme: fl.Scheme) -> None:
    shapes = []

    def f(x: Any) -> Any:
        shapes.append(x.shape)
        return total_of_sines(x)

    fl.gradient(f, [1.0, 2.0, 3.0], scheme, vectorized=True)

    assert shapes == [(3, scheme.evaluations(3))]


@each_scheme
def test_evaluations_said_are_evaluations_made(scheme: fl.Scheme) -> None:
    points = recorded_points(scheme, np.ones(5))

    assert len(points) == len({point.tobytes() for point in points}) == scheme.evaluations(5)


@each_scheme
def test_function_that_spoils_its_argument_does_no_harm(scheme: fl.Scheme) -> None:
    x = np.array([1.0, 2.0])

    def spoiler(point: Any) -> Any:
        value = total_of_sines(point)
        point[...] = np.nan
        return value

    for vectorized in (False, True):
        np.testing.assert_allclose(
            fl.gradient(spoiler, x, scheme, vectorized=vectorized), np.cos(x), atol=1e-6
        )
    assert x.tolist() == [1.0, 2.0]


# What goes in and out


def test_number_in_number_out() -> None:
    slope = fl.gradient(lambda x: x**2, 2)

    assert slope.shape == ()
    assert slope == pytest.approx(4.0, rel=1e-10)


@pytest.mark.parametrize("vectorized", [False, True])
def test_slope_has_the_shape_of_x(vectorized: bool) -> None:
    x = np.linspace(0.1, 1.0, 6).reshape(2, 3)

    slope = fl.gradient(lambda x: np.sin(x).sum(axis=0 if vectorized else None), x, vectorized=vectorized)

    np.testing.assert_allclose(slope, np.cos(x), rtol=1e-8)


def test_function_of_a_matrix_gets_a_matrix() -> None:
    slope = fl.gradient(np.linalg.det, [[1.0, 2.0], [3.0, 4.0]])

    np.testing.assert_allclose(slope, [[4.0, -3.0], [-2.0, 1.0]], rtol=1e-8)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_scheme_is_known_by_its_name(scheme: fl.Scheme) -> None:
    slope = fl.gradient(total_of_sines, [1.0], scheme.name)

    assert slope == scheme(total_of_sines, [1.0])


def test_unknown_method_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        ValueError,
        match="one of forward, backward, central, central4, central6, central8, complex, automatic, spsa, got 'centre'",
    ):
        fl.gradient(np.sin, 1.0, "centre")


@pytest.mark.parametrize("x", [[1j], ["1.0"], [True], [object()]])
def test_point_that_is_not_real_is_refused(x: Any) -> None:
    with pytest.raises(TypeError, match="x must hold real numbers"):
        fl.gradient(np.sum, x)


@pytest.mark.parametrize("value", [None, "1", 1j, np.ones(2), np.ones(0)])
def test_function_that_returns_no_real_number_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="f must return one real number"):
        fl.central(lambda x: value, [1.0, 2.0])


def test_function_that_is_not_vectorized_after_all_is_refused() -> None:
    with pytest.raises(ValueError, match=r"must return shape \(4,\) for 4 points, got \(\)"):
        fl.gradient(np.sum, [1.0, 2.0], vectorized=True)


@each_scheme
@pytest.mark.parametrize("x", [np.nan, np.inf, -np.inf])
def test_point_that_is_not_finite_has_a_slope_that_is_not(scheme: fl.Scheme, x: float) -> None:
    with np.errstate(invalid="ignore"):
        slope = scheme(lambda x: x[0] + x[1], [x, 1.0])

    assert np.isnan(slope[0])


def test_value_that_is_not_finite_spoils_only_its_own_coordinate() -> None:
    slope = fl.central(lambda x: x[1] if x[0] <= 1.0 else np.nan, [1.0, 1.0])

    assert np.isnan(slope[0])
    assert slope[1] == pytest.approx(1.0, rel=1e-9)
