"""Every objective against what others say of it: complex steps and SciPy; `test_formulas.py` has the papers."""

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.optimize import (  # type: ignore[import-untyped]
    approx_fprime,
    differential_evolution,
    minimize,
)
from tests.core.objectives.rows import ROWS, each, places

import fallline as fl
from fallline import objectives

# A complex step sees neither absolute values nor comparisons.
ANALYTIC = [row for row in ROWS if row not in (objectives.kinked, objectives.thrown_ball)]
# They need chance, or settings that no row can choose, or another objective.
WITHOUT_ROWS = {"noisy", "black_box", "ball_and_wall", "heating_plan", "thermostat", "unit_box"}
CURVED = [row for row in ANALYTIC if row.hessian is not None]
FACTORIES: dict[str, Callable[[], fl.Objective]] = {
    "bowl": objectives.bowl,
    "ravine": objectives.ravine,
    "noisy": lambda: objectives.noisy(rng=3),
    "ball_and_wall": objectives.ball_and_wall,
    "black_box": lambda: objectives.black_box(lambda a: a * a, ((-1.0, 1.0),), (0.5,)),
    "heating_plan": objectives.heating_plan,
    "thermostat": objectives.thermostat,
    "unit_box": lambda: objectives.unit_box(objectives.himmelblau),
    **{name: getattr(objectives, name) for name in objectives.__all__ if name.endswith("_n")},
}


def derivatives(f: Callable[[Any], Any], points: Any) -> Any:
    """The complex step along each coordinate: Squire & Trapp, SIAM Review 40 (1998)."""
    moves = 1e-30j * np.eye(len(points))[:, :, None]
    return np.stack([np.asarray(f(points + move)).imag / 1e-30 for move in moves])


# Rows


def test_every_public_objective_has_its_row() -> None:
    public = [getattr(objectives, name) for name in objectives.__all__]
    made = {thing.name for thing in public if isinstance(thing, fl.Objective)}
    made |= {factory().name for name, factory in FACTORIES.items() if name not in WITHOUT_ROWS}

    assert made == {row.name for row in ROWS}


def test_every_public_name_is_an_objective_or_makes_one() -> None:
    others = {"ALL", "OBJECTIVES", "Objective", "no_formula"}

    values = {name for name in objectives.__all__ if isinstance(getattr(objectives, name), fl.Objective)}

    assert values | set(FACTORIES) | others == set(objectives.__all__)


def test_every_objective_of_a_module_is_public() -> None:
    public = {id(getattr(objectives, name)) for name in objectives.__all__}
    names = [module.name for module in pkgutil.iter_modules(objectives.__path__, "fallline.objectives.")]
    modules = [importlib.import_module(name) for name in names]
    found = [value for m in modules for value in vars(m).values() if isinstance(value, fl.Objective)]

    assert len(found) > 15
    assert {id(value) for value in found} <= public


def test_there_are_twenty_different_functions_without_counting_dimensions() -> None:
    families = {row.name.partition(" in ")[0] for row in ROWS}

    assert len(families) >= 20
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_six_of_the_plane_stay_what_a_race_is_run_on() -> None:
    names = [row.name for row in objectives.OBJECTIVES]

    assert names == ["Bowl", "Himmelblau", "Rosenbrock", "Beale", "Saddle", "Rastrigin"]


# Slopes and curvatures


@each(ANALYTIC)
def test_exact_slope_is_the_complex_steps(objective: fl.Objective) -> None:
    points = places(objective, 200)
    theirs = derivatives(objective, points)

    ours = objective.gradient(points)

    np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-11 * np.abs(theirs).max())


@each(CURVED)
def test_exact_hessian_is_the_complex_steps_of_the_slope(objective: fl.Objective) -> None:
    points = places(objective, 100)
    theirs = derivatives(objective.gradient, points)
    assert objective.hessian

    ours = objective.hessian(points)

    assert ours.shape == (len(points), len(points), 100)
    np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-11 * np.abs(theirs).max())


def test_kinked_slope_is_scipys_off_the_crease() -> None:
    for point in places(objectives.kinked, 50).T:
        theirs = approx_fprime(point, objectives.kinked, 1e-7)

        np.testing.assert_allclose(objectives.kinked.gradient(point), theirs, rtol=1e-5, atol=1e-5)


@each([row for row in ROWS if row.curvature])
def test_curvature_is_the_largest_eigenvalue_of_the_hessian(objective: fl.Objective) -> None:
    assert objective.hessian
    hessian = objective.hessian(np.array(objective.start))

    assert np.abs(np.linalg.eigvalsh(hessian)).max() == pytest.approx(objective.curvature, rel=1e-12)


