"""A black box: a ball is to land in a bucket, straight or off a wall, and no formula says how to throw it."""

from collections.abc import Iterator
from functools import lru_cache, partial
from math import cos, inf, radians, sin, sqrt
from typing import Any, NamedTuple

import numpy as np

from fallline.arrays import Points
from fallline.objectives.objective import Objective, no_formula
from fallline.objectives.throwing import DRAG, GRAVITY, HEIGHT

WALL = 10.0  # m from the hand
TOP = 4.0  # m: whatever is higher there flies over
REBOUND = 0.6  # what the wall leaves of the speed towards it
STEP = 0.03  # s
LOST = 6.0  # m: what a ball behind the wall counts as missing by

# In arrays a step costs as much as so many throws one by one.
_FEW = 16
# A throw is over long before: nobody throws so high.
_STEPS = 400


class Ball(NamedTuple):
    """Where a ball is, in metres, and how fast, in metres a second."""

    x: float
    y: float
    u: float
    w: float


def flight(speed: float, angle: float) -> Iterator[Ball]:
    """Simulate a throw at a wall, up to where the ball touches the ground.

    v′ = −g e_y − k|v|v, and at the wall v_x ← −0.6 v_x

    Steps of 0.03 s by the midpoint rule, within 2 mm of the exact path; the moments at the wall and on the ground are
    solved for, not rounded to a step, so that the path changes continuously with the throw.

    Parameters
    ----------
    speed
        Of the throw, in m/s.
    angle
        Above the horizontal, in degrees.

    Returns
    -------
    Iterator[Ball]
        The hand's, one after each step, those at the wall and on the ground.

    Examples
    --------
    >>> *_, last = flight(8.0, 45.0)
    >>> round(last.x, 2), round(last.y, 9) + 0.0
    (7.06, 0.0)
    """
    return map(Ball._make, _flight(speed, angle))


def _flight(speed: float, angle: float) -> Iterator[tuple[float, float, float, float]]:
    turn = radians(angle)
    x, y, u, w = 0.0, HEIGHT, speed * cos(turn), speed * sin(turn)
    yield x, y, u, w
    for _ in range(_STEPS):
        along, up = _acceleration(u, w)
        after_x, after_y = x + STEP * (u + 0.5 * STEP * along), y + STEP * (w + 0.5 * STEP * up)
        if after_y >= 0.0 and not x < WALL < after_x:
            x, y, u, w = after_x, after_y, u + STEP * along, w + STEP * up
            yield x, y, u, w
            continue
        to_wall = _time(WALL - x, u, along) if x < WALL < after_x else inf
        to_ground = _time(-y, w, up) if after_y < 0.0 else inf
        time = min(STEP, to_wall, to_ground)
        x, y = x + time * (u + 0.5 * time * along), y + time * (w + 0.5 * time * up)
        u, w = u + time * along, w + time * up
        if time == to_wall and y < TOP:
            x, u = WALL, -REBOUND * u
        yield x, y, u, w
        if time == to_ground:
            return


def landing(throws: Points) -> Any:
    """Say where throws touch the ground, in metres from the hand: beyond 10 they went over the wall.

    Parameters
    ----------
    throws
        Speed in m/s and angle in degrees: shape (2,) or (2, m).

    Returns
    -------
    float or NDArray[np.float64]
        A number, or shape (m,).

    Examples
    --------
    >>> landing(np.array([[8.0, 12.0], [45.0, 45.0]])).round(2)
    array([7.06, 8.1 ])
    """
    if throws.ndim == 1:
        *_, (x, *_) = _flight(float(throws[0]), float(throws[1]))
        return x
    if throws.shape[1] <= _FEW:
        return np.array([landing(throw) for throw in throws.T])
    return _landings(throws)


