from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fallline as fl
from fallline import grids

GRIDS = {
    "even": grids.even_grid([(-6.0, 6.0), (-1.1, 1.3)], [13, 8]),
    "uneven": grids.uneven_grid([(-6.0, 6.0), (-1.1, 1.3)], [13, 8], np.random.default_rng(3)),
}
each_grid = pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)


@each_grid
def test_no_sample_sees_it(grid: grids.Grid) -> None:
    ripple = grids.Ripple(grid, 7.0)

    assert (grid.sample(ripple) == 0.0).all()


@each_grid
@pytest.mark.parametrize("edge_order", [1, 2])
def test_npgradient_says_the_same_of_two_functions_with_the_same_samples(
    grid: grids.Grid, edge_order: Any
) -> None:
    ripple = grids.Ripple(grid, 7.0)

    def other(x: Any) -> Any:
        return fl.himmelblau(x) + ripple(x)

    ours, theirs = (grids.sampled(f, grid, edge_order).field for f in (fl.himmelblau, other))
    for slope, same in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(slope, same)
    # And they are two: midway between samples, by all of the height.
    middle = np.array([0.5 * (axis[3] + axis[4]) for axis in grid.axes])
    assert abs(other(middle) - fl.himmelblau(middle)) == pytest.approx(14.0)


@each_grid
@given(st.integers(0, 10**6))
def test_slope_is_that_of_the_wave_between_samples(grid: grids.Grid, seed: int) -> None:
    ripple, h = grids.Ripple(grid, 7.0), 1e-6
    x = np.array([np.random.default_rng(seed).uniform(low, high) for low, high in ((-6.0, 6.0), (-1.1, 1.3))])
    near = [np.abs(axis - place).min() < 2 * h for axis, place in zip(grid.axes, x, strict=True)]

    differences = [(ripple(x + h * e) - ripple(x - h * e)) / (2 * h) for e in np.eye(2)]

    if not any(near):
        np.testing.assert_allclose(ripple.gradient(x), differences, atol=1e-6, rtol=1e-6)


@each_grid
def test_many_points_at_once_give_what_each_gives(grid: grids.Grid) -> None:
    ripple = grids.Ripple(grid, 0.5)
    points = np.random.default_rng(0).uniform(-7.0, 7.0, (2, 40))

    np.testing.assert_array_equal(ripple(points), [ripple(x) for x in points.T])
    np.testing.assert_array_equal(ripple.gradient(points).T, [ripple.gradient(x) for x in points.T])


@each_grid
def test_it_is_flat_outside_the_grid(grid: grids.Grid) -> None:
    ripple = grids.Ripple(grid, 0.5)
    outside = np.array([-9.0, 4.0])

    assert ripple(outside) == 0.0
    assert (ripple.gradient(outside) == 0.0).all()


@given(st.integers(2, 60), st.floats(0.0, 0.49), st.integers(0, 10**6))
def test_uneven_grid_keeps_its_ends_and_its_order(count: int, jitter: float, seed: int) -> None:
    grid = grids.uneven_grid([(-2.0, 3.0)], count, np.random.default_rng(seed), jitter)

    (axis,) = grid.axes
    even = np.linspace(-2.0, 3.0, count)
    assert (axis[0], axis[-1]) == (-2.0, 3.0)
    assert (np.diff(axis) > 0.0).all()
    assert (np.abs(axis - even) <= jitter * 5.0 / (count - 1) + 1e-12).all()


def test_same_chance_gives_the_same_grid() -> None:
    one, other = (grids.uneven_grid([(0.0, 1.0)] * 2, 9, np.random.default_rng(5)) for _ in range(2))

    for ours, theirs in zip(one.axes, other.axes, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert one.even == (False, False)


@pytest.mark.parametrize("jitter", [-0.1, 0.5, np.nan])
def test_jitter_that_would_change_the_order_is_refused(jitter: float) -> None:
    with pytest.raises(ValueError, match=r"jitter must be from 0 to below 0\.5"):
        grids.uneven_grid([(0.0, 1.0)], 5, np.random.default_rng(0), jitter)
