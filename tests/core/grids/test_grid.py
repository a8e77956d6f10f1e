from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline import grids


def test_points_are_numpys_mesh_in_its_order() -> None:
    axes: Any = ([0.0, 1.0, 3.0], [-1.0, 0.5], [2.0, 4.0, 8.0, 9.0])

    points = grids.Grid(axes).points()

    theirs = np.stack([mesh.ravel() for mesh in np.meshgrid(*axes, indexing="ij")])
    np.testing.assert_array_equal(points, theirs)


def test_even_grid_lies_between_the_bounds() -> None:
    grid = grids.even_grid([(0.0, 1.0), (-2.0, 2.0)], [11, 5])

    assert grid.shape == (11, 5)
    assert grid.size == 55
    np.testing.assert_array_equal(grid.axes[1], [-2.0, -1.0, 0.0, 1.0, 2.0])


@pytest.mark.parametrize("counts", [3, [3, 3]])
def test_one_count_stands_for_all_axes(counts: Any) -> None:
    assert grids.even_grid([(0.0, 1.0), (0.0, 1.0)], counts).shape == (3, 3)


def test_sampling_asks_a_vectorized_function_in_blocks_and_others_point_by_point() -> None:
    grid = grids.even_grid([(-2.0, 2.0), (-1.0, 3.0)], 300)
    asked: list[int] = []

    class Batched:
        vectorized = True

        def __call__(self, x: Any) -> Any:
            asked.append(x.shape[1])
            return fl.rosenbrock(x)

    together = grid.sample(Batched())

    small = grids.even_grid([(-2.0, 2.0), (-1.0, 3.0)], 7)
    singly = small.sample(lambda x: float(fl.rosenbrock(x)))
    assert sum(asked) == 90_000
    assert max(asked) <= 65_536
    np.testing.assert_array_equal(
        together,
        fl.rosenbrock(np.stack(np.meshgrid(*grid.axes, indexing="ij")).reshape(2, -1)).reshape(300, 300),
    )
    np.testing.assert_array_equal(singly, small.sample(fl.rosenbrock))


def test_function_that_spoils_its_argument_does_no_harm() -> None:
    def spoiler(x: Any) -> float:
        x *= 0.0
        return 1.0

    grid = grids.even_grid([(1.0, 2.0)], 3)
    grid.sample(spoiler)

    np.testing.assert_array_equal(grid.axes[0], [1.0, 1.5, 2.0])


def test_grid_keeps_its_own_coordinates() -> None:
    axis = np.array([1.0, 2.0])
    grid = grids.Grid((axis,))
    axis[:] = 5.0

    np.testing.assert_array_equal(grid.axes[0], [1.0, 2.0])
    with pytest.raises(ValueError, match="read-only"):
        grid.axes[0][0] = 7.0


@pytest.mark.parametrize(
    ("axes", "error", "message"),
    [
        ((), ValueError, "a grid needs at least one axis"),
        (([1.0],), ValueError, "axis 0 needs at least 2 coordinates, got 1"),
        (([0.0, 1.0], []), ValueError, "axis 1 must hold at least one number"),
        (
            ([0.0, 2.0, 1.0],),
            ValueError,
            "axis 0 must increase, got 2.0 before 1.0; np.gradient would take it silently",
        ),
        (([2.0, 1.0, 0.0],), ValueError, "axis 0 must increase, got 2.0 before 1.0"),
        (
            ([0.0, 1.0, 1.0],),
            ValueError,
            "axis 0 has 1.0 twice, which np.gradient would turn into NaN; use np.unique",
        ),
        (([0.0, np.nan],), ValueError, "axis 0 must be finite, got nan"),
        (([0.0, np.inf],), ValueError, "axis 0 must be finite, got inf"),
        (([[0.0, 1.0]],), ValueError, "axis 0 must be a vector"),
        (([False, True],), TypeError, "axis 0 must hold real numbers, got bool"),
        (([0j, 1j],), TypeError, "axis 0 must hold real numbers, got complex"),
        ((["a", "b"],), TypeError, "axis 0 must hold real numbers"),
    ],
)
def test_axis_that_is_none_is_refused(axes: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        grids.Grid(axes)


@pytest.mark.parametrize(
    ("counts", "message"), [(1, "at least 2 coordinates, got 1"), ([3], "one for each of 2 axes, got 1")]
)
def test_count_that_makes_no_grid_is_refused(counts: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        grids.even_grid([(0.0, 1.0), (0.0, 1.0)], counts)


def test_domain_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="axis 0 must increase"):
        grids.even_grid([(1.0, 0.0)], 3)
