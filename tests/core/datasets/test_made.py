"""Made-up data: shapes, balance, geometry, and that a seed says all."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from fallline import datasets

PLANE: list[Callable[..., Any]] = [
    datasets.moons,
    datasets.circles,
    datasets.spirals,
    datasets.xor,
    datasets.gaussians,
    datasets.checkerboard,
]
CURVES: list[Callable[..., Any]] = [datasets.sine, datasets.noisy_line]
HEIGHTS: list[Callable[..., Any]] = [datasets.tilted_plane, datasets.bumps]

each_set = pytest.mark.parametrize("make", PLANE + CURVES + HEIGHTS, ids=lambda make: make.__name__)
each_plane = pytest.mark.parametrize("make", PLANE, ids=lambda make: make.__name__)


def test_every_maker_of_data_has_its_row() -> None:
    makers = {
        name
        for name in datasets.__all__
        if inspect.isfunction(thing := getattr(datasets, name))
        and "X" not in inspect.signature(thing).parameters
        and name != "read_csv"
    }

    assert makers == {make.__name__ for make in datasets.CLASSES + datasets.REGRESSIONS}


@each_set
def test_seed_gives_the_same_data_and_another_gives_others(make: Callable[..., Any]) -> None:
    points, y = make(50, 0.1, 7)

    again, labels = make(50, 0.1, np.random.default_rng(7))
    others, _ = make(50, 0.1, 8)

    assert points.tobytes() == again.tobytes()
    assert y.tobytes() == labels.tobytes()
    assert points.tobytes() != others.tobytes()


@each_set
def test_generator_is_moved_on(make: Callable[..., Any]) -> None:
    rng = np.random.default_rng(7)

    assert make(50, 0.1, rng)[0].tobytes() != make(50, 0.1, rng)[0].tobytes()


@each_plane
@pytest.mark.parametrize("n", [2, 3, 50, 201])
def test_classes_are_balanced_to_a_point(make: Callable[..., Any], n: int) -> None:
    points, y = make(n, 0.1, 1)

    counts = np.bincount(y, minlength=2)
    assert points.shape == (n, 2)
    assert [points.dtype, y.dtype] == [np.dtype(np.float64), np.dtype(np.int64)]
    assert points.flags.c_contiguous
    assert counts.sum() == n
    assert np.ptp(counts) <= 1


@each_plane
def test_noise_is_as_large_as_asked_for_and_moves_no_point_to_another_class(
    make: Callable[..., Any],
) -> None:
    still, y = make(20_000, 0.0, 3)

    moved, labels = make(20_000, 0.25, 3)

    assert (y == labels).all()
    # Four standard errors of a standard deviation from 40 000 numbers.
    assert (moved - still).std() == pytest.approx(0.25, abs=4 * 0.25 / np.sqrt(80_000))


@pytest.mark.parametrize("make", CURVES + HEIGHTS, ids=lambda make: make.__name__)
def test_regression_has_its_shape_and_its_noise(make: Callable[..., Any]) -> None:
    points, still = make(20_000, 0.0, 3)

    _, y = make(20_000, 0.5, 3)

    assert points.shape == (20_000, 2 if make in HEIGHTS else 1)
    assert y.shape == (20_000,)
    assert (y - still).std() == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(40_000))


def test_tilted_plane_rises_alike_with_both() -> None:
    points, z = datasets.tilted_plane(400, 0.0, 1)

    slopes, *_ = np.linalg.lstsq(np.column_stack([points, np.ones(400)]), z, rcond=None)
    np.testing.assert_allclose(slopes, [0.5, 0.5, 0.0], atol=1e-12)


def test_bumps_are_three_up_and_three_down() -> None:
    points, z = datasets.bumps(20_000, 0.0, 1)

    for x, y, height in [
        (-0.7, -0.5, -1),
        (0, -0.5, 1),
        (0.7, -0.5, -1),
        (-0.7, 0.5, 1),
        (0, 0.5, -1),
        (0.7, 0.5, 1),
    ]:
        away = np.hypot(*(points - [x, y]).T)
        # Of the others, the nearest stands three and a half widths off.
        assert z[away.argmin()] == pytest.approx(height, abs=0.02)
        near = away < 0.2
        np.testing.assert_allclose(z[near], height * np.exp(-(away[near] ** 2) / 0.08), atol=0.1)
    assert np.abs(z).max() <= 1.0


def test_moons_are_half_circles() -> None:
    points, y = datasets.moons(400, 0.0, 1)

    upper, lower = points[y == 0], points[y == 1]
    np.testing.assert_allclose(np.hypot(*upper.T), 1.0, rtol=1e-12)
    np.testing.assert_allclose(np.hypot(*(lower - [1.0, 0.5]).T), 1.0, rtol=1e-12)
    assert upper[:, 1].min() >= 0.0
    assert lower[:, 1].max() <= 0.5


def test_circles_have_their_radii() -> None:
    points, y = datasets.circles(400, 0.0, 1, inner=0.3)

    np.testing.assert_allclose(np.hypot(*points.T), np.where(y == 0, 1.0, 0.3), rtol=1e-12)


def test_spirals_wind_as_often_as_asked() -> None:
    points, y = datasets.spirals(3000, 0.0, 1, arms=3, turns=2.0)
    radius = np.hypot(*points.T)

    left = np.arctan2(points[:, 1], points[:, 0]) - 2.0 * np.pi * (2.0 * radius + y / 3)

    np.testing.assert_allclose(np.cos(left), 1.0, rtol=1e-9)
    assert radius.max() <= 1.0
    assert radius.min() < 0.1


def test_xor_is_told_by_the_product_of_the_signs() -> None:
    points, y = datasets.xor(400, 0.0, 1)

    quadrants = 2 * (points[:, 0] > 0) + (points[:, 1] > 0)
    np.testing.assert_array_equal(points.prod(axis=1) < 0.0, y == 1)
    assert np.bincount(quadrants).min() > 50


@pytest.mark.parametrize("cells", [2, 3, 5, 8])
def test_checkerboard_fills_every_field_with_one_colour(cells: int) -> None:
    points, y = datasets.checkerboard(20 * cells**2, 0.0, 1, cells)

    field = np.floor((points + 1.0) * cells / 2.0).astype(int)
    assert np.abs(points).max() <= 1.0
    np.testing.assert_array_equal(field.sum(axis=1) % 2, y)
    assert len(set(map(tuple, field))) == cells**2


def test_gaussians_stand_around_the_origin() -> None:
    points, y = datasets.gaussians(30_000, 0.2, 1, classes=3)

    means = np.array([points[y == k].mean(axis=0) for k in range(3)])
    turn = 2.0 * np.pi * np.arange(3) / 3
    np.testing.assert_allclose(means, np.stack([np.cos(turn), np.sin(turn)], axis=1), atol=0.01)


@each_set
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((0, 0.1, 1), ValueError, "n must be at least"),
        ((2.5, 0.1, 1), TypeError, "n must be a whole number of points, got 2.5"),
        ((True, 0.1, 1), TypeError, "n must be a whole number"),
        ((50, -0.1, 1), ValueError, "noise must be at least 0 and finite"),
        ((50, np.nan, 1), ValueError, "noise must be at least 0 and finite"),
        ((50, 0.1, None), TypeError, "rng must be a generator or a seed, got None"),
    ],
)
def test_what_makes_no_data_is_refused(
    make: Callable[..., Any], arguments: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        make(*arguments)


@pytest.mark.parametrize(
    ("make", "settings", "message"),
    [
        (datasets.circles, {"inner": 1.0}, "inner must be a radius between 0 and 1"),
        (datasets.spirals, {"arms": 1}, "arms must be a whole number of at least 2"),
        (datasets.gaussians, {"classes": 0}, "classes must be a whole number of at least 2"),
        (datasets.gaussians, {"n": 3, "classes": 4}, "n must be at least 4, one point for each class"),
        (datasets.checkerboard, {"cells": 1}, "cells must be a whole number of at least 2"),
    ],
)
def test_setting_that_makes_no_data_is_refused(make: Callable[..., Any], settings: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make(**settings)
