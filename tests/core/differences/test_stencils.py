from fractions import Fraction
from math import factorial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallline.differences import stencil
from fallline.differences.schemes import SCHEMES
from fallline.differences.stencils import weights

offsets = st.lists(st.integers(-6, 6), min_size=2, max_size=7, unique=True)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_built_in_schemes_are_the_solutions_for_their_offsets(scheme: Any) -> None:
    solved = stencil(scheme.offsets, scheme.name)

    assert solved == scheme


@given(offsets)
def test_order_is_the_highest_power_of_which_the_slope_is_right(places: list[int]) -> None:
    scheme = stencil(places)

    def moment(power: int) -> float:
        return sum(c * o**power for c, o in zip(scheme.coefficients, scheme.offsets, strict=True))

    size = sum(abs(c) for c in scheme.coefficients)
    for power in range(scheme.order + 1):
        assert moment(power) == pytest.approx(float(power == 1), abs=1e-14 * size * 6.0**power)
    assert abs(moment(scheme.order + 1)) > 1e-9


@given(offsets, st.integers(0, 3))
def test_weights_solve_the_equations_of_the_derivative_exactly(places: list[int], derivative: int) -> None:
    found = weights(tuple(map(float, sorted(places))), derivative)

    # Rounded once, each is within half a unit in its last place of the solution; NumPy's is not as close.
    powers = np.vander(np.array(sorted(places), float), increasing=True).T
    wanted = np.zeros(len(places))
    if derivative < len(places):
        wanted[derivative] = factorial(derivative)
    np.testing.assert_allclose(powers @ found, wanted, atol=1e-9 * max(1.0, np.abs(powers).max()))


def test_second_derivative_of_five_points_is_the_books() -> None:
    # Abramowitz and Stegun, 25.3.24.
    book = [float(Fraction(n, 12)) for n in (-1, 16, -30, 16, -1)]

    assert weights((-2.0, -1.0, 0.0, 1.0, 2.0), 2) == tuple(book)


def test_offsets_may_come_in_any_order_and_uneven() -> None:
    scheme = stencil([2.5, -1.0, 0.5])

    assert scheme.offsets == (-1.0, 0.5, 2.5)
    assert scheme.order == 2
    assert scheme(lambda x: x[0] ** 2, [3.0]) == pytest.approx(6.0, rel=1e-9)


def test_stencil_is_called_by_its_offsets_unless_it_is_named() -> None:
    assert stencil([0, 0.5, 2]).name == "(0, 0.5, 2)"
    assert stencil([0, 1], "mine").name == "mine"


@pytest.mark.parametrize("places", [[], [1.0], [1.0, 1.0], [0.0, np.nan], [0.0, np.inf]])
def test_offsets_that_give_no_slope_are_refused(places: list[float]) -> None:
    with pytest.raises(ValueError, match="offsets must be at least two different finite numbers, got"):
        stencil(places)
