"""A black box: a simulation whose parameters are to be found, and no formula for its slope."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from fallline.arrays import Points
from fallline.objectives.objective import Objective, no_formula

GRAVITY = 9.81  # m/s²
DRAG = 0.02  # 1/m: the air takes this much of the squared speed
BOUNCE = 0.7  # what a bounce leaves of the vertical speed
HEIGHT = 1.5  # m: where the ball leaves the hand
STEP = 0.02  # s
SIGHTINGS = 10
STEPS_A_SIGHTING = 10  # 0.2 s from one to the next

TRUTH = (9.0, 40.0)


class Ball(NamedTuple):
    """Where the ball is, in metres, and how fast, in metres a second: numbers or arrays of shape (m,)."""

    x: Any
    y: Any
    u: Any
    w: Any


def throw(parameters: Points) -> tuple[Any, Any]:
    """Simulate a throw that bounces, and say where the ball is every 0.2 s.

    v′ = −g e_y − k|v|v, and at the ground v_y ← −0.7 v_y

    Steps of 0.02 s under constant acceleration, which keeps the path within 10 cm of the exact one; the moment of a
    bounce is solved for, not rounded to a step, so that the path changes continuously with the parameters.

    Parameters
    ----------
    parameters
        Speed in m/s and angle in degrees: shape (2,) or (2, m).

    Returns
    -------
    tuple
        x and y of the ten sightings in metres, each of shape (10,) or (10, m).

    Examples
    --------
    >>> x, y = throw(np.array([9.0, 40.0]))
    >>> x[-1].round(1)
    np.float64(12.0)
    """
    speed, angle = parameters[0], np.radians(parameters[1])
    ball = Ball(0.0 * speed, HEIGHT + 0.0 * speed, speed * np.cos(angle), speed * np.sin(angle))
    seen = []
    for _ in range(SIGHTINGS):
        for _ in range(STEPS_A_SIGHTING):
            ball = _step(ball)
        seen.append((ball.x, ball.y))
    xs, ys = zip(*seen, strict=True)
    return np.stack(xs), np.stack(ys)


def _step(ball: Ball) -> Ball:
    after = _glide(ball, STEP)
    lands = after.y < 0.0
    if not lands.any():
        return after
    fall = _vertical(ball)
    root = np.sqrt(np.where(lands, ball.w * ball.w - 2.0 * fall * ball.y, 1.0))
    time = np.where(lands, 2.0 * ball.y / np.where(lands, root - ball.w, 1.0), STEP)
    ground = _glide(ball, time)
    bounced = ground._replace(
        y=np.where(lands, 0.0, ground.y), w=np.where(lands, -BOUNCE * ground.w, ground.w)
    )
    return _glide(bounced, STEP - time)


def _glide(ball: Ball, time: Any) -> Ball:
    """Move for a time, short enough for the acceleration to stay what it is."""
    along, up = -DRAG * np.hypot(ball.u, ball.w) * ball.u, _vertical(ball)
    return Ball(
        ball.x + time * (ball.u + 0.5 * time * along),
        ball.y + time * (ball.w + 0.5 * time * up),
        ball.u + time * along,
        ball.w + time * up,
    )


def _vertical(ball: Ball) -> Any:
    return -GRAVITY - DRAG * np.hypot(ball.u, ball.w) * ball.w


@lru_cache(maxsize=1)
def _sightings() -> tuple[Any, Any]:
    return throw(np.array(TRUTH))


def _misfit(x: Points) -> Any:
    seen_x, seen_y = (seen.reshape((-1,) + (1,) * (x.ndim - 1)) for seen in _sightings())
    xs, ys = throw(x)
    return ((xs - seen_x) ** 2 + (ys - seen_y) ** 2).mean(axis=0)


# Mean squared distance in m² between where the ball was seen and where a throw with these parameters would have been.
# Continuous; kinked where the ball meets the ground at the very moment of a sighting.
thrown_ball = Objective(
    name="Thrown ball",
    function=_misfit,
    gradient=no_formula,
    domain=((5.0, 20.0), (10.0, 80.0)),
    start=(14.0, 65.0),
    minima=(TRUTH,),
    minimum=0.0,
)
