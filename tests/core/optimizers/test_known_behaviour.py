"""What is known of single optimizers: which rates are stable, how fast they converge, what a step costs."""

from itertools import islice, pairwise
from typing import Any

import numpy as np
import pytest

import fallline as fl


def test_gradient_descent_walks_the_tutorials_path() -> None:
    walk = islice(fl.descend(lambda x: x[0] ** 2, [2.0], fl.GradientDescent(rate=0.1)), 5)

    np.testing.assert_allclose([frame.x[0] for frame in walk], [2.0, 1.6, 1.28, 1.024, 0.8192], rtol=1e-9)


STABLE: list[tuple[Any, float]] = [
    (fl.GradientDescent, 0.0),
    (fl.Momentum, 0.0),
    (fl.Momentum, 0.5),
    (fl.Momentum, 0.9),
    (fl.Nesterov, 0.0),
    (fl.Nesterov, 0.5),
    (fl.Nesterov, 0.9),
]


def make(kind: Any, rate: float, momentum: float) -> Any:
    return kind(rate) if kind is fl.GradientDescent else kind(rate, momentum)


@pytest.mark.parametrize(("kind", "momentum"), STABLE)
@pytest.mark.parametrize("condition", [1.0, 5.0, 40.0])
@pytest.mark.parametrize(("factor", "converges"), [(0.99, True), (1.01, False)])
def test_optimizer_converges_on_a_bowl_below_its_stable_rate_and_only_there(
    kind: Any, momentum: float, condition: float, factor: float, converges: bool
) -> None:
    bowl = fl.bowl(condition)
    assert bowl.curvature is not None
    rate = factor * make(kind, 1.0, momentum).stable_rate(bowl.curvature)

    first, *_, last = islice(fl.descend(bowl, bowl.start, make(kind, rate, momentum), fl.exact), 6000)

    # What has diverged far enough is no longer a number.
    assert last.value < 1e-6 * first.value if converges else not last.value <= 1e6 * first.value


def test_momentum_raises_the_stable_rate_and_looking_ahead_lowers_it() -> None:
    # Goh, "Why Momentum Really Works", Distill 2017: 0 < αλ < 2 + 2β.
    assert fl.GradientDescent().stable_rate(10.0) == 0.2
    assert fl.Momentum(momentum=0.9).stable_rate(10.0) == pytest.approx(0.38)
    assert fl.Nesterov(momentum=0.9).stable_rate(10.0) == pytest.approx(3.8 / 28.0)


def test_momentum_at_its_best_shrinks_by_polyaks_factor() -> None:
    root = np.sqrt(10.0)
    polyak = fl.Momentum(rate=4.0 / (1.0 + root) ** 2, momentum=((root - 1.0) / (root + 1.0)) ** 2)

    frames = list(islice(fl.descend(fl.bowl(10.0), (1.0, 1.0), polyak, fl.exact), 201))

    factor = (np.linalg.norm(frames[200].x) / np.linalg.norm(frames[100].x)) ** 0.01
    assert factor == pytest.approx((root - 1.0) / (root + 1.0), rel=0.02)


@pytest.mark.parametrize("slope", [1e-3, 1.0, 1e6])
def test_first_step_of_adam_is_as_long_as_its_rate(slope: float) -> None:
    adam = fl.Adam(rate=0.1)
    x = np.array([0.0])

    moved, _ = adam.step(x, np.array([slope]), adam.init(x))

    assert moved[0] == pytest.approx(-0.1, rel=1e-4)


@pytest.mark.parametrize("condition", [4.0, 25.0, 400.0])
def test_gradient_descent_at_its_best_shrinks_by_the_classic_factor(condition: float) -> None:
    # α = 2/(1 + κ): factor (κ − 1)/(κ + 1), by every step and in both directions.
    frames = islice(
        fl.descend(fl.bowl(condition), (1.0, 1.0), fl.GradientDescent(2.0 / (1.0 + condition)), fl.exact), 30
    )

    norms = np.array([np.linalg.norm(frame.x) for frame in frames])
    np.testing.assert_allclose(norms[1:] / norms[:-1], (condition - 1.0) / (condition + 1.0), rtol=1e-12)


@pytest.mark.parametrize("condition", [4.0, 25.0, 400.0])
def test_polyaks_momentum_needs_the_root_of_the_steps(condition: float) -> None:
    root = np.sqrt(condition)
    polyak = fl.Momentum(rate=4.0 / (1.0 + root) ** 2, momentum=((root - 1.0) / (root + 1.0)) ** 2)
    steps = int(20 * root)

    frames = list(islice(fl.descend(fl.bowl(condition), (1.0, 1.0), polyak, fl.exact), 2 * steps + 1))

    # A double root: the distance is (a + bk)qᵏ.
    ratio = np.linalg.norm(frames[2 * steps].x) / np.linalg.norm(frames[steps].x)
    factor = (ratio / 2.0) ** (1.0 / steps)
    assert factor == pytest.approx((root - 1.0) / (root + 1.0), rel=0.01)


@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.5, 0.5), (0.0, 0.9)])
@pytest.mark.parametrize("kind", [fl.Adam, fl.AMSGrad, fl.AdamW])
def test_bias_is_corrected_at_step_1(kind: Any, betas: tuple[float, float]) -> None:
    # m̂ is g and ŝ is g², whatever the betas: the step is α g/|g|.
    optimizer = kind(rate=0.1, beta1=betas[0], beta2=betas[1], epsilon=0.0)
    x = np.zeros(3)

    moved, _ = optimizer.step(x, np.array([1e-8, -3.0, 1e8]), optimizer.init(x))

    np.testing.assert_allclose(moved, [-0.1, 0.1, -0.1], rtol=1e-12)


