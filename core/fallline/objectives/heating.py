"""Black boxes that are flat almost everywhere: a thermostat that switches a heater on and off."""

from collections.abc import Sequence
from math import exp, nan, pi, sin
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Points
from fallline.objectives.objective import Objective, no_formula

WISH, NIGHT = 21.0, 17.0  # °C: what is wished for, and from ten in the evening to six by who plans the day
HOURS = 24.0
LOOK = 1.0 / 6.0  # h: the thermostat looks at the room every ten minutes
LOOKS = round(HOURS / LOOK)
ROOM, HEATER = 6.0, 0.4  # h: how long the room and the heater remember their temperatures
LIFT = 35.0  # K: how much warmer than outside the room would end, if the heater stayed on
COLD, SWING = 2.0, 4.0  # °C outside on average, and how far the day goes from it
BEGIN = 20.0  # °C at midnight
WEAR = 0.05  # K²: what one switching counts
BAND = 1.0  # K, of who plans the day

_KEEP_ROOM, _KEEP_HEATER = exp(-LOOK / ROOM), exp(-LOOK / HEATER)
# How far the heater's warmth, on its way, takes the room from where it would go without.
_AHEAD = LIFT * HEATER / (HEATER - ROOM)
# Coldest at four in the morning.
_OUTSIDE = [COLD - SWING * sin(2.0 * pi * (look * LOOK + 2.0) / HOURS) for look in range(LOOKS)]
# In arrays a day takes as long as so many days one by one.
_FEW = 24


class Day(NamedTuple):
    """What a day was like: the room's temperature in °C at midnight and at each look, and how often the heater was switched.

    Numbers, or arrays of shape (m,) for many days.
    """

    temperature: list[Any]
    switched: Any


def day(setpoints: Sequence[float], band: float) -> Day:
    """Simulate a day in a room whose heater a thermostat switches.

    T′ = (T_out − T + 35 q) / 6,  q′ = (on − q) / 0.4    in K and hours

    At each look, every ten minutes, the heater goes on where the room is colder than the set point by more than half
    the band, off where it is warmer by as much, and else stays as it is. It warms up and cools down slowly, so that
    the room overshoots. From look to look the solution is exact, with the temperature outside as it is at the look.

    Parameters
    ----------
    setpoints
        In °C, one for each part of the day, all of one length; how many they are divides 144.
    band
        In K.

    Examples
    --------
    >>> room = day([21.0], band=1.0)
    >>> len(room.temperature), room.switched
    (145, 21)
    """
    room, heat, on, switched = BEGIN, 0.0, 0.0, 0
    length, half = LOOKS // len(setpoints), 0.5 * band
    seen = [room]
    for look, outside in enumerate(_OUTSIDE):
        set_at = setpoints[look // length]
        want = 1.0 if room < set_at - half else 0.0 if room > set_at + half else on
        switched += want != on
        room, heat = _later(room, heat, want, outside)
        on = want
        seen.append(room)
    return Day(seen, switched)


def _days(setpoints: Points, band: Any) -> Day:
    """Simulate many days at once: set points of shape (parts, m), bands of shape (m,)."""
    count = setpoints.shape[1]
    room, heat, on, switched = np.full(count, BEGIN), np.zeros(count), np.zeros(count), np.zeros(count)
    length, half = LOOKS // len(setpoints), 0.5 * band
    seen = [room]
    for look, outside in enumerate(_OUTSIDE):
        set_at = setpoints[look // length]
        want = np.where(room < set_at - half, 1.0, np.where(room > set_at + half, 0.0, on))
        switched = switched + (want != on)
        room, heat = _later(room, heat, want, outside)
        on = want
        seen.append(room)
    return Day(seen, switched)


def _later(room: Any, heat: Any, on: Any, outside: float) -> tuple[Any, Any]:
    """Return the room's temperature and the heater's warmth, from 0 to 1, one look later."""
    end, ahead = outside + LIFT * on, _AHEAD * (heat - on)
    return end + (room - end - ahead) * _KEEP_ROOM + ahead * _KEEP_HEATER, on + (heat - on) * _KEEP_HEATER


def thermostat() -> Objective:
    """Make the black box of a thermostat's set point, in °C, and band, in K: how uncomfortable and wearing a day is.

    f = mean of (T − 21 °C)² + 0.05 K² for each switching

    What the heater does follows from comparisons alone, so f is the same wherever all of them come out the same: flat
    almost everywhere, with a cliff wherever one changes. Nobody knows the lowest value.

    Examples
    --------
    >>> f = thermostat()
    >>> f(np.array([21.0, 1.0])).round(3), f(np.array([21.0, 1.00001])).round(3), f(np.array([19.0, 1.0])).round(3)
    (np.float64(1.519), np.float64(1.519), np.float64(5.487))
    """
    return Objective(
        name="Thermostat",
        function=_discomfort,
        gradient=no_formula,
        domain=((17.0, 25.0), (0.0, 4.0)),
        start=(18.0, 3.2),
        minima=(),
        minimum=nan,
    )


def heating_plan(parts: int = 8) -> Objective:
    """Make the black box of a day's set points, in °C: as many parameters as one likes.

    f = mean of (T − wish)² + 0.05 K² for each switching

    The wish is 21 °C, and 17 °C from ten in the evening to six; the band is 1 K. Since the room is slow, it is best to begin
    early, and the best plan is not the wish. Flat almost everywhere, as `thermostat`.

    Parameters
    ----------
    parts
        How many set points there are; a divisor of 144.

    Raises
    ------
    ValueError
        If the day's 144 looks cannot be shared out so.

    Examples
    --------
    >>> heating_plan(8)(np.full(8, 21.0)).round(2)
    np.float64(6.0)
    """
    if not 1 <= parts <= LOOKS or LOOKS % parts:
        raise ValueError(f"parts must be a divisor of {LOOKS}, such as 2, 8 or 36, got {parts}")
    return Objective(
        name=f"Heating plan of {parts} parts",
        function=_off_plan,
        gradient=no_formula,
        domain=((14.0, 24.0),) * parts,
        start=(16.0,) * parts,
        minima=(),
        minimum=nan,
    )


def _discomfort(x: Points) -> Any:
    return _costs(x[:1], x[1], np.full(LOOKS, WISH))


def _off_plan(x: Points) -> Any:
    return _costs(x, BAND, _PLAN)


# What is wished for at each look.
_PLAN = np.where(
    (np.arange(1, LOOKS + 1) * LOOK >= 6.0) & (np.arange(1, LOOKS + 1) * LOOK < 22.0), WISH, NIGHT
)


def _costs(setpoints: Points, band: Any, wish: NDArray[np.float64]) -> Any:
    if setpoints.ndim == 1:
        return _cost(day(setpoints.tolist(), float(band)), wish)
    bands = np.broadcast_to(band, setpoints.shape[1:])
    if setpoints.shape[1] <= _FEW:
        return np.array([_costs(one, own, wish) for one, own in zip(setpoints.T, bands, strict=True)])
    return _cost(_days(setpoints, bands), wish[:, None])


def _cost(lived: Day, wish: NDArray[np.float64]) -> Any:
    off = np.array(lived.temperature[1:]) - wish
    return np.mean(off * off, axis=0) + WEAR * lived.switched
