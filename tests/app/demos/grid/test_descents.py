from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator  # type: ignore[import-untyped]

import fallline as fl
from fallline_app.demos.grid.descents import COLUMNS, descend
from fallline_app.demos.grid.looking import Spacing, look
from fallline_app.surfaces import own_surface, surface

HIMMELBLAU = surface("Himmelblau", 1.0)
START, RATE, STEPS = (-5.0, 0.5), 0.01, 60
DOMAIN = ((-2.0, 2.0), (-2.0, 2.0))


def run(
    spacing: Spacing, ripple: float = 0.0, made: Any = HIMMELBLAU, start: Any = START, rate: float = RATE
) -> Any:
    return descend(look(made, spacing, ripple), start, rate, STEPS)


@pytest.mark.parametrize("spacing", [Spacing(13, None, 1), Spacing(17, 4, 2)], ids=["even", "uneven"])
def test_samples_lead_where_scipys_interpolation_of_npgradient_leads(spacing: Spacing) -> None:
    made = run(spacing)

    axes = look(HIMMELBLAU, spacing, 0.0).grid.axes
    values = fl.himmelblau(np.stack(np.meshgrid(*axes, indexing="ij")))
    slopes = [
        RegularGridInterpolator(axes, slope)
        for slope in np.gradient(values, *axes, edge_order=spacing.edge_order)
    ]
    x = np.array(START)
    for step in range(STEPS + 1):
        np.testing.assert_allclose(
            [made.paths[0].columns.x[step], made.paths[0].columns.y[step]], x, rtol=1e-9
        )
        x = x - RATE * np.array([slope(x)[0] for slope in slopes])


def test_function_leads_where_its_gradient_leads() -> None:
    columns = run(Spacing(13, None, 1)).paths[1].columns

    x = np.array(START)
    for step in range(STEPS + 1):
        np.testing.assert_array_equal([columns.x[step], columns.y[step]], x)
        x = x - RATE * fl.himmelblau.gradient(x)


def test_ripple_that_no_sample_sees_changes_the_functions_descent_alone() -> None:
    without, with_ripple = run(Spacing(13, None, 1)), run(Spacing(13, None, 1), ripple=0.2)

    where = [COLUMNS.index(name) for name in ("x", "y", "slope_x", "slope_y")]
    np.testing.assert_array_equal(with_ripple.frames[0, where], without.frames[0, where])
    assert np.abs(with_ripple.frames[1, where] - without.frames[1, where]).max() > 0.1


def test_descents_come_together_as_the_square_of_the_spacing() -> None:
    apart = [
        np.nanmax(run(Spacing(n, None, 2), start=(-2.0, 2.0)).frames[0, COLUMNS.index("apart")])
        for n in (31, 61)
    ]

    assert apart[0] / apart[1] == pytest.approx(4.0, rel=0.4)


def test_columns_belong_together() -> None:
    made = run(Spacing(13, None, 1))

    for path, frames in zip(made.paths, made.frames, strict=True):
        columns = path.columns
        points = np.stack([columns.x, columns.y])
        np.testing.assert_array_equal(columns.loss, [fl.himmelblau(x) for x in points.T])
        true = fl.himmelblau.gradient(points)
        np.testing.assert_allclose(
            columns.off, np.hypot(columns.slope_x - true[0], columns.slope_y - true[1]), atol=1e-12
        )
        np.testing.assert_array_equal(columns.x[:-1] - RATE * columns.slope_x[:-1], columns.x[1:])
        assert frames.shape == (len(COLUMNS), STEPS + 1)
    np.testing.assert_array_equal(
        made.frames[0, COLUMNS.index("apart")], made.frames[1, COLUMNS.index("apart")]
    )


def test_who_leaves_the_grid_is_told_so() -> None:
    path = run(Spacing(13, None, 1), made=surface("Booth", 1.0), start=(-8.0, 8.0), rate=0.1).paths[0]

    assert path.note.startswith("it left the grid at step 1: where there are no samples, there is no slope")
    assert path.last == 1


def test_sample_that_is_no_number_ends_the_descent_beside_it() -> None:
    made = own_surface("np.where((abs(x) < 0.1) & (abs(y) < 0.1), np.nan, x**2 + y**2)", DOMAIN)

    path = run(Spacing(11, None, 1), made=made, start=(1.5, 0.05), rate=0.1).paths[0]

    assert path.note.startswith("there is no slope at step")
    assert path.note.endswith("a sample nearby is no number")


def test_function_that_raises_on_the_way_ends_its_descent() -> None:
    made = own_surface("x + y", DOMAIN)
    raising = replace(made, objective=replace(made.objective, function=_raising))

    path = run(Spacing(13, None, 1), made=raising, start=(1.9, 0.0), rate=0.1).paths[1]

    assert path.note.startswith("stopped at step")
    assert path.note.endswith("ZeroDivisionError: too far")


def _raising(x: Any) -> Any:
    if np.ndim(x[0]) == 0 and x[0] < 1.0:
        raise ZeroDivisionError("too far")
    return x[0] + x[1]


def test_function_that_falls_without_end_is_told_so() -> None:
    path = run(Spacing(13, None, 1), made=surface("Monkey saddle", 1.0), start=(1.5, 0.5), rate=2.0).paths[1]

    assert path.note.startswith("the loss left all bounds at step") or "no longer a number" in path.note
    assert "the rate 2 is too high here" in path.note
