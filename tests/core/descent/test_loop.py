from dataclasses import FrozenInstanceError
from itertools import islice, pairwise
from typing import Any

import numpy as np
import pytest

import fallline as fl


def frames(count: int, *args: Any, **settings: Any) -> list[fl.Frame]:
    return list(islice(fl.descend(*args, **settings), count))


def test_frame_0_is_the_start() -> None:
    first = next(fl.descend(fl.himmelblau, (1, 2), fl.Adam()))

    assert first.step == 0
    assert first.x.tolist() == [1.0, 2.0]
    assert first.value == fl.himmelblau(first.x)
    assert first.slope.tolist() == fl.central(fl.himmelblau, first.x).tolist()


def test_each_frame_follows_from_the_one_before() -> None:
    optimizer = fl.GradientDescent(rate=0.01)

    walk = frames(20, fl.himmelblau, fl.himmelblau.start, optimizer)

    for before, after in pairwise(walk):
        assert after.step == before.step + 1
        assert after.x.tolist() == (before.x - 0.01 * before.slope).tolist()


@pytest.mark.parametrize(
    ("gradient", "each"), [(fl.forward, 3), (fl.backward, 3), (fl.central, 4), (fl.exact, 0)], ids=repr
)
def test_evaluations_are_the_points_looked_at_for_slopes(gradient: Any, each: int) -> None:
    walk = frames(4, fl.himmelblau, (1.0, 1.0), fl.Adam(), gradient)

    assert [frame.evaluations for frame in walk] == [each, 2 * each, 3 * each, 4 * each]


@pytest.mark.parametrize("f", [fl.himmelblau, fl.himmelblau.function], ids=["vectorized", "pointwise"])
def test_evaluations_of_a_method_that_does_not_say_are_counted(f: Any) -> None:
    def slope_by_five_calls(f: Any, x: Any) -> Any:
        for _ in range(5):
            f(x)
        return np.ones_like(x)

    walk = frames(3, f, (1.0, 1.0), fl.Adam(), slope_by_five_calls)

    assert [frame.evaluations for frame in walk] == [5, 10, 15]


def test_gradient_is_any_function_of_function_and_point() -> None:
    samples = np.linspace(-3.0, 3.0, 6001)

    def by_samples(f: Any, x: Any) -> Any:
        return np.interp(x, samples, np.gradient(f(samples), samples))

    walk = frames(3, lambda x: x**2, [2.0], fl.GradientDescent(0.1), by_samples)

    np.testing.assert_allclose([frame.x[0] for frame in walk], [2.0, 1.6, 1.28], rtol=1e-9)


def test_exact_slope_needs_a_formula() -> None:
    with pytest.raises(
        TypeError, match=r"exact needs a function with a method gradient, got .*; use central"
    ):
        next(fl.descend(np.sum, [1.0], fl.Adam(), fl.exact))


@pytest.mark.parametrize(
    "wrong", [fl.estimate_gradient, lambda _f, _x: 1.0, lambda f, _x: fl.central(f, np.ones(3))]
)
def test_gradient_that_is_no_slope_at_the_point_is_refused(wrong: Any) -> None:
    with pytest.raises(
        TypeError, match=r"gradient must return a slope of shape \(2,\), got .*; for steps found on the way"
    ):
        next(fl.descend(np.sum, [1.0, 2.0], fl.Adam(), wrong))


def test_random_gradient_is_given_the_descents_source_of_chance() -> None:
    def guess(f: Any, x: Any, rng: np.random.Generator) -> Any:
        return rng.standard_normal(x.shape)

    runs = [
        frames(5, fl.saddle, (1.0, 1.0), fl.Adam(), guess, np.random.default_rng(seed)) for seed in (1, 1, 2)
    ]

    paths = [np.array([frame.x for frame in run]).tobytes() for run in runs]
    assert paths[0] == paths[1] != paths[2]


def test_scheme_leaves_the_source_of_chance_alone() -> None:
    rng = np.random.default_rng(1)

    frames(5, fl.saddle, (1.0, 1.0), fl.Adam(), rng=rng)

    assert rng.random() == np.random.default_rng(1).random()


@pytest.mark.parametrize("objective", fl.objectives.OBJECTIVES, ids=lambda objective: objective.name)
@pytest.mark.parametrize("gradient", [fl.central, fl.exact], ids=repr)
def test_divergence_is_a_result_without_a_warning(objective: fl.Objective, gradient: Any) -> None:
    rate = 1e4 if objective.name == "Rastrigin" else 10.0

    walk = frames(2000, objective, objective.start, fl.GradientDescent(rate), gradient)

    assert abs(walk[-1].value) > 1e6 or not np.isfinite(walk[-1].value)
    assert [frame.step for frame in walk] == list(range(2000))


@pytest.mark.parametrize("start", [(np.nan, 0.0), (np.inf, 0.0), (1e308, -1e308), (5e-324, -5e-324)])
@pytest.mark.parametrize(
    "optimizer",
    [fl.GradientDescent(), fl.Momentum(), fl.Nesterov(), fl.AdaGrad(), fl.RMSProp(), fl.Adam()],
    ids=repr,
)
def test_no_start_is_too_far_out(start: Any, optimizer: Any) -> None:
    walk = frames(5, fl.rosenbrock, start, optimizer)

    assert len(walk) == 5


def test_function_that_spoils_its_argument_does_no_harm() -> None:
    def spoiler(x: Any) -> float:
        x -= 1.0
        return float(x @ x)

    walk = frames(3, spoiler, [2.0], fl.GradientDescent(rate=0.25))

    np.testing.assert_allclose([frame.x[0] for frame in walk], [2.0, 1.5, 1.25], rtol=1e-9)


def test_callers_own_warnings_stay_on_between_frames() -> None:
    descent = fl.descend(fl.himmelblau, (1.0, 1.0), fl.Adam())
    before = np.geterr()

    for _ in islice(descent, 3):
        assert np.geterr() == before


def test_start_and_frames_are_nobodys_but_the_callers() -> None:
    start = np.array([1.0, 2.0])
    walk = fl.descend(fl.himmelblau, start, fl.GradientDescent())
    first = next(walk)

    start[:] = 0.0
    second = next(walk)

    assert first.x.tolist() == [1.0, 2.0]
    assert not np.shares_memory(first.x, second.x)
    with pytest.raises(FrozenInstanceError):
        first.step = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("start", "error"), [(1.0, ValueError), ([[1.0]], ValueError), ([], ValueError), ([1j], TypeError)]
)
def test_wrong_start_is_refused_before_the_first_frame(start: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="start must"):
        fl.descend(fl.himmelblau, start, fl.Adam())
