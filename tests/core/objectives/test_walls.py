"""A throw at a wall against SciPy's integrator with its events, and what makes it a black box."""

from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from fallline.objectives import ball_and_wall
from fallline.objectives.throwing import DRAG, GRAVITY, HEIGHT
from fallline.objectives.walls import LOST, REBOUND, TOP, WALL, flight, landing


def integrated(speed: float, angle: float) -> float:
    """Landing by SciPy, to ten digits: from the hand to the wall, if it is met, and to the ground."""

    def motion(_: float, s: Any) -> list[float]:
        fast = float(np.hypot(s[2], s[3]))
        return [s[2], s[3], -DRAG * fast * s[2], -GRAVITY - DRAG * fast * s[3]]

    def ground(_: float, s: Any) -> float:
        return float(s[1])

    def wall(_: float, s: Any) -> float:
        return float(s[0]) - WALL

    ground.terminal = wall.terminal = True  # type: ignore[attr-defined]
    ground.direction, wall.direction = -1, 1  # type: ignore[attr-defined]
    turn = np.radians(angle)
    state = np.array([0.0, HEIGHT, speed * np.cos(turn), speed * np.sin(turn)])
    for _ in range(3):
        gone = solve_ivp(motion, (0.0, 20.0), state, events=(ground, wall), rtol=1e-10, atol=1e-10)
        state = gone.y[:, -1].copy()
        if gone.t_events[0].size:
            return float(state[0])
        if state[1] < TOP:
            state[2] *= -REBOUND
        state[0] += 1e-12 * np.sign(state[2])
    raise AssertionError("it never lands")


@pytest.mark.parametrize(
    ("speed", "angle"),
    [
        (7.0, 45.0),
        (8.0, 0.0),
        (16.0, 12.0),
        (20.0, 5.0),
        (11.0, 45.0),
        (13.0, 30.0),
        (14.0, 45.0),
        (18.0, 79.0),
    ],
)
def test_ball_lands_where_scipy_says(speed: float, angle: float) -> None:
    theirs = integrated(speed, angle)

    assert landing(np.array([speed, angle])) == pytest.approx(theirs, abs=2e-3)


def test_many_throws_land_as_each_by_itself() -> None:
    throws = np.random.default_rng(3).uniform([2.0, -20.0], [20.0, 90.0], (300, 2))

    together = landing(throws.T)

    np.testing.assert_allclose(together, [landing(throw) for throw in throws], rtol=0.0, atol=1e-11)


def test_path_goes_from_the_hand_to_the_wall_and_back_to_the_ground() -> None:
    path = list(flight(16.0, 12.0))

    assert path[0][:2] == (0.0, HEIGHT)
    assert max(ball.x for ball in path) == WALL
    assert path[-1].x < WALL
    assert path[-1].y == pytest.approx(0.0, abs=1e-12)
    assert all(ball.y > 0.0 for ball in path[:-1])


@pytest.mark.parametrize("angle", [5.0, 20.0, 30.0])
def test_landing_is_continuous_up_to_the_top_of_the_wall(angle: float) -> None:
    speeds = np.linspace(4.0, 20.0, 8001)

    lands = landing(np.stack([speeds, np.full(8001, angle)]))

    before = lands[: np.argmax(lands > WALL) or None]
    # 2 mm/s of speed move the landing by no more than a centimetre.
    assert before.size > 3000
    assert np.abs(np.diff(before)).max() < 0.01


def test_slope_changes_its_sign_at_the_foot_of_the_wall() -> None:
    f, h = ball_and_wall(target=6.0), 1e-4
    speeds = np.linspace(9.0, 11.0, 2001)
    foot = speeds[landing(np.stack([speeds, np.full(2001, 45.0)])).argmax()]

    before, after = (
        (f(np.array([s + h, 45.0])) - f(np.array([s - h, 45.0]))) / (2 * h)
        for s in (foot - 0.05, foot + 0.05)
    )

    assert before > 5.0
    assert after < -3.0


def test_lost_ball_costs_the_same_wherever_it_lands() -> None:
    f = ball_and_wall(target=6.0)

    assert f(np.array([[14.0, 15.0, 20.0], [45.0, 45.0, 60.0]])).tolist() == [LOST**2] * 3


@pytest.mark.parametrize("target", [1.5, 4.0, 6.0, 9.0])
def test_named_minimum_hits_the_target(target: float) -> None:
    f = ball_and_wall(target)

    assert f(np.array(f.minima[0])) < 1e-20
    assert integrated(*f.minima[0]) == pytest.approx(target, abs=2e-3)


@pytest.mark.parametrize("target", [0.0, 10.0, np.nan])
def test_target_behind_wall_or_hand_is_refused(target: float) -> None:
    with pytest.raises(ValueError, match="target must be from 1 to 9 m"):
        ball_and_wall(target)
