from itertools import islice

import numpy as np
import pytest

import fallline as fl


def seen(objective: fl.Measured, count: int, rng: np.random.Generator, x: float = 0.0) -> np.ndarray:
    draw = next(objective.draws(rng))
    return np.array([float(draw.function(np.array([x, 0.0]))) for _ in range(count)])


def test_errors_are_normal_and_of_the_deviation_that_is_asked_for() -> None:
    values = seen(fl.Measured(fl.bowl(), 0.5), 4000, np.random.default_rng(1))

    assert values.mean() == pytest.approx(0.0, abs=0.03)
    assert values.std() == pytest.approx(0.5, rel=0.05)
    assert np.mean(np.abs(values) < 0.5) == pytest.approx(0.683, abs=0.03)


def test_each_evaluation_of_a_batch_has_an_error_of_its_own() -> None:
    draw = next(fl.Measured(fl.bowl(), 1.0).draws(np.random.default_rng(1)))

    values = draw.function(np.zeros((2, 50)))

    assert len(set(values.tolist())) == 50


def test_without_noise_it_is_the_objective() -> None:
    plain = fl.record(islice(fl.descend(fl.himmelblau, [1.0, 1.0], fl.Adam(0.1)), 20))

    measured = fl.descend(
        fl.Measured(fl.himmelblau, 0.0), [1.0, 1.0], fl.Adam(0.1), rng=np.random.default_rng(0)
    )

    np.testing.assert_array_equal(fl.record(islice(measured, 20)).x, plain.x)


def test_onlookers_see_no_error() -> None:
    frames = fl.descend(
        fl.Measured(fl.bowl(), 0.3), [1.0, 2.0], fl.GradientDescent(0.05), rng=np.random.default_rng(0)
    )

    run = fl.record(islice(frames, 10))

    np.testing.assert_array_equal(run.value, [fl.bowl()(x) for x in run.x])
    assert not np.allclose(run.slope[0], fl.bowl().gradient(np.array([1.0, 2.0])), atol=1.0)


def test_same_seed_gives_the_same_descent_and_another_another() -> None:
    def run(seed: int) -> np.ndarray:
        frames = fl.descend(
            fl.Measured(fl.bowl(), 0.1), [1.0, 1.0], fl.GradientDescent(0.02), fl.RandomDirections(step=0.1),
            np.random.default_rng(seed),
        )  # fmt: skip
        return fl.record(islice(frames, 10)).x

    np.testing.assert_array_equal(run(3), run(3))
    assert not np.array_equal(run(3), run(4))


def test_what_is_no_batch_for_the_objective_is_none_with_errors() -> None:
    frames = fl.descend(
        fl.Measured(lambda x: float(x @ x), 0.0),
        [1.0, 1.0],
        fl.GradientDescent(0.1),
        rng=np.random.default_rng(0),
    )

    first, second = islice(frames, 2)

    np.testing.assert_allclose(second.x, 0.8 * first.x, rtol=1e-9)


@pytest.mark.parametrize("noise", [-1.0, np.nan, np.inf])
def test_noise_that_is_no_deviation_is_refused(noise: float) -> None:
    with pytest.raises(ValueError, match="noise must be at least 0"):
        fl.Measured(fl.bowl(), noise)


def test_errors_need_a_source_of_chance() -> None:
    with pytest.raises(ValueError, match="need rng"):
        next(fl.descend(fl.Measured(fl.bowl(), 0.1), [1.0, 1.0], fl.GradientDescent()))
