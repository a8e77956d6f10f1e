"""Where values lie in the frame of a plot, as shares of it: that holds at every size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from bokeh.models import LogScale

if TYPE_CHECKING:
    from bokeh.models import Plot, Range1d
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Scale:
    """One direction of a frame: values from `low` to `high`, even or by ratio."""

    low: float
    high: float
    log: bool

    def share(self, values: Any) -> NDArray[np.float64]:
        """Return where values lie, 0 at `low` and 1 at `high`."""
        low, high, at = (
            np.log(v) if self.log else np.asarray(v, dtype=float) for v in (self.low, self.high, values)
        )
        return np.asarray((at - low) / (high - low))


@dataclass(frozen=True)
class Frame:
    """The frame of a plot."""

    x: Scale
    y: Scale

    def place(self, x: Any, y: Any) -> NDArray[np.float64]:
        """Return places as shares of the frame from its upper left, shape (m, 2)."""
        return np.column_stack([self.x.share(x), 1.0 - self.y.share(y)])


def frame_of(plot: Plot) -> Frame:
    """Return the frame that a plot shows."""

    def scale(ends: Range1d, kind: object) -> Scale:
        return Scale(float(ends.start), float(ends.end), isinstance(kind, LogScale))

    return Frame(scale(plot.x_range, plot.x_scale), scale(plot.y_range, plot.y_scale))


def inside(places: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell of each place, shape (m, 2), whether it is in the frame."""
    return np.asarray(((places >= 0.0) & (places <= 1.0)).all(axis=1))


def at(place: NDArray[np.float64]) -> str:
    """Write a place as the attributes of an SVG element."""
    return f'x="{percent(place[0])}" y="{percent(place[1])}"'


def percent(share: float) -> str:
    """Write a share as SVG and CSS do."""
    return f"{100.0 * share:.2f}".rstrip("0").rstrip(".") + "%"
