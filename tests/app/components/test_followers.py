from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from bokeh.models import ColumnDataSource

from fallline_app.components.followers import draw_batch, draw_fits, draw_spreads, fitted, scattered, stand
from fallline_app.components.plots import new_plot
from fallline_app.components.tracks import new_track

if TYPE_CHECKING:
    from fallline_app.components.models import Track

FRAME = {
    "x": 0.0, "y": 1.0, "mid_x": 2.0, "mid_y": -1.0, "cov_xx": 0.5, "cov_xy": 0.3, "cov_yy": 0.4,
    "slope": 2.0, "intercept": -1.0, "epoch": 1.0, "begin": 2.0, "size": 2.0,
}  # fmt: skip
ORDER = np.array([[0, 1, 2, 3, 4, 5], [5, 3, 1, 0, 4, 2]], dtype=np.uint16)


def tracks() -> list[Track]:
    return [new_track(name, name, ("x", "y")) for name in ("full-batch", "mini-batch")]


def test_ellipses_are_one_and_two_standard_deviations_from_the_mean() -> None:
    move, *rings = scattered(FRAME, "x", "y")

    inverse = np.linalg.inv([[0.5, 0.3], [0.3, 0.4]])
    for radius, ring in zip((1.0, 2.0), rings, strict=True):
        apart = np.array(ring) - [[2.0], [-1.0]]
        np.testing.assert_allclose(np.einsum("in,ij,jn->n", apart, inverse, apart), radius**2)
    np.testing.assert_array_equal(move, [[0.0, 2.0], [1.0, -1.0]])


@pytest.mark.parametrize("name", ["cov_xx", "cov_yy"])
def test_scatter_along_one_direction_is_a_line(name: str) -> None:
    flat = {**FRAME, "cov_xx": 0.0, "cov_xy": 0.0, "cov_yy": 0.0, name: 4.0}

    _, ring, _ = scattered(flat, "x", "y")

    assert sorted(np.ptp(ring, axis=1).tolist()) == [0.0, 4.0]


def test_what_does_not_scatter_has_its_move_alone_and_what_is_lost_nothing() -> None:
    still = {**FRAME, "cov_xx": 0.0, "cov_xy": 0.0, "cov_yy": 0.0}

    assert len(scattered(still, "x", "y")) == 1
    assert scattered({**FRAME, "mid_x": np.nan}, "x", "y") == []


def test_line_is_drawn_as_numbers_or_as_probabilities() -> None:
    places = np.array([-1.0, 0.5, 1.0])

    np.testing.assert_array_equal(fitted(FRAME, places, logistic=False), [-3.0, 0.0, 1.0])
    np.testing.assert_allclose(fitted(FRAME, places, logistic=True), 1.0 / (1.0 + np.exp([3.0, 0.0, -1.0])))


def test_spreads_and_fits_follow_the_heads_that_there_are() -> None:
    plot = new_plot("x", "y")
    spreads, fits = draw_spreads(plot, tracks(), "x", "y"), draw_fits(plot, tracks())
    fits.grid = [0.0, 1.0]

    stand(spreads, {"mini-batch": FRAME})
    stand(fits, {"mini-batch": FRAME})

    assert [len(source.data["xs"]) for _, source in spreads.lines] == [0, 3]
    assert [len(source.data["y"]) for _, source in fits.lines] == [0, 2]


def test_batch_is_marked_among_the_data_and_in_its_order() -> None:
    samples = ColumnDataSource({"x": np.arange(6.0), "y": np.arange(6.0) ** 2, "number": np.arange(6)})
    marks = draw_batch(new_plot("x", "y"), new_plot("x", "y"), samples, tracks())
    marks.update(watched="mini-batch", order=ORDER, used=5)

    stand(marks, {"mini-batch": FRAME})

    ((_, full), (_, mini)), (_, (_, now)) = marks.marked, marks.now
    assert len(full.data["x"]) == 0
    np.testing.assert_array_equal(mini.data["x"], [1.0, 0.0])
    np.testing.assert_array_equal(mini.data["y"], [1.0, 0.0])
    np.testing.assert_array_equal([now.data["x"], now.data["y"]], [[3.0, 4.0], [2.0, 1.0]])
    others = {turn: [*source.data["x"]] for turn, source in marks.others}
    assert others == {"before": [1.0, 2.0], "after": [5.0], "never": [6.0]}


def test_nobody_is_marked_where_the_watched_does_not_run() -> None:
    samples = ColumnDataSource({"x": np.arange(6.0), "y": np.arange(6.0), "number": np.arange(6)})
    marks = draw_batch(new_plot("x", "y"), new_plot("x", "y"), samples, tracks())
    marks.update(watched="mini-batch", order=ORDER, used=5)

    stand(marks, {"full-batch": FRAME})

    assert all(len(source.data["x"]) == 0 for _, source in [*marks.marked, *marks.now, *marks.others])
