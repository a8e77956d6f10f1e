"""The same slope by each method: how many digits agree with backpropagation, and what each costs."""

from __future__ import annotations

from math import log10
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fallline_app.demos.network.model import METHODS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.demos.network.setup import Setup

# With more parameters, what perturbs each of them takes longer than an answer may.
MOST = 150
SLOW = ("weight", "naive")
# Equal to the last bit.
ALL = 16.0
# SPSA is right on average only.
NO_DIGITS = ("spsa",)


class Agreement(NamedTuple):
    """How one method's slope compares: digits that agree, NaN for none meant; how often the network runs; milliseconds."""

    method: str
    digits: float
    cost: str
    milliseconds: float


def compare(setup: Setup, theta: NDArray[np.float64]) -> list[Agreement]:
    """Find the slope of one batch by each method that is quick enough."""
    rows, classes = setup.X[: setup.batch], setup.y[: setup.batch]
    if not len(classes) or not np.isfinite(theta).all():
        return []
    known = isinstance(setup.network.activation, str)
    reference, found = None, []
    for method in ("backprop", *(name for name in METHODS if name != "backprop")):
        if (method == "backprop" and not known) or (method in SLOW and setup.network.size > MOST):
            continue
        begin = perf_counter()
        with np.errstate(all="ignore"):
            slope = setup.network.gradient(theta, rows, classes, method=method)
        taken = 1e3 * (perf_counter() - begin)
        reference = slope if reference is None else reference
        digits = np.nan if method in NO_DIGITS else agreeing_digits(slope, reference)
        found.append(Agreement(method, digits, _cost(method, setup), taken))
    return found


def agreeing_digits(slope: NDArray[np.float64], reference: NDArray[np.float64]) -> float:
    """Return −log₁₀ of the largest difference, as a share of the largest slope; 16 where there is none."""
    largest = float(np.abs(reference).max())
    off = float(np.abs(slope - reference).max())
    if not np.isfinite(off) or largest == 0.0:
        return np.nan
    return min(ALL, -log10(off / largest)) if off > 0.0 else ALL


def _cost(method: str, setup: Setup) -> str:
    units, size = sum(setup.network.sizes[1:]), setup.network.size
    return {
        "backprop": "1 forth, 1 back",
        "node": f"{2 * units} parts",
        "layerwise": f"1 forth, 1 back, {2 * units} slopes",
        "weight": f"{2 * size} parts",
        "naive": f"{2 * size} runs",
        "spsa": "2 runs",
    }[method]
