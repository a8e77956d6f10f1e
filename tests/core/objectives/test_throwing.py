import numpy as np
import pytest
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from fallline.objectives.throwing import BOUNCE, DRAG, GRAVITY, HEIGHT, throw


def integrated(speed: float, angle: float, times: np.ndarray) -> np.ndarray:
    """Positions by SciPy, to nine digits, from bounce to bounce."""

    def motion(_: float, s: np.ndarray) -> list[float]:
        fast = float(np.hypot(s[2], s[3]))
        return [s[2], s[3], -DRAG * fast * s[2], -GRAVITY - DRAG * fast * s[3]]

    def ground(_: float, s: np.ndarray) -> float:
        return float(s[1])

    ground.terminal, ground.direction = True, -1  # type: ignore[attr-defined]
    turn = np.radians(angle)
    now, state = 0.0, np.array([0.0, HEIGHT, speed * np.cos(turn), speed * np.sin(turn)])
    seen: list[np.ndarray] = []
    while len(seen) < len(times):
        flight = solve_ivp(
            motion, (now, times[-1] + 1e-9), state, events=ground, rtol=1e-9, atol=1e-9, dense_output=True
        )
        seen += [flight.sol(t)[:2] for t in times[len(seen) :] if t <= flight.t[-1]]
        now, state = flight.t[-1], flight.y[:, -1] * [1.0, 0.0, 1.0, -BOUNCE] + [0.0, 1e-12, 0.0, 0.0]
    return np.array(seen).T


@pytest.mark.parametrize(("speed", "angle"), [(9.0, 40.0), (6.0, 15.0), (18.0, 75.0), (9.0, 30.0)])
def test_ball_flies_as_scipy_says(speed: float, angle: float) -> None:
    theirs = integrated(speed, angle, 0.2 * np.arange(1, 11))

    ours = np.stack(throw(np.array([speed, angle])))

    np.testing.assert_allclose(ours, theirs, atol=0.1)


def test_ball_bounces_while_it_is_watched() -> None:
    _, height = throw(np.array([9.0, 40.0]))

    fall = np.diff(height)
    assert (height >= 0.0).all()
    assert ((fall[:-1] < 0.0) & (fall[1:] > 0.0)).any()


@pytest.mark.parametrize("angle", [20.0, 37.0, 64.0])
def test_path_changes_continuously_with_the_throw(angle: float) -> None:
    speeds = np.linspace(5.0, 20.0, 3001)

    x, y = throw(np.stack([speeds, np.full(3001, angle)]))

    # The ball flies for 2 s: 5 mm/s more speed cannot move it by much more than a centimetre or two.
    assert np.abs(np.diff(x, axis=1)).max() < 0.03
    assert np.abs(np.diff(y, axis=1)).max() < 0.05
