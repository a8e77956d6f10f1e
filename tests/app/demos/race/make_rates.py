"""Finds the rates of `fallline_app.rates.RATES`: PYTHONPATH=core:app python tests/app/demos/race/make_rates.py

Every optimizer is given the same chance: of the rates 1, 2 and 5 times a power of ten, the one that ends lowest
after 200 steps from the surface's start, among those that neither leave all bounds within 500 steps nor hang on a rounding
error. Where there is no bottom it is the largest that stays on the map. Printed for every surface; those of the six first surfaces were
chosen by eye before, for tracks worth watching, and stay.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np

import fallline as fl
from fallline_app.heights import GROWN_TOO_FAR
from fallline_app.surfaces import OBJECTIVES

RATES = [float(f"{digit}e{power}") for power in range(-5, 2) for digit in (1, 2, 5)][:-2]
OPTIMIZERS = (fl.GradientDescent, fl.Momentum, fl.Nesterov, fl.AdaGrad, fl.RMSProp, fl.Adam)
STEPS, LONG = 200, 500
NEAR, FAR = 1e-10, 1e300


def badness(objective: fl.Objective, kind: Any, rate: float) -> float:
    """Return how high a descent ends, or infinity where it is no use."""
    ends = [walk(objective, kind(rate=rate), nudge) for nudge in (1.0, 1.0 + 4e-16)]
    (points, within), (others, _) = ends
    if not within or not np.allclose(points, others, rtol=NEAR, atol=NEAR):
        return FAR
    if objective.minima:
        return float(objective(points[-1])) - objective.minimum
    low, high = np.transpose(objective.domain)
    return -rate if ((points >= low) & (points <= high)).all() else FAR


def walk(objective: fl.Objective, optimizer: Any, nudge: float) -> tuple[Any, bool]:
    """Return the points of a descent, and whether its values stay within bounds."""
    start = np.array(objective.start) * [nudge, 1.0]
    frames = list(islice(fl.descend(objective, start, optimizer), (LONG if objective.minima else STEPS) + 1))
    within = all(abs(frame.value) <= GROWN_TOO_FAR for frame in frames)
    return np.array([frame.x for frame in frames[: STEPS + 1]]), within


if __name__ == "__main__":
    for name, objective in OBJECTIVES.items():
        best = tuple(min((badness(objective, kind, rate), rate) for rate in RATES)[1] for kind in OPTIMIZERS)
        print(f'    "{name}": {best},', flush=True)
