from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import zscore  # type: ignore[import-untyped]

from fallline import datasets


def test_standardised_columns_are_scipys_z_scores() -> None:
    points = np.random.default_rng(1).normal([3.0, -1e6, 1e-9], [2.0, 10.0, 1e-12], (500, 3))

    scaled, _ = datasets.standardise(points)

    np.testing.assert_allclose(scaled, zscore(points, axis=0), rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(scaled.mean(axis=0), 0.0, atol=1e-9)
    np.testing.assert_allclose(scaled.std(axis=0), 1.0, rtol=1e-9)


@pytest.mark.parametrize("value", [0.0, 0.1, -7.0, 1e300, 1e-300, 1.0 / 3.0])
def test_constant_column_becomes_zero_and_comes_back(value: float) -> None:
    points = np.full((7, 2), value)
    points[:, 1] = range(7)

    scaled, scaling = datasets.standardise(points)

    np.testing.assert_array_equal(scaled[:, 0], 0.0)
    assert scaling.spread[0] == 1.0
    np.testing.assert_array_equal(scaling.undo(scaled)[:, 0], value)


@given(arrays(np.float64, (5, 2), elements=st.floats(-1e150, 1e150)))
def test_scaling_is_undone(points: Any) -> None:
    scaled, scaling = datasets.standardise(points)

    assert np.isfinite(scaled).all()
    np.testing.assert_allclose(
        scaling.undo(scaled), points, rtol=1e-12, atol=1e-12 * max(np.abs(points).max(axis=0).max(), 1e-300)
    )


def test_largest_numbers_do_not_overflow() -> None:
    scaled, _ = datasets.standardise([[1.5e308], [-1.5e308], [1.5e308], [-1.5e308]])

    np.testing.assert_allclose(scaled[:, 0], [1.0, -1.0, 1.0, -1.0])


def test_new_rows_are_scaled_as_the_old_ones_were() -> None:
    points = np.random.default_rng(1).normal(size=(50, 3))

    scaled, scaling = datasets.standardise(points)

    np.testing.assert_allclose(scaling(points[:5]), scaled[:5], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(
    ("points", "error", "message"),
    [
        ([1.0, 2.0], ValueError, r"X must have shape \(n, k\), got \(2,\)"),
        ([[1.0], [np.nan]], ValueError, "X must be finite, got nan in row 1, column 0"),
        ([[1.0, np.inf]], ValueError, "X must be finite, got inf in row 0, column 1"),
        ([["a"]], TypeError, "X must hold real numbers"),
        (np.empty((0, 2)), ValueError, "X must hold at least one number"),
    ],
)
def test_what_cannot_be_scaled_is_refused(points: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        datasets.standardise(points)


def test_split_holds_back_the_same_part_of_every_class() -> None:
    points, y = datasets.digits()

    train, labels, test, truth = datasets.split(points, y, test=0.2, rng=4)

    assert len(test) + len(train) == 1797
    np.testing.assert_allclose(np.bincount(truth), 0.2 * np.bincount(y), atol=0.5)
    np.testing.assert_array_equal(np.bincount(truth) + np.bincount(labels), np.bincount(y))


def test_split_keeps_each_row_with_its_label_and_loses_none() -> None:
    points = np.arange(60.0).reshape(30, 2)
    y = points[:, 0] ** 2

    train, labels, test, truth = datasets.split(points, y, test=0.3, rng=1)

    assert sorted(map(tuple, np.vstack([train, test]))) == list(map(tuple, points))
    np.testing.assert_array_equal(np.r_[labels, truth], np.vstack([train, test])[:, 0] ** 2)
    assert len(test) == 9


def test_split_shuffles_by_the_seed() -> None:
    points, y = datasets.iris()

    parts = [datasets.split(points, y, rng=seed)[0].tobytes() for seed in (1, 1, 2)]

    assert parts[0] == parts[1] != parts[2]


@pytest.mark.parametrize(
    ("y", "test", "message"),
    [
        ([0, 1], 0.5, r"y must have shape \(4,\), one for each row, got \(2,\)"),
        ([0, 1, 0, 1], 0.0, "test must be a part between 0 and 1"),
        ([0, 1, 0, 1], 1.0, "test must be a part between 0 and 1"),
        ([0, 1, 0, 1], 0.01, "leaves one side without rows"),
    ],
)
def test_split_that_is_none_is_refused(y: Any, test: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        datasets.split(np.ones((4, 1)), y, test)
