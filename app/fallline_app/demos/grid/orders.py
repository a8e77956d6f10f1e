"""How the error falls while the spacing does: measured on finer and finer grids, inside and at the edges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from fallline_app.demos.grid.looking import look

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.demos.grid.looking import Spacing
    from fallline_app.surfaces import Surface

    Numbers = NDArray[np.float64]

# Samples along each axis of the grids that are compared; the order is that of the last few.
COUNTS = (9, 17, 33, 65, 129)
LAST = 3
# An error below this, in parts of the median slope, is rounding.
ROUNDING = 1e-11
# Between whose last spacings the power differs by more than this, the error follows none yet.
STRAIGHT = 0.6


@dataclass(frozen=True)
class Fall:
    """Median errors at each spacing, and the power of the spacing that they fall with.

    `exact` says that the last are rounding; without a power and not exact, they follow no single power.
    """

    errors: Numbers
    power: float | None
    exact: bool


@dataclass(frozen=True)
class Orders:
    """How errors fall inside and at the edges, at some spacings along x."""

    spacings: Numbers
    inside: Fall
    edges: Fall


def measure_orders(surface: Surface, spacing: Spacing) -> Orders:
    """Look at a surface through finer and finer grids of one kind."""
    looks = [look(surface, replace(spacing, samples=count), 0.0) for count in COUNTS]
    (low, high), _ = surface.objective.domain
    spacings = (high - low) / (np.array(COUNTS) - 1.0)
    inside, edges = (np.array([getattr(seen, part) for seen in looks]) for part in ("inside", "edges"))
    finest = np.abs(looks[-1].true)
    steep = float(np.median(finest[np.isfinite(finest)])) if np.isfinite(finest).any() else 0.0
    return Orders(spacings, *(_fall(spacings, errors, steep) for errors in (inside, edges)))


def _fall(spacings: Numbers, errors: Numbers, steep: float) -> Fall:
    last = errors[-LAST:]
    if not (last > ROUNDING * steep).all():
        return Fall(errors, None, bool(np.isfinite(last).all()))
    along, up = np.log(spacings[-LAST:]), np.log(last)
    powers = np.diff(up) / np.diff(along)
    power = float(np.polyfit(along, up, 1)[0]) if np.ptp(powers) < STRAIGHT else None
    return Fall(errors, power, exact=False)