def _landings(throws: Points) -> Any:
    """Take the steps of `flight` for many throws at once; who has landed stays."""
    turn = np.radians(throws[1])
    x, y = np.zeros_like(turn), np.full_like(turn, HEIGHT)
    u, w = throws[0] * np.cos(turn), throws[0] * np.sin(turn)
    flying = np.ones(turn.shape, dtype=bool)
    for _ in range(_STEPS):
        along, up = _acceleration(u, w)
        after_x, after_y = x + STEP * (u + 0.5 * STEP * along), y + STEP * (w + 0.5 * STEP * up)
        to_wall = _times(WALL - x, u, along, flying & (x < WALL) & (after_x > WALL))
        to_ground = _times(-y, w, up, flying & (after_y < 0.0))
        time = np.where(flying, np.minimum(STEP, np.minimum(to_wall, to_ground)), 0.0)
        x, y = x + time * (u + 0.5 * time * along), y + time * (w + 0.5 * time * up)
        u, w = u + time * along, w + time * up
        hits = (time == to_wall) & (y < TOP)
        x, u = np.where(hits, WALL, x), np.where(hits, -REBOUND * u, u)
        flying &= time != to_ground
        if not flying.any():
            break
    return x


def _acceleration(u: Any, w: Any) -> tuple[Any, Any]:
    """Return that in the middle of a step, along and up."""
    fast = DRAG * (u * u + w * w) ** 0.5
    u, w = u - 0.5 * STEP * fast * u, w - 0.5 * STEP * (GRAVITY + fast * w)
    fast = DRAG * (u * u + w * w) ** 0.5
    return -fast * u, -GRAVITY - fast * w


def _time(distance: float, speed: float, acceleration: float) -> float:
    """Return when a distance is covered: the first root of ½at² + vt − d, written so that no digits cancel."""
    return (
        2.0
        * distance
        / (speed + (1.0 if distance > 0.0 else -1.0) * sqrt(speed * speed + 2.0 * acceleration * distance))
    )


def _times(distance: Any, speed: Any, acceleration: Any, covered: Any) -> Any:
    """Return the same for many, infinity where the distance is not covered in this step."""
    root = np.sqrt(np.where(covered, speed * speed + 2.0 * acceleration * distance, 1.0))
    below = speed + np.where(distance > 0.0, root, -root)
    return np.where(covered, 2.0 * distance / np.where(covered, below, 1.0), inf)


def ball_and_wall(target: float = 6.0) -> Objective:
    """Make the black box of a throw that is to land at a place before the wall: the square of what it misses by, in m².

    Continuous where the ball stays before the wall, with a kink where it lands at the wall's foot; a cliff where it clears
    the wall, and beyond it a plain: the ball is lost, and counts as missing by 6 m. Two ways of throwing
    reach each place, straight and off the wall, so that the lowest points are two valleys; `minima` names one of them.

    Parameters
    ----------
    target
        Where it is to land, in metres from the hand.

    Raises
    ------
    ValueError
        If the place is not between hand and wall.

    Examples
    --------
    >>> f = ball_and_wall(target=6.0)
    >>> f(np.array([8.0, 45.0])).round(2), f(np.array([14.0, 45.0]))
    (np.float64(1.13), np.float64(36.0))
    """
    if not 1.0 <= target <= WALL - 1.0:
        raise ValueError(f"target must be from 1 to {WALL - 1.0:g} m from the hand, got {target}")
    return Objective(
        name="Ball and wall",
        function=partial(_missed, target=target),
        gradient=no_formula,
        domain=((4.0, 20.0), (0.0, 80.0)),
        start=(5.0, 72.0),
        minima=((_straight(target), 45.0),),
        minimum=0.0,
    )


def _missed(throws: Points, target: float) -> Any:
    lands = landing(throws)
    missed = np.where(lands > WALL, LOST, lands - target)
    return missed * missed


# A search of sixty throws, and the same target comes again with each change of anything else.
@lru_cache(maxsize=8)
def _straight(target: float) -> float:
    """Return the speed at which a throw at 45 degrees lands at a place without touching the wall."""
    slow, fast = 0.0, 10.0
    for _ in range(60):
        middle = 0.5 * (slow + fast)
        short = landing(np.array([middle, 45.0])) < target
        slow, fast = (middle, fast) if short else (slow, middle)
    return slow
