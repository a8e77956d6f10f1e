from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize  # type: ignore[import-untyped]

import fallline as fl
from fallline_app.demos.batches.model import Batches
from fallline_app.demos.batches.problem import KINDS, Problem


def problem(**settings: object) -> Problem:
    model = Batches()
    for name, value in settings.items():
        setattr(model, name, value)
    return model.problem


EACH = [{"data": kind} for kind in KINDS] + [{"loss": "huber"}]


@pytest.mark.parametrize("settings", EACH, ids=str)
def test_map_shows_the_loss_over_all_data(settings: dict[str, object]) -> None:
    made = problem(**settings)
    points = np.random.default_rng(0).uniform(-3.0, 3.0, (2, 50))

    losses = made.surface(points)

    np.testing.assert_allclose(
        losses, [made.network.loss(point, made.X, made.y) for point in points.T], rtol=1e-12
    )


@pytest.mark.parametrize("settings", EACH, ids=str)
def test_minimum_is_scipys(settings: dict[str, object]) -> None:
    made = problem(**settings)

    found = optimize.minimize(
        lambda theta: made.network.loss(theta, made.X, made.y), [0.0, 0.0], method="Nelder-Mead",
        options={"xatol": 1e-10, "fatol": 1e-14, "maxiter": 2000},
    )  # fmt: skip
    assert made.minimum is not None
    np.testing.assert_allclose(made.minimum[0], found.x, atol=1e-5)
    assert made.floor == pytest.approx(found.fun, rel=1e-9)


def test_line_through_numbers_is_that_of_least_squares() -> None:
    made = problem()

    assert made.minimum is not None
    np.testing.assert_allclose(made.minimum[0], np.polyfit(made.X[:, 0], made.y, 1), rtol=1e-7)


def test_classes_that_a_line_parts_have_no_minimum() -> None:
    made = problem(data="clouds", noise=0.1)

    assert made.minimum is None
    assert made.floor == 0.0


@pytest.mark.parametrize("settings", EACH, ids=str)
def test_curvature_is_nowhere_larger_than_it_is_said(settings: dict[str, object]) -> None:
    made = problem(**settings)

    def largest(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> float:  # noqa: N803
        loss = fl.hessian(lambda point: made.network.loss(point, X, y), theta)
        return float(np.linalg.eigvalsh(loss)[-1])

    places = np.random.default_rng(1).uniform(-2.0, 2.0, (10, 2))
    whole = [largest(made.X, made.y, place) for place in places]
    alone = [largest(made.X[i : i + 1], made.y[i : i + 1], np.zeros(2)) for i in range(made.samples)]
    assert max(whole) <= made.curvature * (1.0 + 1e-4)
    assert max(alone) <= made.curvature_of_one * (1.0 + 1e-4)
    if made.criterion == "mean_squared":
        assert min(whole) == pytest.approx(made.curvature, rel=1e-4)
        assert max(alone) == pytest.approx(made.curvature_of_one, rel=1e-4)


@pytest.mark.parametrize("settings", EACH, ids=str)
def test_python_of_the_problem_makes_the_same(settings: dict[str, object]) -> None:
    made = problem(**settings)
    noise = float(made.kind.noise)

    known: dict[str, object] = {"fl": fl}
    exec(f"{made.kind.code.format(n=50, noise=noise, seed=0)}\n{made.code}", known)  # noqa: S102 (it is ours)

    np.testing.assert_array_equal(known["X"], made.X)
    np.testing.assert_array_equal(known["y"], made.y)
    assert known["network"] == made.network
