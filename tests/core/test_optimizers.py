import inspect
from itertools import islice
from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline import optimizers

# One row for each optimizer: settings with which it comes to rest in a bowl of condition number 10, and in how many steps.
ROWS: list[tuple[fl.Optimizer[Any], int]] = [
    (fl.GradientDescent(rate=0.15), 150),
    (fl.Momentum(rate=0.1, momentum=0.7), 150),
    (fl.Nesterov(rate=0.05, momentum=0.7), 200),
    (fl.AdaGrad(rate=2.0), 200),
    (fl.RMSProp(rate=0.01), 1500),
    (fl.Adam(rate=0.1), 600),
]
each_optimizer = pytest.mark.parametrize(
    ("optimizer", "steps"), ROWS, ids=[type(optimizer).__name__ for optimizer, _ in ROWS]
)


def test_every_optimizer_has_its_row() -> None:
    kinds = {name for name, kind in inspect.getmembers(optimizers, inspect.isclass) if hasattr(kind, "step")}

    assert kinds - {"Optimizer"} == {type(optimizer).__name__ for optimizer, _ in ROWS}
    assert kinds <= set(fl.__all__)


@each_optimizer
def test_optimizer_finds_the_bottom_of_a_bowl(optimizer: fl.Optimizer[Any], steps: int) -> None:
    bowl = fl.bowl(10.0)

    *_, last = islice(fl.descend(bowl, bowl.start, optimizer), steps)

    np.testing.assert_allclose(last.x, 0.0, atol=1e-6)


@each_optimizer
def test_optimizer_changes_none_of_its_arguments(optimizer: fl.Optimizer[Any], steps: int) -> None:
    x, slope = np.array([1.0, 2.0]), np.array([0.5, -0.5])
    _, state = optimizer.step(x, slope, optimizer.init(x))
    before = repr((x, slope, state))

    first, _ = optimizer.step(x, slope, state)
    second, _ = optimizer.step(x, slope, state)

    assert repr((x, slope, state)) == before
    assert first.tolist() == second.tolist()


@each_optimizer
def test_optimizer_stays_where_it_is_flat(optimizer: fl.Optimizer[Any], steps: int) -> None:
    x = np.array([1.0, -2.0])

    moved, _ = optimizer.step(x, np.zeros(2), optimizer.init(x))

    assert moved.tolist() == [1.0, -2.0]


@each_optimizer
def test_slopes_that_are_not_finite_pass_through_as_values(optimizer: fl.Optimizer[Any], steps: int) -> None:
    x = np.array([1.0, 1.0])

    moved, _ = optimizer.step(x, np.array([np.nan, 1.0]), optimizer.init(x))

    assert np.isnan(moved[0])
    assert np.isfinite(moved[1])


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


def test_optimizers_that_scale_their_steps_have_no_stable_rate() -> None:
    with_limit = [type(optimizer) for optimizer, _ in ROWS if hasattr(optimizer, "stable_rate")]

    assert with_limit == [fl.GradientDescent, fl.Momentum, fl.Nesterov]


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
