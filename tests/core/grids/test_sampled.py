from itertools import islice
from typing import Any

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator  # type: ignore[import-untyped]

import fallline as fl
from fallline import grids

AXES = (
    np.array([0.0, 0.5, 0.75, 2.0]),
    np.array([-1.0, 0.0, 3.0]),
    np.array([1.0, 1.25, 1.5, 2.0, 4.0]),
)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_interpolation_is_scipys_on_the_grid_and_outside(n: int) -> None:
    grid = grids.Grid(AXES[:n])
    values = np.random.default_rng(1).normal(size=grid.shape)
    low, high = np.array([[axis[0], axis[-1]] for axis in grid.axes]).T
    points = np.random.default_rng(2).uniform(low - 0.2, high + 0.2, (500, n)).T
    points = np.concatenate([points, grid.points()], axis=1)

    (ours,) = grids.interpolate(grid, [values], points)

    theirs = RegularGridInterpolator(grid.axes, values, bounds_error=False)(points.T)
    assert 0 < np.isnan(theirs).sum() < 500
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)


def test_samples_come_back_at_their_own_places() -> None:
    grid = grids.Grid(AXES)
    surface = grids.sampled(lambda x: float(np.sin(x).sum()), grid)

    np.testing.assert_allclose(surface(grid.points()), surface.values.ravel(), rtol=1e-14)


def test_sample_of_infinity_stays_in_its_own_cells() -> None:
    values = np.array([0.0, 1.0, np.inf])
    grid = grids.Grid((np.arange(3.0),))

    (at,) = grids.interpolate(grid, [values], np.array([[0.5, 1.0, 1.5]]))

    np.testing.assert_array_equal(at, [0.5, 1.0, np.inf])


def test_batch_has_the_values_of_single_points() -> None:
    surface = grids.sampled(fl.himmelblau, grids.even_grid(fl.himmelblau.domain, 41))
    points = np.random.default_rng(3).uniform(-6.0, 6.0, (2, 20))

    assert surface(points).tolist() == [surface(x) for x in points.T]
    np.testing.assert_array_equal(surface.gradient(points).T, [surface.gradient(x) for x in points.T])


@pytest.mark.parametrize("x", [[np.nan, 0.0], [7.0, 0.0], [0.0, -6.1], [np.inf, 0.0]])
def test_nothing_is_known_outside(x: Any) -> None:
    surface = grids.sampled(fl.himmelblau, grids.even_grid(fl.himmelblau.domain, 11))

    assert np.isnan(surface(np.array(x)))
    assert np.isnan(surface.gradient(np.array(x))).all()


def test_slope_between_samples_nears_the_objectives_own() -> None:
    points = np.random.default_rng(4).uniform(-5.9, 5.9, (2, 200))
    exact = fl.himmelblau.gradient(points)

    errors = [
        np.abs(
            grids.sampled(fl.himmelblau, grids.even_grid(fl.himmelblau.domain, n)).gradient(points) - exact
        ).max()
        for n in (101, 201)
    ]

    assert errors[0] / errors[1] == pytest.approx(4.0, rel=0.2)


def test_descent_on_samples_alone_reaches_a_minimum_and_asks_nothing_more() -> None:
    asked = 0

    def f(x: Any) -> float:
        nonlocal asked
        asked += 1
        return float(fl.himmelblau(x))

    grid = grids.even_grid(fl.himmelblau.domain, 121)
    surface = grids.sampled(f, grid, edge_order=2)
    counted = asked

    *_, last = islice(fl.descend(surface, (1.0, 1.0), fl.Adam(rate=0.1), gradient=fl.exact), 400)

    assert counted == asked == grid.size
    assert last.evaluations == 0
    np.testing.assert_allclose(last.x, [3.0, 2.0], atol=0.01)


def test_slope_is_a_gradient_method_for_the_function_that_was_sampled() -> None:
    surface = grids.sampled(fl.himmelblau, grids.even_grid(fl.himmelblau.domain, 121))

    frames = list(
        islice(fl.descend(fl.himmelblau, (1.0, 1.0), fl.GradientDescent(0.01), gradient=surface.slope), 50)
    )

    alone = list(islice(fl.descend(surface, (1.0, 1.0), fl.GradientDescent(0.01), gradient=fl.exact), 50))
    assert frames[-1].evaluations == 0
    assert [frame.x.tolist() for frame in frames] == [frame.x.tolist() for frame in alone]
    assert frames[-1].value == fl.himmelblau(frames[-1].x)


def test_tutorials_steps_follow_from_samples() -> None:
    surface = grids.sampled(fl.objectives.square, grids.even_grid([(-3.0, 3.0)], 601))

    frames = list(islice(fl.descend(surface, [2.0], fl.GradientDescent(0.1), gradient=fl.exact), 4))

    np.testing.assert_allclose([frame.x[0] for frame in frames], [2.0, 1.6, 1.28, 1.024], rtol=1e-12)


@pytest.mark.parametrize("x", [1.0, [1.0], [1.0, 2.0, 3.0], np.ones((3, 2)), np.ones((2, 2, 2))])
def test_point_of_another_dimension_is_refused(x: Any) -> None:
    surface = grids.sampled(fl.himmelblau, grids.even_grid(fl.himmelblau.domain, 11))

    with pytest.raises(ValueError, match="x must have 2 coordinates, one for each axis, got shape"):
        surface(x)


def test_samples_that_do_not_fit_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="samples must have the shape of the grid"):
        grids.Sampled(grids.Grid((np.arange(2.0),)), np.ones(3))
