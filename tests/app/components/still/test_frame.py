"""Where values lie in a frame, as shares of it from its upper left."""

from __future__ import annotations

import numpy as np
import pytest

from fallline_app.components.plots import new_plot
from fallline_app.components.still.frame import at, frame_of, inside, percent


def test_places_count_from_the_upper_left_and_by_ratio_on_a_log_axis() -> None:
    plot = new_plot("x", "y", x_scale="log")
    plot.x_range.update(start=0.01, end=100.0)
    plot.y_range.update(start=-1.0, end=3.0)

    places = frame_of(plot).place([0.01, 1.0, 100.0], [-1.0, 0.0, 3.0])

    np.testing.assert_allclose(places, [[0.0, 1.0], [0.5, 0.75], [1.0, 0.0]])


def test_place_on_the_edge_is_inside_and_one_beyond_any_is_not() -> None:
    places = np.array([[0.0, 1.0], [-0.01, 0.5], [0.5, 1.01], [0.5, -0.01], [np.nan, 0.5]])

    assert inside(places).tolist() == [True, False, False, False, False]


@pytest.mark.parametrize(("share", "text"), [(0.5, "50%"), (0.0, "0%"), (1 / 3, "33.33%"), (1.0, "100%")])
def test_share_is_written_without_zeros_that_say_nothing(share: float, text: str) -> None:
    assert percent(share) == text


def test_place_is_written_as_attributes() -> None:
    assert at(np.array([0.25, 1.0])) == 'x="25%" y="100%"'
