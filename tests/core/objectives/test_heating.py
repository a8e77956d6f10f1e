"""A thermostat's day against SciPy's integrator, and what makes it a black box."""

from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from fallline.objectives import heating_plan, thermostat
from fallline.objectives.heating import (
    BAND,
    BEGIN,
    COLD,
    HEATER,
    LIFT,
    LOOK,
    LOOKS,
    NIGHT,
    ROOM,
    SWING,
    WEAR,
    WISH,
    day,
)


def integrated(setpoint: float, band: float) -> tuple[Any, int]:
    """Temperatures by SciPy from look to look, and how often the heater was switched."""
    state, on, switched, seen = np.array([BEGIN, 0.0]), 0.0, 0, [BEGIN]
    for look in range(LOOKS):
        outside = COLD - SWING * np.sin(2.0 * np.pi * (look * LOOK + 2.0) / 24.0)
        want = 1.0 if state[0] < setpoint - band / 2 else 0.0 if state[0] > setpoint + band / 2 else on
        switched, on = switched + (want != on), want

        def motion(_: float, s: Any, outside: float = outside, on: float = on) -> list[float]:
            return [(outside - s[0] + LIFT * s[1]) / ROOM, (on - s[1]) / HEATER]

        state = solve_ivp(motion, (0.0, LOOK), state, rtol=1e-10, atol=1e-10).y[:, -1]
        seen.append(state[0])
    return np.array(seen), switched


@pytest.mark.parametrize(("setpoint", "band"), [(21.0, 1.0), (18.0, 3.2), (24.0, 0.1)])
def test_room_warms_and_cools_as_scipy_says(setpoint: float, band: float) -> None:
    temperature, switched = integrated(setpoint, band)

    ours = day([setpoint], band)

    np.testing.assert_allclose(ours.temperature, temperature, atol=1e-7)
    assert ours.switched == switched


def test_loss_is_discomfort_and_wear() -> None:
    temperature, switched = integrated(20.5, 1.5)

    loss = thermostat()(np.array([20.5, 1.5]))

    assert loss == pytest.approx(np.mean((temperature[1:] - WISH) ** 2) + WEAR * switched, abs=1e-6)


def test_plan_with_one_wish_all_day_is_the_thermostats() -> None:
    one, many = day([20.0], BAND), day([20.0] * 36, BAND)

    assert one == many


def test_plan_is_judged_by_day_and_by_night() -> None:
    temperature, switched = integrated(19.0, BAND)
    hours = np.arange(1, LOOKS + 1) / 6.0
    wish = np.where((hours >= 6.0) & (hours < 22.0), WISH, NIGHT)

    loss = heating_plan(8)(np.full(8, 19.0))

    assert loss == pytest.approx(np.mean((temperature[1:] - wish) ** 2) + WEAR * switched, abs=1e-6)


@pytest.mark.parametrize("parts", [1, 8, 36])
def test_many_days_cost_as_each_by_itself(parts: int) -> None:
    plans = np.random.default_rng(5).uniform(15.0, 23.0, (parts, 40))
    f = heating_plan(parts)

    np.testing.assert_allclose(f(plans), [f(plan) for plan in plans.T], rtol=1e-12)


def test_many_thermostats_cost_as_each_by_itself() -> None:
    settings = np.random.default_rng(5).uniform([17.0, 0.0], [25.0, 4.0], (60, 2)).T
    f = thermostat()

    np.testing.assert_allclose(f(settings), [f(one) for one in settings.T], rtol=1e-12)


def test_thermostat_is_flat_almost_everywhere() -> None:
    f = thermostat()
    places = np.random.default_rng(7).uniform([17.0, 0.2], [25.0, 4.0], (200, 2))

    moved = [f(place + 1e-6) - f(place) for place in places]

    assert np.mean(np.array(moved) == 0.0) > 0.98


def test_thermostat_leads_down_all_the_same() -> None:
    f = thermostat()

    means = [
        np.mean([f(np.array([at + d, 1.0])) for d in np.linspace(-0.5, 0.5, 41)]) for at in (18, 19, 20, 21)
    ]

    assert (np.diff(means) < 0.0).all()


@pytest.mark.parametrize("parts", [0, 5, 7, 288])
def test_plan_that_does_not_share_out_the_day_is_refused(parts: int) -> None:
    with pytest.raises(ValueError, match="a divisor of 144"):
        heating_plan(parts)
