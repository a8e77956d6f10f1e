"""The measured data against what is published about it."""

import numpy as np

from fallline import datasets


def test_digits_are_those_of_the_repository() -> None:
    points, y = datasets.digits()

    assert points.shape == (1797, 64)
    assert [points.dtype, y.dtype] == [np.dtype(np.float64), np.dtype(np.int64)]
    assert (points.min(), points.max()) == (0.0, 16.0)
    # The counts on the page of the UCI repository.
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_first_digit_is_the_zero_that_every_tutorial_prints() -> None:
    points, y = datasets.digits()

    printed = [
        [0, 0, 5, 13, 9, 1, 0, 0],
        [0, 0, 13, 15, 10, 15, 5, 0],
        [0, 3, 15, 2, 0, 11, 8, 0],
        [0, 4, 12, 0, 0, 8, 8, 0],
        [0, 5, 8, 0, 0, 9, 8, 0],
        [0, 4, 11, 0, 1, 12, 7, 0],
        [0, 2, 14, 5, 10, 12, 0, 0],
        [0, 0, 6, 13, 10, 0, 0, 0],
    ]
    assert y[0] == 0
    np.testing.assert_array_equal(points[0].reshape(8, 8), printed)


def test_digits_can_be_told_apart_by_their_nearest_neighbour() -> None:
    points, y = datasets.digits()
    train, labels, test, truth = datasets.split(points, y, test=0.2, rng=0)

    distance = (train**2).sum(axis=1) - 2.0 * test @ train.T
    found = labels[distance.argmin(axis=1)]

    # Alpaydin & Kaynak's own figure for one neighbour is 98.00 %.
    assert (found == truth).mean() > 0.97


def test_whoever_changes_the_data_changes_their_own_copy() -> None:
    points, y = datasets.digits()
    points[:] = 99.0
    y[:] = 99

    again, labels = datasets.digits()

    assert again.max() == 16.0
    assert labels.max() == 9


def test_iris_has_the_statistics_that_the_repository_prints() -> None:
    points, y = datasets.iris()

    assert points.shape == (150, 4)
    assert np.bincount(y).tolist() == [50, 50, 50]
    np.testing.assert_array_equal(points.min(axis=0), [4.3, 2.0, 1.0, 0.1])
    np.testing.assert_array_equal(points.max(axis=0), [7.9, 4.4, 6.9, 2.5])
    np.testing.assert_allclose(points.mean(axis=0), [5.84, 3.05, 3.76, 1.20], atol=0.01)
    np.testing.assert_allclose(points.std(axis=0, ddof=1), [0.83, 0.43, 1.76, 0.76], atol=0.01)


def test_iris_has_fishers_rows_where_the_repository_erred() -> None:
    points, _ = datasets.iris()

    # Rows 35 and 38, as the repository's own notes correct them.
    np.testing.assert_array_equal(points[[34, 37]], [[4.9, 3.1, 1.5, 0.2], [4.9, 3.6, 1.4, 0.1]])


def test_iris_names_fit_its_columns_and_classes() -> None:
    points, y = datasets.iris()

    assert len(datasets.IRIS_NAMES) == points.shape[1]
    assert len(datasets.IRIS_CLASSES) == y.max() + 1
