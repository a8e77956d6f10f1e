from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fallline as fl
from fallline_app.components.landscape import (
    BEAD,
    LINES,
    SAMPLES,
    TINTS,
    LandscapeMap,
    contour_levels,
    enclosed,
    survey,
)

OBJECTIVES = {objective.name: objective for objective in fl.objectives.OBJECTIVES}
each_surface = pytest.mark.parametrize("objective", OBJECTIVES.values(), ids=OBJECTIVES)


@each_surface
def test_every_point_of_a_line_has_the_height_of_the_line(objective: fl.Objective) -> None:
    landscape = survey(objective, objective.domain)

    for line in landscape.lines:
        heights = objective(line.points.T)
        # Between samples a line is straight, which costs the square of their distance.
        slopes = np.linalg.norm(objective.gradient(line.points.T), axis=0)
        cell = max(high - low for low, high in objective.domain) / (SAMPLES - 1)
        assert np.median(np.abs(heights - line.level) / (1e-9 + slopes)) < cell


@each_surface
def test_no_line_is_a_bead(objective: fl.Objective) -> None:
    (left, right), (bottom, top) = objective.domain
    cell = (right - left) * (top - bottom) / (SAMPLES - 1) ** 2

    areas = [enclosed(line.points) for line in survey(objective, objective.domain).lines]

    assert min(areas) > BEAD * cell
    assert len(areas) > 20


def test_rosenbrocks_valley_is_one_line_at_each_low_level() -> None:
    landscape = survey(fl.rosenbrock, fl.rosenbrock.domain)

    lowest = landscape.levels[:6]
    assert [sum(line.level == level for line in landscape.lines) for level in lowest] == [1] * 6


@each_surface
def test_tint_rises_with_the_height(objective: fl.Objective) -> None:
    landscape = survey(objective, objective.domain)

    x, y = (np.linspace(low, high, SAMPLES) for low, high in objective.domain)
    heights = objective(np.stack(np.meshgrid(x, y)).reshape(2, -1))
    in_order = landscape.tint.ravel()[np.argsort(heights, kind="stable")].astype(int)
    assert (np.diff(in_order) >= 0).all()
    assert (in_order[0], in_order[-1]) == (0, TINTS)


@each_surface
def test_levels_are_round_ascending_and_enough(objective: fl.Objective) -> None:
    x, y = (np.linspace(low, high, SAMPLES) for low, high in objective.domain)

    levels = contour_levels(objective(np.stack(np.meshgrid(x, y)).reshape(2, -1)))

    assert (np.diff(levels) > 0).all()
    assert 10 <= levels.size <= 40
    np.testing.assert_allclose(levels, [float(f"{level:.3g}") for level in levels], rtol=1e-12, atol=1e-12)


def test_area_inside_a_closed_line_is_its_area_wherever_it_lies() -> None:
    square = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 3.0], [0.0, 3.0], [0.0, 0.0]])

    assert enclosed(square) == enclosed(square[::-1]) == enclosed(square + 1e6) == 6.0


def test_open_line_encloses_without_end() -> None:
    assert enclosed(np.array([[0.0, 0.0], [1.0, 0.0]])) == np.inf


@given(
    low=st.floats(-1e6, 1e6),
    span=st.floats(1e-3, 1e6),
    power=st.floats(0.2, 12.0),
)
def test_levels_rise_within_the_heights(low: float, span: float, power: float) -> None:
    heights = low + span * np.linspace(0.0, 1.0, 400) ** power

    levels = contour_levels(heights)

    slack = 1e-9 * (abs(low) + span)
    assert 3 <= levels.size <= LINES + 1
    assert (np.diff(levels) > 0.0).all()
    assert levels[0] >= heights.min() - slack
    # Two digits may round the highest up by a twentieth.
    assert levels[-1] <= heights.max() + 0.06 * span + slack


def test_levels_of_an_even_slope_are_evenly_spaced_round_numbers() -> None:
    levels = contour_levels(np.linspace(0.0, 1.0, 1000))

    np.testing.assert_allclose(levels, np.arange(0, 21) * 0.05, atol=1e-12)


