from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline_app.demos.grid.looking import Spacing, is_edge, look, median, rippled
from fallline_app.demos.grid.orders import measure_orders
from fallline_app.surfaces import OBJECTIVES, own_surface, surface

HIMMELBLAU = surface("Himmelblau", 1.0)
EVEN = Spacing(13, None, 1)
DOMAIN = ((-2.0, 2.0), (-2.0, 2.0))
each_spacing = pytest.mark.parametrize(
    "spacing",
    [EVEN, Spacing(13, None, 2), Spacing(13, 3, 1), Spacing(13, 3, 2)],
    ids=["even-1", "even-2", "uneven-1", "uneven-2"],
)


@each_spacing
def test_slopes_are_numpys_own(spacing: Spacing) -> None:
    seen = look(HIMMELBLAU, spacing, 0.0)

    x, y = seen.grid.axes
    mesh = np.meshgrid(x, y, indexing="ij")
    theirs = np.gradient(fl.himmelblau(np.stack(mesh)), x, y, edge_order=spacing.edge_order)
    np.testing.assert_array_equal(seen.seen, theirs)


@each_spacing
@pytest.mark.parametrize("name", ["Himmelblau", "Rastrigin", "Rosenbrock"])
def test_two_functions_with_the_same_samples_have_the_same_npgradient(spacing: Spacing, name: str) -> None:
    made = surface(name, 1.0)
    one, other = look(made, spacing, 0.0), look(made, spacing, 0.7)

    np.testing.assert_array_equal(one.samples.values, other.samples.values)
    np.testing.assert_array_equal(one.seen, other.seen)
    # They are two functions all the same: at the samples their slopes differ by what the ripple's are.
    assert other.ripple is not None
    gaps = np.diff(other.grid.axes[0])
    assert np.abs(other.true - one.true).max() >= np.pi * other.ripple.height / gaps.max()
    assert other.inside > one.inside


@pytest.mark.parametrize("edge_order", [1, 2])
@pytest.mark.parametrize("name", ["Himmelblau", "Rosenbrock", "McCormick", "Monkey saddle", "Six-hump camel"])
def test_error_falls_as_the_theory_says(name: str, edge_order: Any) -> None:
    orders = measure_orders(surface(name, 1.0), replace(EVEN, edge_order=edge_order))

    assert orders.inside.power == pytest.approx(2.0, abs=0.05)
    assert orders.edges.power == pytest.approx(edge_order, abs=0.12)


@pytest.mark.parametrize(("edge_order", "power"), [(1, 1.0), (2, None)])
def test_differences_of_a_bowl_are_exact_where_they_are_of_second_order(
    edge_order: Any, power: float | None
) -> None:
    orders = measure_orders(surface("Bowl", 25.0), replace(EVEN, edge_order=edge_order))

    assert orders.inside.exact
    assert orders.edges.exact == (power is None)
    assert orders.edges.power == (pytest.approx(power) if power else None)


def test_error_that_follows_no_power_has_none() -> None:
    orders = measure_orders(surface("Easom", 1.0), EVEN)

    assert (orders.inside.power, orders.inside.exact) == (None, False)


@pytest.mark.parametrize("text", ["x**2 * y + np.sin(3 * y)", "np.hypot(x, y)"])
def test_own_function_is_held_against_differences_that_are_much_finer(text: str) -> None:
    made = own_surface(text, DOMAIN)
    seen = look(made, Spacing(12, None, 1), 0.0)

    x, y = seen.grid.points()
    slopes = {
        "x**2 * y + np.sin(3 * y)": (2 * x * y, x**2 + 3 * np.cos(3 * y)),
        "np.hypot(x, y)": (x / np.hypot(x, y), y / np.hypot(x, y)),
    }[text]
    np.testing.assert_allclose(seen.true.reshape(2, -1), slopes, atol=1e-8)


def test_sample_that_is_no_number_takes_its_neighbours_slopes() -> None:
    made = own_surface("np.where((abs(x) < 0.1) & (abs(y) < 0.1), np.nan, x + y)", DOMAIN)

    seen = look(made, Spacing(11, None, 1), 0.0)

    missing = np.argwhere(np.isnan(seen.error)).tolist()
    assert missing == [[4, 5], [5, 4], [5, 5], [5, 6], [6, 5]]
    assert np.isfinite(seen.inside)


@pytest.mark.parametrize("text", ["1 / x + y", "np.log(x * y)", "np.exp(400 * x) + y"])
def test_infinite_samples_are_no_errors(text: str) -> None:
    for ripple in (0.0, 0.5):
        seen = look(own_surface(text, DOMAIN), Spacing(11, None, 2), ripple)

        assert np.isfinite(seen.inside)
        assert not np.isfinite(seen.samples.values).all()
        measure_orders(seen.surface, seen.spacing)


def test_function_that_no_sample_finds_a_number_of_has_no_ripple() -> None:
    made = own_surface("np.where(abs(x - 0.1) < 0.05, x + y, np.nan)", DOMAIN)

    seen = look(made, Spacing(3, None, 1), 0.5)

    assert seen.ripple is None
    assert np.isnan(seen.inside)


def test_edges_are_the_outermost_samples() -> None:
    edge = is_edge(look(HIMMELBLAU, Spacing(4, None, 1), 0.0).grid)

    assert edge.sum() == 12
    assert not edge[1:3, 1:3].any()


def test_median_is_of_finite_numbers() -> None:
    assert median(np.array([np.nan, 1.0, np.inf, 3.0])) == 2.0
    assert np.isnan(median(np.array([np.nan])))


@pytest.mark.parametrize("name", OBJECTIVES)
def test_every_surface_can_be_looked_at(name: str) -> None:
    for ripple in (0.0, 0.3):
        seen = look(surface(name, 25.0), Spacing(9, 1, 2), ripple)
        assert seen.error.shape == (9, 9)
        assert np.isfinite(seen.inside)


def test_ripple_takes_the_minima_that_are_known() -> None:
    seen = look(HIMMELBLAU, EVEN, 0.2)
    assert seen.ripple is not None

    with_ripple = rippled(fl.himmelblau, seen.ripple)

    assert with_ripple.minima == ()
    assert np.isnan(with_ripple.minimum)
    h, x = 1e-6, np.array([0.3, -1.7])
    differences = [(with_ripple(x + h * e) - with_ripple(x - h * e)) / (2 * h) for e in np.eye(2)]
    np.testing.assert_allclose(with_ripple.gradient(x), differences, rtol=1e-6)