def newtons_step(point: Any) -> Any:
    """Return Rosenbrock's minimum as the parabola that touches at `point` has it, by the Hessian's formula."""
    x, y = point
    hessian = np.array([[1200.0 * x * x - 400.0 * y + 2.0, -400.0 * x], [-400.0 * x, 200.0]])
    return point - np.linalg.solve(hessian, fl.rosenbrock.gradient(point))


def test_newton_doubles_the_digits_with_each_step() -> None:
    frames = islice(fl.descend(fl.rosenbrock, (1.1, 1.15), fl.Newton(), fl.exact), 12)

    off = [(a.x - 1.0, b.x - newtons_step(a.x), b.x - 1.0) for a, b in pairwise(frames)]
    sizes = np.array([np.linalg.norm(each, axis=1) for each in off])
    before, beside, after = sizes[(sizes[:, 0] > 1e-6) & (sizes[:, 0] < 0.05)].T
    assert len(before) >= 3
    # A difference over h = 2⁻¹³ takes a fourth derivative of 2400 times h²/6 for curvature, of which the inverse makes 2.5.
    assert (beside < 1.5e-5 * before).all()
    # Half the inverse Hessian at the minimum, times the third derivatives: at most 423.6 (1, 2) for a unit error.
    assert (after < 948.0 * before**2).all()


def test_newton_leaves_a_saddle_that_gradient_descent_is_slow_to_leave() -> None:
    start = (1.0, 1e-6)

    *_, newton = islice(fl.descend(fl.saddle, start, fl.Newton(), fl.exact), 3)
    *_, plain = islice(fl.descend(fl.saddle, start, fl.GradientDescent(0.1), fl.exact), 3)

    assert abs(newton.x[0]) < 1e-6
    assert newton.value < -1.0 < 0.0 < plain.value


@pytest.mark.parametrize("length", ["long", "short"])
def test_barzilai_and_borwein_beat_the_best_fixed_rate(length: str) -> None:
    bowl = fl.bowl(100.0)
    fixed = fl.GradientDescent(rate=2.0 / 101.0)

    *_, best = islice(fl.descend(bowl, bowl.start, fixed, fl.exact), 60)
    *_, theirs = islice(fl.descend(bowl, bowl.start, fl.BarzilaiBorwein(0.01, length), fl.exact), 60)

    assert theirs.value < 1e-6 * best.value


def test_polyaks_step_never_moves_away_from_the_minimum_of_a_convex_function() -> None:
    def kinked(x: Any) -> Any:
        return np.abs(x[0]) + 3.0 * np.abs(x[1])

    def slope(f: Any, x: Any) -> Any:
        return np.array([1.0, 3.0]) * np.sign(x)

    frames = islice(fl.descend(kinked, (5.0, -3.0), fl.PolyakStep(rate=1.5), slope), 100)

    far = np.array([np.linalg.norm(frame.x) for frame in frames])
    assert (np.diff(far) <= 1e-12).all()
    assert far[-1] < 1e-6


def test_spsa_asks_for_no_slope_and_spends_two_evaluations_a_step() -> None:
    frames = list(islice(fl.descend(fl.bowl(2.0), (1.0, 1.0), fl.SPSA()), 4))

    assert [frame.evaluations for frame in frames] == [0, 2, 4, 6]
    assert all(np.isnan(frame.slope).all() and frame.gradients == 0 for frame in frames)


def test_spsa_is_right_on_average() -> None:
    bowl, x = fl.bowl(3.0), np.array([1.0, -2.0])

    moves = [
        fl.SPSA(rate=1.0, alpha=0.0, seed=seed).step(x, x, fl.SPSA().init(x), bowl)[0] - x
        for seed in range(4000)
    ]

    # Both coordinates are ±(gᵢ ± gⱼ); the mean of 4000 is good to 7/√4000.
    np.testing.assert_allclose(np.mean(moves, axis=0), -bowl.gradient(x), atol=0.4)


def test_fletcher_and_reeves_end_after_as_many_steps_as_dimensions() -> None:
    bowl = fl.bowl(50.0)
    optimizer = fl.ConjugateGradient(beta="fletcher-reeves", c1=1e-9, c2=1e-8)

    *_, last = islice(fl.descend(bowl, bowl.start, optimizer, fl.exact), 3)

    np.testing.assert_allclose(last.x, 0.0, atol=1e-8)


def test_what_a_search_ends_at_is_not_paid_for_twice() -> None:
    seen: list[bytes] = []

    def f(x: Any) -> Any:
        seen.append(x.tobytes())
        return fl.rosenbrock(x)

    counted = [
        frame.evaluations for frame in islice(fl.descend(f, (-1.2, 1.0), fl.LBFGS(), slope_of_rosenbrock), 20)
    ]

    # Each frame's value is one look more, which is nobody's evaluation; and no search looks where it has looked.
    assert counted[-1] == len(seen) - 20
    assert counted[-1] < 40


def slope_of_rosenbrock(f: Any, x: Any) -> Any:
    return fl.rosenbrock.gradient(x)
