from typing import Any

import numpy as np
import pytest

from fallline.arrays import as_number, as_numbers, as_reals, as_vector


@pytest.mark.parametrize("x", [[1, 2], (1.0, 2.0), np.array([1, 2], np.int8), np.array([1, 2], np.float32)])
def test_any_real_vector_becomes_float64(x: Any) -> None:
    vector = as_vector(x)

    assert vector.dtype == np.float64
    assert vector.tolist() == [1.0, 2.0]


def test_float64_vector_is_taken_as_it_is() -> None:
    x = np.ones(3)

    assert as_vector(x) is x


@pytest.mark.parametrize("x", [[1j], ["1"], [True], [None], [{}]])
def test_numbers_that_are_not_real_are_refused(x: Any) -> None:
    with pytest.raises(TypeError, match="slope must hold real numbers, got"):
        as_reals(x, "slope")


@pytest.mark.parametrize("x", [2.0, [[1.0, 2.0]]])
def test_vector_of_another_shape_is_refused_with_advice(x: Any) -> None:
    with pytest.raises(ValueError, match=r"start must be a vector, got shape .*; use np\.ravel\(start\)"):
        as_vector(x, "start")


def test_empty_vector_is_refused() -> None:
    with pytest.raises(ValueError, match=r"x must hold at least one number, got shape \(0,\)"):
        as_vector([])


@pytest.mark.parametrize("value", [0.5, np.float64(0.5), np.float32(0.5), np.array(0.5), np.array([0.5])])
def test_any_one_real_number_becomes_a_float(value: Any) -> None:
    number = as_number(value)

    assert type(number) is float
    assert number == 0.5


@pytest.mark.parametrize("value", [None, "1", 1j, np.ones(0), np.ones((2, 2)), True])
def test_value_that_is_not_one_real_number_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="f must return one real number, got"):
        as_number(value)


@pytest.mark.parametrize("values", [1.0, np.ones(2), np.ones((3, 1))])
def test_batch_of_another_size_is_refused_with_advice(values: Any) -> None:
    with pytest.raises(ValueError, match=r"must return shape \(3,\) for 3 points, got .*vectorized=False"):
        as_numbers(values, 3)


def test_complex_batch_is_refused_rather_than_cut() -> None:
    with pytest.raises(TypeError, match="f must return real numbers, got complex128"):
        as_numbers(np.ones(3) * 1j, 3)


def test_ragged_and_complex_numbers_are_refused_with_advice() -> None:
    with pytest.raises(ValueError, match="rows of several lengths can be a list of arrays"):
        as_reals([[1.0, 2.0], [3.0]])
    with pytest.raises(TypeError, match=r"complex128; use x\.real"):
        as_reals([1j])
