from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from scipy.optimize import rosen  # type: ignore[import-untyped]

import fallline as fl
from fallline.objectives import black_box, unit_box

SIDES = ((-2.0, 2.0), (-1.0, 3.0), (-2.0, 2.0))


def test_simulation_of_numbers_is_an_objective_of_points() -> None:
    f = black_box(lambda *x: float(rosen(x)), SIDES, (0.0, 0.0, 0.0))
    points = np.random.default_rng(0).uniform(-1.0, 1.0, (3, 20))

    np.testing.assert_array_equal(f(points), rosen(points))
    assert f(points[:, 0]) == rosen(points[:, 0])
    assert unit_box(f)(np.full(3, 0.5)) == rosen([0.0, 1.0, 0.0])


def test_simulation_gets_plain_numbers_one_point_at_a_time() -> None:
    seen: list[tuple[float, ...]] = []

    def simulate(*point: float) -> int:
        seen.append(point)
        return 0

    fl.central(black_box(simulate, ((0.0, 1.0), (0.0, 1.0)), (0.1, 0.2)), [0.25, 0.5])

    assert len(seen) == 4
    assert {type(number) for point in seen for number in point} == {float}


def test_descent_by_values_alone_finds_the_lowest_point_of_steps() -> None:
    """Steps of a hundredth, in which a small difference sees no slope."""
    f = black_box(
        lambda a, b: round(100 * (a - 0.3)) ** 2 + round(100 * (b - 0.7)) ** 2, ((0, 1), (0, 1)), (0.9, 0.1)
    )

    rng, find = np.random.default_rng(1), fl.RandomDirections(step=0.05)
    *_, last = islice(fl.descend(f, f.start, fl.Adam(0.02), find, rng), 400)

    np.testing.assert_allclose(last.x, [0.3, 0.7], atol=0.03)


def test_domain_without_a_start_in_it_is_refused() -> None:
    with pytest.raises(ValueError, match="got 3 and 2"):
        black_box(lambda *x: 0.0, SIDES, (0.0, 0.0))


@pytest.mark.parametrize("answer", [None, "1", 1j, [1.0, 2.0]])
def test_answer_that_is_no_real_number_is_refused(answer: object) -> None:
    with pytest.raises(TypeError, match="must return one real number"):
        black_box(lambda *x: answer, SIDES, (0.0, 0.0, 0.0))(np.zeros(3))
