"""What the optimizers that search along a line have in common."""

from typing import NamedTuple

import numpy as np

from fallline.arrays import Vector
from fallline.hyperparameters import FRACTION, POSITIVE, setting
from fallline.optimizers.line_search import Line, strong_wolfe
from fallline.optimizers.protocol import Slope, Value
from fallline.optimizers.trial import Spot


def first_length_field(help: str = "Factor of the first length that a search tries.") -> float:
    """Declare the rate of a method that searches for its own."""
    return setting(1.0, low=1e-3, high=10.0, scale="log", valid=POSITIVE, help=help)


def c1_field() -> float:
    """Declare the first constant of the Wolfe conditions."""
    help = "How much of the promised fall a search insists on; less than c2."
    return setting(1e-4, low=1e-6, high=0.01, scale="log", valid=POSITIVE, help=help)


def c2_field(default: float) -> float:
    """Declare the second constant of the Wolfe conditions."""
    help = "How much of the slope along the line may be left where a search ends."
    return setting(default, low=0.02, high=0.99, scale="complement", valid=FRACTION, help=help)


def check_wolfe(c1: float, c2: float) -> None:
    """Refuse constants between which no good place need exist.

    Raises
    ------
    ValueError
        If not c1 < c2.
    """
    if not c1 < c2:
        raise ValueError(f"c1 must be below c2, got c1={c1} and c2={c2}; 1e-4 and 0.9 are usual")


class Landing(NamedTuple):
    """Where a search ended: the point, its distance in units of the direction, and the slope along it at the start."""

    x: Vector
    length: float
    along: float


def search(
    x: Vector,
    slope: Vector,
    direction: Vector,
    first: float,
    objective: Value,
    gradient: Slope,
    c1: float,
    c2: float,
) -> Landing:
    """Walk from `x` along `direction` as far as the strong Wolfe conditions ask.

    A slope that is not finite leads nowhere: the point becomes what arithmetic makes of it.
    """
    along = float(slope @ direction)
    if not np.isfinite(along):
        return Landing(x - slope, np.nan, along)
    if along >= 0.0:
        return Landing(x.copy(), 0.0, along)
    start = Spot(0.0, objective(x), along)
    spot = strong_wolfe(Line(objective, gradient, x, direction, start, c1, c2), first)
    return Landing(x + spot.length * direction, spot.length, along)


def downhill(direction: Vector, slope: Vector) -> Vector:
    """Return a direction if it leads downhill, and else the steepest one."""
    return direction if slope @ direction < 0.0 else -slope


def first_length(rate: float, slope: Vector) -> float:
    """Length to try where nothing is known of the curvature: so that no move is longer than the rate."""
    norm = float(np.sqrt(slope @ slope))
    return rate * min(1.0, 1.0 / norm) if norm else rate
