import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallline.differences.steps import look_up, power_of_two_below, step_table

EPSILON = float(np.finfo(float).eps)


@pytest.mark.parametrize("derivative", [1, 2])
@pytest.mark.parametrize("order", [1, 2, 4, 8])
@given(x=st.floats(2.0**-26, 2.0**26))
def test_step_balances_truncation_and_roundoff_in_the_worst_case(
    order: int, derivative: int, x: float
) -> None:
    longer, shorter = max(1.0, x), min(1.0, x)
    best = (EPSILON * longer**derivative * shorter**order) ** (1 / (order + derivative))

    [h] = look_up(step_table(order, derivative), np.array([x]))

    # A power of two near it: |x| counts by its binary exponent, and so does h.
    assert 0.5 * best <= h <= 3.0 * best


@given(st.floats(0.0, 1e300))
def test_power_of_two_below_is_within_a_factor_of_two(h: float) -> None:
    [below] = power_of_two_below(np.array([h]))

    assert below <= h <= 2.0 * below
    assert below == 0.0 or np.frexp(below)[0] == 0.5
