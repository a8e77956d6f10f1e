"""The steps that schemes take: by themselves, and as they are told."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.differences.cases import each_scheme, recorded_points, total_of_sines

import fallline as fl


@each_scheme
def test_step_is_the_root_of_epsilon_at_one_and_at_zero(scheme: fl.Scheme) -> None:
    steps = scheme.steps(np.array([0.75, 0.0]))

    assert steps[0] == steps[1] == 2.0 ** round(-52 / (scheme.order + 1))


@each_scheme
@given(x=st.floats(allow_nan=False, allow_infinity=False))
def test_every_coordinate_gets_a_power_of_two_that_moves_it(scheme: fl.Scheme, x: float) -> None:
    h = scheme.steps(np.array([x]))[0]

    assert np.frexp(h)[0] == 0.5
    with np.errstate(over="ignore"):
        assert x + h != x


@each_scheme
@pytest.mark.parametrize("exponent", range(-8, 9))
def test_coordinates_from_1e_minus_8_to_1e8_keep_their_digits(scheme: fl.Scheme, exponent: int) -> None:
    size = 10.0**exponent
    worst = 1e-3 if scheme.order == 1 else 1e-4

    slope = fl.gradient(lambda x: np.exp(x / size), size, scheme) * size

    assert slope == pytest.approx(np.e, rel=worst)


@each_scheme
@pytest.mark.parametrize("x", [0.0, 1e-300, 1e-12, 1e-8, 1e-6, 1e-4, 1e-2, 1.0, 100.0])
def test_function_that_varies_over_one_keeps_its_digits_near_zero(scheme: fl.Scheme, x: float) -> None:
    worst = 1e-3 if scheme.order == 1 else 1e-5

    slope = fl.gradient(lambda x: 1.0 + np.sin(x), x, scheme)

    assert slope == pytest.approx(np.cos(x), abs=worst)


@pytest.mark.parametrize("x", [0.0, 1e-300, 1e-12, 5e-9, -5e-9])
def test_coordinate_too_small_to_tell_of_a_length_counts_as_zero(x: float) -> None:
    slope = fl.gradient(lambda x: 1.0 + np.sin(x), x)

    assert slope == pytest.approx(1.0, abs=2e-10)


def test_step_given_for_each_coordinate_is_used_for_it() -> None:
    points = recorded_points(fl.central, [1.0, 2.0], step=[0.5, 0.25])

    assert [x.tolist() for x in points] == [[0.5, 2.0], [1.0, 1.75], [1.5, 2.0], [1.0, 2.25]]


@pytest.mark.parametrize("step", [0.0, -1.0, np.nan, np.inf, [0.1, -0.1]])
def test_step_that_is_not_positive_is_refused(step: Any) -> None:
    with pytest.raises(ValueError, match="step must be positive and finite, got"):
        fl.gradient(total_of_sines, [1.0, 2.0], step=step)


def test_steps_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"shape of x, \(2,\), got shape \(3,\)"):
        fl.gradient(total_of_sines, [1.0, 2.0], step=[0.1, 0.1, 0.1])


def test_step_too_small_to_move_gives_nan() -> None:
    with np.errstate(invalid="ignore"):
        slope = fl.gradient(np.sin, 1.0, step=1e-17)

    assert np.isnan(slope)
