from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fallline_app.components.chart import LEAST, Chart, Series, apart
from fallline_app.components.plots import new_plot
from fallline_app.components.tracks import Tooltip


@given(st.lists(st.floats(0.0, 300.0), max_size=6))
def test_names_stand_apart_and_in_their_order(places: list[float]) -> None:
    moved = np.array(places) + apart(places)

    order = np.argsort(places, kind="stable")
    assert (np.diff(moved[order]) >= LEAST - 1e-6).all()


def test_names_that_have_room_are_not_moved() -> None:
    assert apart([10.0, 200.0, 60.0]) == [0.0, 0.0, 0.0]


def test_names_in_one_place_move_to_both_sides() -> None:
    assert apart([50.0, 50.0]) == [-LEAST / 2, LEAST / 2]


def chart() -> Chart:
    plot = new_plot("n", "error", y_scale="log")
    plot.y_range.update(start=1e-3, end=1e3)
    return Chart(
        plot,
        [Series("a", "central"), Series("b", "adagrad", "", "circle", named=False)],
        [Tooltip("n", ("x",), "%d")],
    )


def test_line_shows_what_has_a_place_on_its_axis_and_is_named_at_its_end() -> None:
    made = chart()
    x = np.arange(4.0)

    made.show({"a": (x, np.array([1.0, np.nan, 0.0, 2.0])), "b": (x, x)})

    lines = [renderer for renderer in made.plot.renderers if renderer.name == "a"]
    assert lines[0].data_source.data["x"].tolist() == [0.0, 3.0]
    names = [renderer.data_source.data for renderer in made.plot.renderers if renderer.name is None]
    assert [(data["text"], data["x"], data["y"]) for data in names if data["text"]] == [(["a"], [3.0], [2.0])]


def test_line_of_nothing_has_no_name() -> None:
    made = chart()

    made.show({"a": (np.array([1.0]), np.array([np.nan]))})

    assert all(not len(renderer.data_source.data["x"]) for renderer in made.plot.renderers)
    assert all(
        not renderer.data_source.data["text"] for renderer in made.plot.renderers if renderer.name is None
    )
