"""Surfaces to descend: those whose minima are known, and the visitor's own function of x and y."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan
from typing import TYPE_CHECKING, Any

import numpy as np

import fallline as fl
from fallline_app.expressions import compile_expression, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Domain = tuple[tuple[float, float], tuple[float, float]]

OWN = "own"
# The visitor's function is looked at on a grid of so many places each way before it is used.
LOOKS = 41
# Where the visitor's descents begin, in halves of the domain's sides from its middle.
OWN_START = (-0.75, 0.4)
# A central difference with this step, in parts of the map's side, where a function has no formula for its slope.
STEP = 2.0**-18
# A simulation of a throw takes 2.4 ms natively, so that a race on it would take half a minute in a browser.
TOO_SLOW = ("Thrown ball",)

OBJECTIVES = {
    objective.name: objective
    for objective in fl.objectives.ALL
    if len(objective.start) == 2 and objective.name not in TOO_SLOW
}
OPTIONS = [*((name, name) for name in OBJECTIVES), (OWN, "your own …")]

_MADE = {"Ravine": "fl.objectives.ravine()"}
_OWN = """\
def objective(point):
    x, y = point
    return {text}


objective.vectorized = True"""


@dataclass(frozen=True)
class Surface:
    """An objective of the plane, and the Python that makes it, as `objective`."""

    objective: fl.Objective
    code: str


def surface(name: str, condition: float) -> Surface:
    """Return a surface whose minima are known; `condition` is of the bowl alone."""
    if name == "Bowl":
        return Surface(fl.bowl(condition), f"objective = fl.bowl({condition!r})")
    return Surface(OBJECTIVES[name], f"objective = {_MADE.get(name) or _public_name(OBJECTIVES[name])}")


def _public_name(objective: fl.Objective) -> str:
    public = fl.objectives.__all__
    (name,) = (name for name in public if getattr(fl.objectives, name) is objective)
    return f"fl.{name}" if name in fl.__all__ else f"fl.objectives.{name}"


def own_surface(text: str, domain: Domain) -> Surface:
    """Return the visitor's function of x and y; nothing is known of its minima, and its gradient has no formula.

    Raises
    ------
    ValueError
        If it is no expression, or gives no real number for each point, or is flat.
    """
    function = compile_expression(text, "x", "y")

    def values(points: NDArray[Any]) -> Any:
        # What is no number is shown as that.
        with np.errstate(all="ignore"):
            return function(*points)

    _check(values, domain)
    (left, right), (bottom, top) = domain
    start = (_along(left, right, OWN_START[0]), _along(bottom, top, OWN_START[1]))
    objective = fl.Objective(
        name="Your function",
        function=values,
        gradient=fl.objectives.no_formula,
        domain=domain,
        start=start,
        minima=(),
        minimum=nan,
    )
    return Surface(objective, _OWN.format(text=text.strip()))


def _along(low: float, high: float, share: float) -> float:
    return float(f"{0.5 * (low + high) + 0.5 * (high - low) * share:.4g}")


def _check(values: Any, domain: Domain) -> None:
    points = grid(domain, LOOKS)
    try:
        many, one = np.asarray(values(points)), np.asarray(values(points[:, 0]))
    except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever it is, it is said)
        raise ValueError(refusal(error)) from None
    if many.shape != points.shape[1:] or one.shape != () or many.dtype.kind not in "iuf":
        raise ValueError(
            f"it must give one real number for each x and y, got {many.dtype} of shape {many.shape} for {points.shape[1]} points"
        )
    seen = many[np.isfinite(many)]
    if not seen.size:
        raise ValueError(f"it is nowhere finite for x and y in {domain[0]} and {domain[1]}")
    if seen.min() == seen.max():
        raise ValueError("it is flat: no way leads down")


def grid(domain: Domain, samples: int) -> NDArray[np.float64]:
    """Return points of an even grid, row by row from the lower left, shape (2, samples²)."""
    x, y = (np.linspace(low, high, samples) for low, high in domain)
    return np.stack(np.meshgrid(x, y)).reshape(2, -1)


def slope_of(objective: fl.Objective) -> Callable[[Any], Any]:
    """Return the formula of a surface's slope, or central differences where there is none, for many points at once."""
    if objective.gradient is not fl.objectives.no_formula:
        return objective.gradient
    side = max(high - low for low, high in objective.domain)
    h = STEP * side
    shifts = h * np.eye(2)[:, :, None]

    def slope(x: Any) -> Any:
        return np.stack([(objective(x + shift) - objective(x - shift)) / (2.0 * h) for shift in shifts])

    return slope


def is_unknown(objective: fl.Objective) -> bool:
    """Tell whether nobody knows the minima of a surface."""
    return isnan(objective.minimum)
