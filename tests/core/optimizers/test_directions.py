"""Which way the searching optimizers turn, from a given past."""

from itertools import islice
from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline.optimizers.conjugate import ConjugateState

X = np.array([1.0, 2.0])


def direction(beta: str, slope: Any, before: Any, since: int) -> Any:
    """Unit vector along which the next step goes, when the last went along (0, 1) or so."""
    bowl = fl.bowl(1.0)
    state = ConjugateState(np.array(before), np.array([0.3, 1.0]), 0.1, -1.0, since)
    moved, _ = fl.ConjugateGradient(beta=beta).step(X, np.array(slope), state, bowl, bowl.gradient)
    return (moved - X) / np.linalg.norm(moved - X)


def unit(x: Any) -> Any:
    return np.array(x) / np.linalg.norm(x)


@pytest.mark.parametrize(
    ("beta", "before", "factor"),
    [
        # gᵀg = 5 and g₋ᵀg₋ = 20; gᵀ(g − g₋) = 5 − 0.
        ("fletcher-reeves", [4.0, -2.0], 5.0 / 20.0),
        ("polak-ribiere+", [4.0, -2.0], 5.0 / 20.0),
        # gᵀ(g − g₋) = 5 − 3.
        ("fletcher-reeves", [1.0, 1.0], 5.0 / 2.0),
        ("polak-ribiere+", [1.0, 1.0], 2.0 / 2.0),
        # gᵀ(g − g₋) = 5 − 10, which is no reason to turn back.
        ("fletcher-reeves", [2.0, 4.0], 5.0 / 20.0),
        ("polak-ribiere+", [2.0, 4.0], 0.0),
    ],
)
def test_last_direction_is_kept_by_its_formula(beta: str, before: Any, factor: float) -> None:
    wanted = factor * np.array([0.3, 1.0]) - X
    if wanted @ X >= 0.0:
        wanted = -X

    turned = direction(beta, X, before, since=1)

    np.testing.assert_allclose(turned, unit(wanted), rtol=1e-9)


def test_fletcher_and_reeves_begin_anew_after_as_many_steps_as_dimensions() -> None:
    kept, anew = (direction("fletcher-reeves", X, [4.0, -2.0], since) for since in (1, 2))

    np.testing.assert_allclose(anew, unit(-X), rtol=1e-9)
    assert abs(kept - anew).max() > 0.01


@pytest.mark.parametrize("memory", [1, 3, 10])
def test_memory_holds_as_many_moves_as_it_is_set_to(memory: int) -> None:
    optimizer = fl.LBFGS(history_size=memory)
    x = np.array([-1.2, 1.0])
    state = optimizer.init(x)

    for _ in range(15):
        x, state = optimizer.step(x, fl.rosenbrock.gradient(x), state, fl.rosenbrock, fl.rosenbrock.gradient)

    assert len(state.pairs) == memory


class Curious:
    """Walks along the slope that it is shown one unit to the right."""

    needs_objective = True
    rate = 1.0

    def init(self, x: Any) -> None:
        return None

    def step(self, x: Any, slope: Any, state: None, objective: Any, gradient: Any) -> Any:
        return gradient(x + 1.0), None


@pytest.mark.parametrize(
    ("wrap", "shown"),
    [
        (lambda inner: fl.ClipNorm(inner, max_norm=1.0), lambda slope: unit(slope)),
        (lambda inner: fl.ClipValue(inner, max_value=1.5), lambda slope: np.clip(slope, -1.5, 1.5)),
        (lambda inner: fl.WeightDecay(inner, 0.5, decoupled=False), lambda slope: 1.5 * slope),
    ],
    ids=["norm", "value", "penalty"],
)
def test_wrapped_search_sees_the_slopes_that_the_wrapper_makes(wrap: Any, shown: Any) -> None:
    bowl = fl.bowl(1.0)

    _, second = islice(fl.descend(bowl, (1.0, 2.0), wrap(Curious()), fl.exact), 2)

    np.testing.assert_allclose(second.x, shown(np.array([2.0, 3.0])), rtol=1e-12)
