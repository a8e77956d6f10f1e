"""The rates that a surface brings: those of a table, or, where nobody knows the surface, what follows from its start."""

from __future__ import annotations

from math import floor, log10
from typing import NamedTuple

import numpy as np

import fallline as fl
from fallline_app.surfaces import is_unknown


class Rates(NamedTuple):
    """A rate for each of the first six optimizers; the others take that of the one they are most like."""

    gradient_descent: float
    momentum: float
    nesterov: float
    adagrad: float
    rmsprop: float
    adam: float


# On the first six surfaces rates at which 200 steps from the start are worth watching, chosen by eye. On Rastrigin's hills
# they stay where a run that begins a rounding error away ends as near, so that every machine sees the same.
# On the others each optimizer has the one of the rates 1, 2, 5 times a power of ten that ends lowest after 200 steps, or,
# without a bottom, the largest that stays on the map: `tests/app/demos/race/make_rates.py` finds them.
TABLE = {
    "Bowl": Rates(0.05, 0.02, 0.02, 0.5, 0.05, 0.2),
    "Himmelblau": Rates(0.01, 0.01, 0.01, 0.5, 0.05, 0.2),
    "Rosenbrock": Rates(0.003, 0.0015, 0.0015, 1.0, 0.1, 0.5),
    "Beale": Rates(0.02, 0.003, 0.003, 1.0, 0.1, 0.4),
    "Saddle": Rates(0.02, 0.0025, 0.0025, 0.05, 0.005, 0.008),
    "Rastrigin": Rates(0.002, 0.005, 0.002, 0.8, 0.08, 0.8),
    "Ravine": Rates(0.01, 0.005, 0.01, 2.0, 0.05, 1.0),
    "Booth": Rates(0.1, 0.005, 0.05, 5.0, 0.2, 0.5),
    "Matyas": Rates(1.0, 0.1, 0.02, 10.0, 0.5, 1.0),
    "Monkey saddle": Rates(0.002, 0.002, 0.0002, 0.05, 0.002, 0.005),
    "Three-hump camel": Rates(0.1, 0.01, 0.02, 2.0, 0.2, 0.5),
    "Six-hump camel": Rates(0.05, 0.02, 0.05, 1.0, 0.01, 0.5),
    "Goldstein–Price": Rates(1e-05, 1e-05, 1e-05, 1.0, 0.1, 0.1),
    "McCormick": Rates(0.1, 0.01, 0.1, 1.0, 0.05, 1.0),
    "Ackley": Rates(0.005, 0.001, 0.01, 0.05, 0.005, 0.1),
    "Griewank": Rates(0.2, 0.5, 0.1, 0.5, 0.02, 1.0),
    "Levy": Rates(0.02, 0.02, 0.02, 5.0, 0.05, 0.5),
    "Styblinski–Tang": Rates(0.005, 0.02, 0.005, 5.0, 0.5, 2.0),
    "Plateau": Rates(10.0, 2.0, 1.0, 1.0, 0.05, 0.2),
    "Easom": Rates(10.0, 10.0, 10.0, 0.05, 0.005, 0.2),
    "Kinked valley": Rates(0.01, 0.001, 0.001, 1.0, 0.05, 1.0),
}

# For a surface that nobody knows: shares of 1/L, where L is the largest curvature at the start, and of half the map's side.
SHARES_OF_CURVATURE = (0.5, 0.1, 0.1)
SHARES_OF_REACH = (1 / 12, 1 / 120, 1 / 30)
LOWEST, HIGHEST = 1e-5, 10.0


def rates_of(objective: fl.Objective) -> Rates:
    """Return the rates that suit a surface."""
    return _guess(objective) if is_unknown(objective) else TABLE[objective.name]


def _guess(objective: fl.Objective) -> Rates:
    with np.errstate(all="ignore"):
        hessian = fl.hessian(objective, np.array(objective.start))
    finite = np.isfinite(hessian).all()
    curvature = float(np.abs(np.linalg.eigvalsh(hessian)).max()) if finite else 1.0
    reach = 0.5 * min(high - low for low, high in objective.domain)
    steep = (share / max(curvature, 1e-300) for share in SHARES_OF_CURVATURE)
    return Rates(*(_round(rate) for rate in (*steep, *(share * reach for share in SHARES_OF_REACH))))


def _round(rate: float) -> float:
    """Round down to one digit, within the range of the settings."""
    rate = min(max(rate, LOWEST), HIGHEST)
    power = 10.0 ** floor(log10(rate))
    return float(f"{floor(rate / power * (1.0 + 1e-12)) * power:.0e}")