def test_levels_ignore_what_is_not_finite() -> None:
    heights = np.linspace(0.0, 1.0, 1000)

    levels = contour_levels(np.concatenate([heights, [np.nan, np.inf]]))

    np.testing.assert_array_equal(levels, contour_levels(heights))


def test_lines_of_a_plane_are_straight_and_where_its_height_is_the_level() -> None:
    landscape = survey(lambda x: 2.0 * x[0], ((-1.0, 1.0), (-1.0, 1.0)), samples=41)

    assert {line.level for line in landscape.lines} >= set(landscape.levels[1:-1].tolist())
    for line in landscape.lines:
        np.testing.assert_allclose(line.points[:, 0], line.level / 2.0, atol=1e-12)
        assert np.ptp(line.points[:, 1]) == pytest.approx(2.0)


def test_lines_of_the_bowl_are_its_ellipses() -> None:
    bowl = fl.bowl(25.0)

    landscape = survey(bowl, bowl.domain)

    # Between samples the surface is taken for a plane: off by h²·L/8 at most, of the curvature L = 25.
    off = (10.0 / (SAMPLES - 1)) ** 2 * 25.0 / 8.0
    for line in landscape.lines:
        x, y = line.points.T
        np.testing.assert_allclose(0.5 * (x * x + 25.0 * y * y), line.level, atol=1.1 * off)


def columns(plot: Any, glyph: str) -> list[dict[str, Any]]:
    """What a plot draws by a kind of glyph, one set of columns for each renderer."""
    return [dict(drawn.data_source.data) for drawn in plot.renderers if type(drawn.glyph).__name__ == glyph]


def test_map_shows_the_landscape_and_then_another() -> None:
    shown = LandscapeMap()
    shown.show(survey(fl.himmelblau, fl.himmelblau.domain))

    beale = survey(fl.beale, fl.beale.domain)
    shown.show(beale)

    plot = shown.plot
    assert (plot.x_range.start, plot.x_range.end) == fl.beale.domain[0]
    assert (plot.y_range.start, plot.y_range.end) == fl.beale.domain[1]
    tint, _regions = columns(plot, "Image")
    assert tint["image"][0] is beale.tint
    assert (tint["x"], tint["y"], tint["dw"], tint["dh"]) == ([-4.5], [-4.5], [9.0], [9.0])
    assert sum(len(lines["xs"]) for lines in columns(plot, "MultiLine")) == len(beale.lines)


def test_every_fifth_line_is_heavier_and_labelled_on_the_line() -> None:
    bowl = fl.bowl(4.0)
    landscape = survey(bowl, bowl.domain)
    shown = LandscapeMap()

    shown.show(landscape)

    light, heavy = sorted(
        (drawn for drawn in shown.plot.renderers if type(drawn.glyph).__name__ == "MultiLine"),
        key=lambda drawn: drawn.glyph.line_width,
    )
    index_levels = landscape.levels[::5].tolist()
    assert len(heavy.data_source.data["xs"]) == sum(line.level in index_levels for line in landscape.lines)
    assert len(light.data_source.data["xs"]) + len(heavy.data_source.data["xs"]) == len(landscape.lines)
    (labels,) = columns(shown.plot, "Text")
    assert len(labels["text"]) >= 2
    for x, y, text in zip(labels["x"], labels["y"], labels["text"], strict=True):
        assert np.isclose(float(text), index_levels).any()
        assert bowl(np.array([x, y])) == pytest.approx(float(text), abs=0.05)


def test_labels_keep_their_distance() -> None:
    shown = LandscapeMap()
    for surface in OBJECTIVES.values():
        shown.show(survey(surface, surface.domain))

        (labels,) = columns(shown.plot, "Text")
        low, high = np.array(surface.domain).T
        places = (np.transpose([labels["x"], labels["y"]]) - low) / (high - low)
        # On a map of 190 pixels a figure of 11 is 0.036 of its side wide.
        halves = np.array([0.018 * len(text) for text in labels["text"]])
        assert ((places[:, 0] > halves) & (places[:, 0] < 1.0 - halves)).all()
        assert ((places[:, 1] > 0.05) & (places[:, 1] < 0.95)).all()
        for index, place in enumerate(places):
            assert (np.hypot(*(places[:index] - place).T) > 0.05).all()
