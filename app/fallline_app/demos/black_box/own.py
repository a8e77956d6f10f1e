"""The visitor's own simulation: lines of Python that make a loss of two parameters, from 0 to 1 each."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

import fallline as fl
from fallline_app.demos.black_box.simulations import Axis, Seen, Simulation, Stage, Suited
from fallline_app.statements import compile_statements, definition
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

OWN = "own"
FIRST = """\
# A shop orders a goods when b are left.
stock, cost = 20.0, 0.0
for day in range(60):
    sold = (3, 5, 2, 6, 4)[day % 5]
    cost += 2.0 * max(sold - stock, 0.0)
    stock = max(stock - sold, 0.0)
    if stock <= 20 * b:
        stock += 40 * a
        cost += 6.0
    cost += 0.1 * stock
return cost / 60
"""
DOMAIN, START = ((0.0, 1.0), (0.0, 1.0)), (0.9, 0.9)
CODE = "\n{definition}\n\nsimulation = fl.objectives.black_box(simulate, domain={domain!r}, start={start!r})"
# It is looked at on a grid of so many places each way before it is used, and shown by what was seen there.
LOOKS = 33
# A run makes some 1500 simulations. This is how many seconds one may take, the quickest of a few: others are disturbed.
SLOWEST, TIMED = 2e-3, 5
# The goal that suits: as low as this share of the map; a cliff's usual height, in parts of the middle loss above the lowest.
LOW, CLIFF = 0.08, 0.02


@lru_cache(maxsize=4)
def own_simulation(text: str) -> Simulation:
    """Return the black box that lines of Python make of a and b.

    Raises
    ------
    ValueError
        If they are no body of a function, give no number from 0 on, take too long, or are flat.
    """
    objective = fl.objectives.black_box(compile_statements(text, "a", "b"), DOMAIN, START, "Your simulation")
    grid = np.linspace(0.0, 1.0, LOOKS)
    seen = _looked_at(objective, grid)
    finite = _finite(seen, grid)
    low, middle, high = float(finite.min()), float(np.median(finite)), float(finite.max())
    room = 0.08 * (high - low)
    shown = (0.0, 1.0), (low - room, high + room)
    goal = float(f"{max(float(np.quantile(finite, LOW)), 1e-4):.2g}")
    rate = float(f"{min(max(0.02 / (high - low), 1e-5), 0.3):.1g}")
    return Simulation(
        name=OWN,
        title="simulation of your own",
        make=lambda _: objective,
        code=CODE.format(definition=definition(text, "simulate", "a", "b"), domain=DOMAIN, start=START),
        axes=(Axis("a", ""), Axis("b", "")),
        unit="",
        grain=float(f"{CLIFF * (middle - low):.2g}"),
        suited=Suited({"Adam": 0.02, "gradient descent": rate}, step=0.02, goal=goal),
        stage=Stage(Axis("a", ""), Axis("loss, at the b of each", ""), shown, shown),
        see=_profile(objective, grid, seen, shown[1][0]),
        arithmetic="f(a, b) = f({x}, {y}) = {loss}",
        scene=[],
        aim=lambda _: [],
        names=lambda _: [],
        told=lambda _: "the loss along a, at the b of each, with a line down from where each is",
        losses=seen,
    )


def _looked_at(objective: fl.Objective, grid: Numbers) -> Numbers:
    """Return its values on a grid, shape (b, a), if it is quick enough to be asked so often."""
    times = []
    for _ in range(TIMED):
        begun = time.perf_counter()
        objective(np.array(START))
        times.append(time.perf_counter() - begun)
    if min(times) > SLOWEST:
        raise ValueError(
            f"one simulation takes {1e3 * min(times):.1f} ms, and a run makes some 1500: {1e3 * SLOWEST:g} ms is the most"
        )
    return np.asarray(objective(np.stack(np.meshgrid(grid, grid)).reshape(2, -1))).reshape(LOOKS, LOOKS)


def _finite(seen: Numbers, grid: Numbers) -> Numbers:
    """Return the values that are numbers, if there are some, not below 0 and not all the same."""
    finite = seen[np.isfinite(seen)]
    if not finite.size:
        raise ValueError("it is nowhere finite for a and b from 0 to 1")
    low = float(finite.min())
    if low < 0.0:
        at = np.unravel_index(np.where(np.isfinite(seen), seen, np.inf).argmin(), seen.shape)
        a, b = (printed(grid[index]) for index in reversed(at))
        raise ValueError(
            f"a loss is 0 at best, and here it is {printed(low)} at a = {a}, b = {b}: square what is missed, or add a number"
        )
    if low == float(finite.max()):
        raise ValueError("it is flat: no way leads down")
    return finite


def _profile(objective: fl.Objective, grid: Numbers, seen: Numbers, floor: float) -> Callable[..., Seen]:
    """Return how a point is seen: the loss along a at its b, between what was looked at, and a line down from its own."""

    def see(point: Numbers, _: float) -> Seen:
        a, b = np.clip(point, 0.0, 1.0)
        row = min(int(b * (LOOKS - 1)), LOOKS - 2)
        share = b * (LOOKS - 1) - row
        along = (1.0 - share) * seen[row] + share * seen[row + 1]
        # Where there is no number, there is none to be drawn.
        along = np.where(np.isfinite(along), along, floor)
        left = int(np.searchsorted(grid, a))
        here = float(np.interp(a, grid, along))
        x = np.concatenate([grid[:left], [a, a, a], grid[left:]])
        y = np.concatenate([along[:left], [here, floor, here], along[left:]])
        return Seen(np.array([x, y]), 0.0, 0.0)

    return see
