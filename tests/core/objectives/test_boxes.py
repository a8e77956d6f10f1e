import numpy as np
import pytest
from scipy.optimize import approx_fprime  # type: ignore[import-untyped]

import fallline as fl
from fallline.objectives import ball_and_wall, beale, thrown_ball, unit_box

PLACES = np.random.default_rng(2).uniform(0.1, 0.9, (20, 2))


def test_values_are_those_of_the_place_in_the_domain() -> None:
    low, high = np.array(beale.domain).T

    ours = unit_box(beale)(PLACES.T)

    np.testing.assert_allclose(ours, beale((low + PLACES * (high - low)).T), rtol=1e-12)


def test_slope_is_scipys() -> None:
    box = unit_box(beale)

    for place in PLACES:
        theirs = approx_fprime(place, box, 1e-7)
        np.testing.assert_allclose(box.gradient(place), theirs, rtol=1e-4, atol=1e-2)


@pytest.mark.parametrize("objective", [fl.himmelblau, thrown_ball, ball_and_wall()], ids=lambda one: one.name)
def test_start_and_minima_are_where_they_were(objective: fl.Objective) -> None:
    box = unit_box(objective)

    assert box(np.array(box.start)) == pytest.approx(objective(np.array(objective.start)))
    for minimum in box.minima:
        assert box(np.array(minimum)) == pytest.approx(objective.minimum, abs=1e-9)


def test_what_has_no_formula_has_none_in_a_box() -> None:
    with pytest.raises(TypeError, match="no formula"):
        unit_box(thrown_ball).gradient(np.array([0.5, 0.5]))