@each(ROWS)
def test_batch_gives_the_bits_of_single_points(objective: fl.Objective) -> None:
    points = places(objective, 33)

    values = objective(points)

    assert values.shape == (33,)
    if len(points) < 8 and objective is not objectives.thrown_ball:
        assert values.tolist() == [objective(x) for x in points.T]
    else:  # NumPy adds eight and more numbers in another order, along another axis.
        np.testing.assert_allclose(values, [objective(x) for x in points.T], rtol=1e-13)


@each([row for row in ROWS if row is not objectives.thrown_ball])
def test_batch_of_slopes_and_curvatures_is_that_of_single_points(objective: fl.Objective) -> None:
    points = places(objective, 7)

    slopes = objective.gradient(points)

    assert slopes.shape == points.shape
    np.testing.assert_allclose(slopes.T, [objective.gradient(x) for x in points.T], rtol=1e-12, atol=1e-300)
    if objective.hessian:
        singles = [objective.hessian(x) for x in points.T]
        np.testing.assert_allclose(np.moveaxis(objective.hessian(points), 2, 0), singles, rtol=1e-12)


# What is known of them


@each(ROWS)
def test_start_and_minima_lie_inside_the_domain(objective: fl.Objective) -> None:
    for point in (objective.start, *objective.minima):
        assert all(low < x < high for x, (low, high) in zip(point, objective.domain, strict=True))


@each(ROWS)
def test_minima_have_the_lowest_value_and_no_slope(objective: fl.Objective) -> None:
    for point in map(np.array, objective.minima):
        assert objective(point) == pytest.approx(objective.minimum, rel=1e-15, abs=1e-25)
        if objective is not objectives.thrown_ball:
            np.testing.assert_allclose(objective.gradient(point), 0.0, atol=2e-12)


@each([row for row in ROWS if row.minima])
def test_scipy_finds_nothing_lower_in_the_domain(objective: fl.Objective) -> None:
    lowest = objective(places(objective, 5_000)).min()
    found = differential_evolution(
        objective,
        objective.domain,
        vectorized=True,
        updating="deferred",
        maxiter=15 if objective is objectives.thrown_ball else 60,
        polish=False,
        rng=np.random.default_rng(1),
    )

    assert min(lowest, found.fun) >= objective.minimum * (1.0 - 1e-15 * np.sign(objective.minimum))


@each([row for row in ANALYTIC if row.minima and len(row.start) < 3])
def test_scipy_finds_no_lowest_place_but_the_ones_known(objective: fl.Objective) -> None:
    for start in places(objective, 30).T:
        found = minimize(objective, start, jac=objective.gradient, method="L-BFGS-B", bounds=objective.domain)
        distance = np.abs(found.x - np.array(objective.minima)).max(axis=1).min()

        assert found.fun > objective.minimum + 1e-6 or distance < 0.06


@each([objectives.saddle, objectives.monkey_saddle])
def test_saddle_has_no_bottom(objective: fl.Objective) -> None:
    assert objective.minima == ()
    assert objective.minimum == -np.inf
    assert objective(1e60 * np.array([[-1.0, 0.0], [0.0, 1.0]])).min() < -1e119
    np.testing.assert_array_equal(objective.gradient(np.zeros(2)), 0.0)


# Families


@pytest.mark.parametrize("name", [name for name in FACTORIES if name.endswith("_n")])
@pytest.mark.parametrize("n", [2, 5, 30])
def test_family_knows_its_minimum_in_every_dimension(name: str, n: int) -> None:
    objective = getattr(objectives, name)(n)

    assert len(objective.start) == len(objective.domain) == n
    assert objective(np.array(objective.minima[0])) == pytest.approx(objective.minimum, rel=1e-14, abs=1e-24)


@pytest.mark.parametrize("name", [name for name in FACTORIES if name.endswith("_n")])
def test_family_refuses_a_dimension_that_is_none(name: str) -> None:
    with pytest.raises(ValueError, match=r"n must be at least \d.*, got 0"):
        getattr(objectives, name)(0)


# The tutorial's, and the black box


def test_tutorials_step_leads_from_two_to_one_point_six() -> None:
    x = np.array([2.0])

    np.testing.assert_allclose(x - 0.1 * objectives.square.gradient(x), [1.6], rtol=1e-15)


def test_black_box_has_no_formula_and_says_what_to_do() -> None:
    with pytest.raises(TypeError, match="no formula for its gradient; use a finite difference"):
        fl.exact(objectives.thrown_ball, np.array([10.0, 40.0]))


def test_descent_finds_how_the_ball_was_thrown_from_values_alone() -> None:
    found = minimize(objectives.thrown_ball, objectives.thrown_ball.start, method="Nelder-Mead")

    np.testing.assert_allclose(found.x, objectives.thrown_ball.minima[0], atol=1e-3)
