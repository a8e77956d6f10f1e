"""A point on a curve, and the slopes that three differences see there while their step shrinks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import fallline as fl
from fallline.differences.evaluation import singly
from fallline_app.curve_point import CurvePoint
from fallline_app.demos.slope.words import describe_curve, describe_slopes, explain_end, summarize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.curves import Curve

SCHEMES = (fl.forward, fl.backward, fl.central)
# Powers of two: x + h then rounds as little as it can, and h itself not at all.
HALVINGS = 54
STEPS = 2.0 ** -np.arange(HALVINGS + 1.0)
# The coordinate that each step is taken along.
ALONG_X = np.zeros(STEPS.size, dtype=int)


class Columns(NamedTuple):
    """The numbers of one scheme by name, shape (halvings + 1,) each: where it looks, and the line through that."""

    step: NDArray[np.float64]
    h: NDArray[np.float64]
    slope: NDArray[np.float64]
    error: NDArray[np.float64]
    x_before: NDArray[np.float64]
    y_before: NDArray[np.float64]
    x_after: NDArray[np.float64]
    y_after: NDArray[np.float64]
    x_left: NDArray[np.float64]
    y_left: NDArray[np.float64]
    x_right: NDArray[np.float64]
    y_right: NDArray[np.float64]


COLUMNS = Columns._fields


@dataclass(frozen=True)
class Secants:
    """What one scheme sees at each step, the last one at which that is a slope, and why no later one: `mark` in short."""

    name: str
    columns: Columns
    last: int
    mark: str
    note: str


@dataclass(frozen=True)
class Sight:
    """What all schemes see at a point whose slope is `derivative`; NaN where there is none."""

    curve: Curve
    x: float
    derivative: float
    secants: tuple[Secants, ...]

    def frames(self) -> NDArray[np.float64]:
        """Return all numbers, shape (schemes, columns, halvings + 1)."""
        return np.array([secants.columns for secants in self.secants])

    @property
    def summary(self) -> str:
        """Which step comes nearest, and what happens below it."""
        return summarize(self)

    @property
    def descriptions(self) -> tuple[str, str]:
        """A sentence for the curve, and one for the slopes."""
        return describe_curve(self), describe_slopes(self)


class Slope(CurvePoint):
    """The settings: a curve and a point on it."""

    def look(self) -> Sight:
        """Let each scheme look at the point, with every step."""
        curve, x = self.chosen, float(self.x)
        derivative = curve.derivative(x)
        return Sight(curve, x, derivative, tuple(_look(scheme, curve, x, derivative) for scheme in SCHEMES))


def _look(scheme: fl.Scheme, curve: Curve, x: float, derivative: float) -> Secants:
    before, after = (x + offset * STEPS for offset in (scheme.offsets[0], scheme.offsets[-1]))
    low, high = curve.values(before), curve.values(after)
    left, right = curve.domain
    with np.errstate(all="ignore"):
        # A step that moves nothing gives NaN: 0/0.
        slope = scheme.differences(singly(lambda x: curve.function(x[0])), np.array([x]), STEPS, ALONG_X)
        columns = Columns(
            step=np.arange(STEPS.size, dtype=float),
            h=STEPS,
            slope=slope,
            error=np.abs(slope - derivative),
            x_before=before,
            y_before=low,
            x_after=after,
            y_after=high,
            x_left=np.full_like(STEPS, left),
            y_left=low + slope * (left - before),
            x_right=np.full_like(STEPS, right),
            y_right=low + slope * (right - before),
        )
    seen = np.flatnonzero(np.isfinite(slope))
    last = int(seen[-1]) if seen.size else 0
    return Secants(scheme.name, columns, last, *explain_end(columns, x))
