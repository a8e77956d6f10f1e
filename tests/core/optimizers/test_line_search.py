from itertools import islice, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fallline as fl
from fallline.optimizers.line_search import MOST_LOOKS, Line, strong_wolfe
from fallline.optimizers.trial import Spot

SMOOTH = [fl.himmelblau, fl.rosenbrock, fl.beale, fl.rastrigin, fl.bowl(100.0)]
SEARCHERS = [
    fl.BFGS(),
    fl.LBFGS(history_size=3),
    fl.Newton(),
    fl.ConjugateGradient(),
    fl.ConjugateGradient(beta="fletcher-reeves"),
]


def line(f: Any, x: Any, direction: Any, c1: float = 1e-4, c2: float = 0.9) -> Line:
    start = Spot(0.0, float(f(x)), float(f.gradient(x) @ direction))
    return Line(lambda x: float(f(x)), f.gradient, x, direction, start, c1, c2)


@settings(max_examples=300, deadline=None)
@given(
    f=st.sampled_from(SMOOTH),
    point=st.tuples(st.floats(-4.0, 4.0), st.floats(-4.0, 4.0)),
    turn=st.floats(-1.4, 1.4),
    first=st.floats(1e-4, 1e2),
    c2=st.sampled_from([0.05, 0.1, 0.5, 0.9]),
)
def test_strong_wolfe_conditions_hold_where_a_search_ends(
    f: Any, point: Any, turn: float, first: float, c2: float
) -> None:
    x = np.array(point)
    slope = f.gradient(x)
    if np.linalg.norm(slope) < 1e-3:
        return
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ -slope
    direction = turned / np.linalg.norm(turned)
    searched = line(f, x, direction, c2=c2)

    end = strong_wolfe(searched, first)

    # Asked anew, and not of what the search remembers.
    at = x + end.length * direction
    rounding = 1e-12 * (1.0 + abs(searched.start.value))
    assert end.length > 0.0
    assert f(at) <= searched.start.value + 1e-4 * end.length * searched.start.along + rounding
    assert abs(f.gradient(at) @ direction) <= c2 * abs(searched.start.along) + rounding


@pytest.mark.parametrize("optimizer", SEARCHERS, ids=repr)
@pytest.mark.parametrize("f", SMOOTH, ids=lambda f: f.name)
def test_strong_wolfe_conditions_hold_between_all_frames(f: Any, optimizer: Any) -> None:
    frames = list(islice(fl.descend(f, f.start, optimizer, fl.exact), 60))

    checked = 0
    for a, b in pairwise(frames):
        # Below this the fall of the value is lost in its rounding.
        if np.linalg.norm(a.slope) < 1e-4 * (1.0 + abs(a.value)):
            break
        move = b.x - a.x
        assert b.value <= a.value + optimizer.c1 * (a.slope @ move)
        assert abs(b.slope @ move) <= optimizer.c2 * abs(a.slope @ move)
        checked += 1
    assert checked >= 1


def test_search_comes_back_from_a_cliff_beyond_which_nothing_is_a_number() -> None:
    def f(x: Any) -> float:
        return float(-np.log(x[0]) + x[0]) if x[0] > 0 else np.nan

    searched = Line(
        f, lambda x: 1.0 - 1.0 / x, np.array([3.0]), np.array([-1.0]), Spot(0.0, f([3.0]), -2 / 3), 1e-4, 0.1
    )

    end = strong_wolfe(searched, first=100.0)

    assert searched.is_good(end)
    assert 0.9 < 3.0 - end.length < 1.1


def test_search_that_finds_nothing_ends() -> None:
    looks = []

    def f(x: Any) -> float:
        looks.append(x)
        return float(x[0])

    # The slope lies: the value rises.
    searched = Line(f, lambda x: -np.ones(1), np.zeros(1), np.ones(1), Spot(0.0, 0.0, -1.0), 1e-4, 0.9)

    end = strong_wolfe(searched, first=1.0)

    assert end == searched.start
    assert len(looks) <= MOST_LOOKS + 1


def test_search_down_a_slope_without_end_ends() -> None:
    searched = Line(
        lambda x: -float(x[0]),
        lambda x: -np.ones(1),
        np.zeros(1),
        np.ones(1),
        Spot(0.0, 0.0, -1.0),
        1e-4,
        0.9,
    )

    end = strong_wolfe(searched, first=1.0)

    assert end.value < -1e6
