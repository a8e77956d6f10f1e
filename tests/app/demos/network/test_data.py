from __future__ import annotations

import numpy as np
import pytest

import fallline as fl
from fallline_app.demos.network import data
from fallline_app.painting import MOST, encode


@pytest.mark.parametrize("name", data.MAKERS)
@pytest.mark.parametrize("seed", [0, 1, 7])
def test_points_that_are_held_back_lie_where_the_others_do(name: str, seed: int) -> None:
    found = data.made(name, 200, 0.1, seed, 0.3)

    # The middle of a sample of 60 is off by less than half a standard deviation.
    off = np.abs(found.points.mean(axis=0) - found.test.mean(axis=0)) / found.points.std(axis=0)
    assert off.max() < 0.5
    assert len(found.points) + len(found.test) == 200


def test_map_is_square_and_holds_all_points() -> None:
    found = data.made("moons", 100, 0.3, 0, 0.3)

    (left, right), (bottom, top) = found.region
    assert right - left == pytest.approx(top - bottom, abs=2e-3)
    for points in (found.points, found.test):
        assert (points > [left, bottom]).all()
        assert (points < [right, top]).all()


@pytest.mark.parametrize("count", [2, 3, 5, 40])
def test_of_few_painted_points_every_class_is_tested_too(count: int) -> None:
    points = np.random.default_rng(0).uniform(-1.4, 1.4, (2 * count, 2))
    text = encode(points, np.repeat([0, 1], count))

    found = data.painted(text, seed=0, held=0.1)

    assert set(found.targets) == set(found.test_targets) == {0, 1}
    assert found.trouble == ""


@pytest.mark.parametrize(("a", "b"), [(0, 0), (1, 1), (5, 0), (0, 9), (1, 30)])
def test_lack_of_a_class_is_said(a: int, b: int) -> None:
    text = encode(np.zeros((a + b, 2)), np.repeat([0, 1], [a, b]))

    assert f"{a} points of class A and {b} of class B" in data.painted(text, seed=0, held=0.3).trouble


@pytest.mark.parametrize(
    "text", ["", "A.B", "AAA", "AAA.AAA.AAA", "AA!.AAA", "é" * 3 + ".", "AAA." + "AAA" * (MOST + 1)]
)
def test_what_nobody_painted_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"point"):
        data.painted(text, seed=0, held=0.3)


def test_columns_of_a_table_get_one_scale_from_what_is_learnt_from() -> None:
    X, y = fl.datasets.iris()  # noqa: N806
    table = fl.datasets.Table(X, y, fl.datasets.IRIS_NAMES, "kind", fl.datasets.IRIS_CLASSES)

    found = data.brought(table, seed=0, held=0.3)

    np.testing.assert_allclose(found.points.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(found.points.std(axis=0), 1.0)
    assert found.outputs == 3
    assert np.bincount(found.test_targets).tolist() == [15, 15, 15]


def test_inputs_are_what_they_are_called() -> None:
    points = np.array([[0.5, -2.0]])

    given = data.given(points, tuple(data.INPUTS))

    np.testing.assert_allclose(given[0], [0.5, -2.0, 0.25, 4.0, -1.0, np.sin(2.0), np.sin(-8.0)])
