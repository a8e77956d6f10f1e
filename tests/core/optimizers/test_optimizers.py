"""What every optimizer has in common; `test_known_behaviour.py` says what is known of each."""

import pkgutil
from collections.abc import Callable
from importlib import import_module
from itertools import islice
from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline import optimizers

# One row for each optimizer: settings with which it comes to rest in a bowl of condition number 10, and in how many steps.
ROWS: list[tuple[Any, int]] = [
    (fl.GradientDescent(rate=0.15), 150),
    (fl.Momentum(rate=0.1, momentum=0.7), 150),
    (fl.Nesterov(rate=0.05, momentum=0.7), 200),
    (fl.AdaGrad(rate=2.0), 200),
    (fl.AdaDelta(rho=0.99), 2000),
    (fl.RMSProp(rate=0.01), 1500),
    (fl.Adam(rate=0.1), 600),
    (fl.AMSGrad(rate=0.1), 800),
    (fl.AdamW(rate=0.1), 600),
    (fl.NAdam(rate=0.1), 600),
    (fl.RAdam(rate=0.1), 600),
    (fl.Adamax(rate=0.1), 1200),
    (fl.Scheduled(fl.Lion(rate=0.1), fl.schedules.Exponential(0.995)), 3000),
    (fl.Rprop(rate=0.1), 200),
    (fl.ConjugateGradient(), 20),
    (fl.BFGS(), 20),
    (fl.LBFGS(), 20),
    (fl.Newton(), 5),
    (fl.BarzilaiBorwein(rate=0.01), 60),
    (fl.PolyakStep(), 200),
    (fl.SPSA(rate=0.5, c=0.01), 20000),
    (fl.WeightDecay(fl.Momentum(rate=0.1, momentum=0.7)), 150),
    (fl.ClipNorm(fl.Adam(rate=0.1)), 600),
    (fl.ClipValue(fl.GradientDescent(rate=0.15)), 150),
]
each_optimizer = pytest.mark.parametrize(
    ("optimizer", "steps"), ROWS, ids=[type(optimizer).__name__ for optimizer, _ in ROWS]
)
DECAYS = (fl.AdamW, fl.WeightDecay)


def stepper(optimizer: Any, f: Callable[[Any], float] | None = None, g: Any = None) -> Callable[..., Any]:
    """The optimizer's step, given the bowl where it asks for an objective."""
    bowl = fl.bowl(10.0)
    if not getattr(optimizer, "needs_objective", False):
        step: Callable[..., Any] = optimizer.step
        return step
    return lambda x, slope, state: optimizer.step(x, slope, state, f or bowl, g or bowl.gradient)


def test_every_optimizer_has_its_row_and_a_public_name() -> None:
    modules = [
        import_module(f"{optimizers.__name__}.{one.name}")
        for one in pkgutil.iter_modules(optimizers.__path__)
    ]
    found = [kind for module in modules for kind in vars(module).values() if isinstance(kind, type)]
    public = [kind for kind in found if not kind.__name__.startswith("_")]
    kinds = {kind for kind in public if hasattr(kind, "step")} - {fl.Optimizer, fl.Searcher}

    inside = {type(getattr(optimizer, "optimizer", optimizer)) for optimizer, _ in ROWS}
    assert kinds == inside | {type(optimizer) for optimizer, _ in ROWS}
    assert kinds <= {getattr(fl, name) for name in fl.__all__}


@each_optimizer
def test_optimizer_finds_the_bottom_of_a_bowl(optimizer: Any, steps: int) -> None:
    bowl = fl.bowl(10.0)

    *_, last = islice(fl.descend(bowl, bowl.start, optimizer, fl.exact), steps)

    np.testing.assert_allclose(last.x, 0.0, atol=1e-6)


@each_optimizer
def test_optimizer_changes_none_of_its_arguments(optimizer: Any, steps: int) -> None:
    step = stepper(optimizer)
    start, slope = np.array([1.0, 2.0]), np.array([1.0, 20.0])
    x, state = step(start, slope, optimizer.init(start))
    before = repr((x, slope, state))

    first, _ = step(x, slope, state)
    second, _ = step(x, slope, state)

    assert repr((x, slope, state)) == before
    assert first.tolist() == second.tolist()


@each_optimizer
def test_optimizer_stays_where_it_is_flat(optimizer: Any, steps: int) -> None:
    if isinstance(optimizer, DECAYS):
        pytest.skip("it is pulled to 0")
    x = np.array([1.0, -2.0])

    moved, _ = stepper(optimizer, lambda x: 0.0, np.zeros_like)(x, np.zeros(2), optimizer.init(x))

    assert moved.tolist() == [1.0, -2.0]


@each_optimizer
def test_slopes_that_are_not_finite_pass_through_as_values(optimizer: Any, steps: int) -> None:
    x = np.array([1.0, 1.0])
    nan = np.array([np.nan, 1.0])

    moved, _ = stepper(optimizer, lambda x: np.nan, lambda x: nan)(x, nan, optimizer.init(x))

    assert np.isnan(moved[0])


@each_optimizer
@pytest.mark.parametrize(
    "start", [(np.nan, 0.0), (np.inf, 0.0), (1e308, -1e308), (5e-324, -5e-324), (1.0, 1.0)]
)
def test_divergence_is_a_result_without_a_warning(optimizer: Any, steps: int, start: Any) -> None:
    frames = list(islice(fl.descend(fl.rosenbrock, start, optimizer), 8))

    assert [frame.step for frame in frames] == list(range(8))


@each_optimizer
def test_rate_of_a_frame_is_the_rate_of_the_step_that_led_there(optimizer: Any, steps: int) -> None:
    first, second = islice(fl.descend(fl.bowl(2.0), (1.0, 1.0), optimizer, fl.exact), 2)

    assert np.isnan(first.rate)
    assert second.rate > 0.0
    if type(optimizer) in (fl.GradientDescent, fl.BFGS, fl.Newton, fl.PolyakStep, fl.BarzilaiBorwein):
        direction = first.slope / (first.slope if isinstance(optimizer, fl.Newton) else 1.0)
        np.testing.assert_allclose(second.x, first.x - second.rate * direction, atol=1e-7)


def test_optimizers_that_scale_their_steps_have_no_stable_rate() -> None:
    with_limit = [type(optimizer) for optimizer, _ in ROWS if hasattr(optimizer, "stable_rate")]

    assert with_limit == [fl.GradientDescent, fl.Momentum, fl.Nesterov]
