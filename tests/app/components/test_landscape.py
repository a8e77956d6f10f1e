from __future__ import annotations

import numpy as np
import pytest

import fallline as fl
from fallline_app.components.landscape import BEAD, SAMPLES, TINTS, contour_levels, enclosed, survey

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
