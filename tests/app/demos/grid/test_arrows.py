from __future__ import annotations

import numpy as np

from fallline.grids import even_grid
from fallline_app.demos.grid.arrows import MOST, strokes

SQUARE = even_grid([(0.0, 10.0), (0.0, 1.0)], 5)


def test_arrow_points_downhill_from_its_sample_on_a_square_map() -> None:
    slope = np.stack([np.full((5, 5), 0.3), np.full((5, 5), 3.0)])

    drawn = strokes(SQUARE, slope, barbs=False)

    # As steep along each side of the map, so it points at 45 degrees to its lower left.
    across = (drawn["x1"] - drawn["x0"]) / 10.0
    np.testing.assert_allclose(across, drawn["y1"] - drawn["y0"], atol=1e-6)
    assert (across < 0.0).all()
    np.testing.assert_allclose(np.sort(drawn["x0"]), np.repeat(SQUARE.axes[0], 5), atol=1e-6)


def test_all_arrows_are_of_one_length_and_shorter_than_the_spacing() -> None:
    slope = np.random.default_rng(0).normal(size=(2, 5, 5))

    drawn = strokes(SQUARE, slope, barbs=False)

    lengths = np.hypot((drawn["x1"] - drawn["x0"]) / 10.0, drawn["y1"] - drawn["y0"])
    np.testing.assert_allclose(lengths, lengths[0], rtol=1e-5)
    assert lengths[0] < 0.25


def test_barbs_begin_at_the_tips() -> None:
    slope = np.random.default_rng(0).normal(size=(2, 5, 5))

    drawn = strokes(SQUARE, slope, barbs=True)

    assert drawn["x0"].size == 75
    np.testing.assert_array_equal(drawn["x0"][25:50], drawn["x1"][:25])
    np.testing.assert_array_equal(drawn["y0"][50:], drawn["y1"][:25])


def test_there_is_no_arrow_without_a_direction() -> None:
    slope = np.ones((2, 5, 5))
    slope[:, 0, 0], slope[0, 1, 1] = 0.0, np.nan

    assert strokes(SQUARE, slope, barbs=False)["x0"].size == 23


def test_fine_grids_have_an_arrow_at_some_samples_only() -> None:
    grid = even_grid([(0.0, 1.0), (0.0, 1.0)], 61)

    drawn = strokes(grid, np.ones((2, 61, 61)), barbs=False)

    assert drawn["x0"].size <= MOST**2
