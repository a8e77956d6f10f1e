from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize  # type: ignore[import-untyped]

import fallline as fl
from fallline import objectives

each_objective = pytest.mark.parametrize(
    "objective", objectives.OBJECTIVES, ids=lambda objective: objective.name
)


def places(objective: fl.Objective, count: int) -> Any:
    low, high = np.array(objective.domain).T
    return np.random.default_rng(11).uniform(low, high, (count, len(low))).T


def test_every_objective_has_its_row() -> None:
    made = {value.name for value in vars(objectives).values() if isinstance(value, fl.Objective)}

    assert made | {"Bowl"} == {objective.name for objective in objectives.OBJECTIVES}


@each_objective
def test_exact_slope_is_the_complex_steps(objective: fl.Objective) -> None:
    points = places(objective, 200)
    moves = 1e-30j * np.eye(2)[:, :, None]
    theirs = np.stack([objective(points + move).imag / 1e-30 for move in moves])

    ours = objective.gradient(points)

    np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-11 * np.abs(theirs).max())


@each_objective
def test_batch_gives_the_bits_of_single_points(objective: fl.Objective) -> None:
    points = places(objective, 33)

    values, slopes = objective(points), objective.gradient(points)

    assert values.shape == (33,)
    assert values.tolist() == [objective(x) for x in points.T]
    assert slopes.T.tolist() == [objective.gradient(x).tolist() for x in points.T]


@each_objective
def test_start_and_minima_lie_inside_the_domain(objective: fl.Objective) -> None:
    for point in (objective.start, *objective.minima):
        assert all(low < x < high for x, (low, high) in zip(point, objective.domain, strict=True))


@each_objective
def test_minima_are_the_lowest_places(objective: fl.Objective) -> None:
    lowest = objective(places(objective, 20_000)).min()

    for minimum in objective.minima:
        assert objective(np.array(minimum)) == pytest.approx(objective.minimum, abs=1e-25)
        np.testing.assert_allclose(objective.gradient(np.array(minimum)), 0.0, atol=1e-12)
    assert lowest > objective.minimum


@each_objective
def test_scipy_finds_no_lowest_place_but_the_ones_known(objective: fl.Objective) -> None:
    for start in places(objective, 30).T if objective.minima else ():
        found = minimize(objective, start, jac=objective.gradient, method="L-BFGS-B", bounds=objective.domain)
        distance = np.abs(found.x - np.array(objective.minima)).max(axis=1).min()

        assert found.fun > 1e-6 or distance < 0.02


def test_saddle_has_no_bottom() -> None:
    assert fl.saddle.minima == ()
    assert fl.saddle.minimum == -np.inf
    assert fl.saddle(np.array([0.0, 1e100])) == -1e200


@pytest.mark.parametrize("condition", [1.0, 10.0, 1e4])
def test_bowl_has_the_condition_number_asked_for(condition: float) -> None:
    bowl = fl.bowl(condition)

    curvatures = np.linalg.eigvalsh(bowl.gradient(np.eye(2)))

    assert curvatures.max() / curvatures.min() == pytest.approx(condition)
    assert curvatures.max() == bowl.curvature


@pytest.mark.parametrize("condition", [0.5, -1.0, np.nan, np.inf])
def test_bowl_refuses_a_condition_number_that_is_none(condition: float) -> None:
    with pytest.raises(ValueError, match="condition must be at least 1 and finite, got"):
        fl.bowl(condition)
