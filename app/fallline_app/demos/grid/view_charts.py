"""The grid's charts: errors against the spacing, and memory against the dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fallline_app.components.chart import Chart, Series
from fallline_app.components.plots import fit_decades, new_plot
from fallline_app.components.tracks import Tooltip
from fallline_app.demos.grid.memory import DIMENSIONS, ROOM
from fallline_app.demos.grid.orders import COUNTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.demos.grid.looking import Look
    from fallline_app.demos.grid.memory import Memory
    from fallline_app.demos.grid.orders import Fall, Orders

    Numbers = NDArray[np.float64]

INSIDE, EDGES, HERE = "inside", "edges", "this grid"
NUMPY, FIELD, SAMPLES, LIMIT = "NumPy", "slabs", "samples", "4 GiB"
MEASURED_NUMPY, MEASURED_FIELD = "NumPy, measured", "slabs, measured"
# How far the axes reach beyond what they show: for the names, in parts of the axis, and as a factor.
ROOM_FOR_NAMES, MARGIN = 0.5, 6.0


class OrdersChart:
    """Errors against the number of samples each way, both logarithmic, with the powers of the spacing h beside them."""

    def __init__(self) -> None:
        self.plot = new_plot("samples each way", "median error", x_scale="log", y_scale="log", x_ticks=COUNTS)
        series = [
            Series("h²", "contour", guide=True),
            Series("h", "contour", guide=True),
            Series(INSIDE, "central", "solid", "diamond"),
            Series(EDGES, "adagrad", "2 3", "triangle"),
            Series(HERE, "gradient-descent", "", "circle", named=False),
        ]
        tooltips = [Tooltip("samples each way", ("x",), "%d"), Tooltip("error", ("y",), "%.3g")]
        self._chart = Chart(self.plot, series, tooltips)

    def show(self, orders: Orders, seen: Look) -> None:
        """Show how errors fall, and where the grid on the map is."""
        n, here = np.array(COUNTS, dtype=float), np.full(2, float(seen.spacing.samples))
        errors = np.concatenate([orders.inside.errors, orders.edges.errors, [seen.inside, seen.edges]])
        errors = errors[np.isfinite(errors) & (errors > 0.0)]
        bottom, top = (errors.min(), errors.max()) if errors.size else (1e-6, 1.0)
        left, right = min(n[0], here[0]) / 1.25, n[-1]
        self.plot.x_range.update(start=left, end=right * (right / left) ** ROOM_FOR_NAMES)
        fit_decades(self.plot, max(bottom, top * 1e-16) / MARGIN, top * MARGIN)
        self._chart.show(
            {
                "h²": (n, _guide(n, orders.inside, 2)),
                "h": (n, _guide(n, orders.edges, 1)),
                INSIDE: (n, orders.inside.errors),
                EDGES: (n, orders.edges.errors),
                HERE: (here, np.array([seen.inside, seen.edges])),
            }
        )


def _guide(n: Numbers, fall: Fall, power: int) -> Numbers:
    """Return what falls with a power of the spacing to the last error; nothing where the error is but rounding."""
    if fall.exact:
        return np.full(n.shape, np.nan)
    return np.asarray(fall.errors[-1] * ((n[-1] - 1.0) / (n - 1.0)) ** power)


class MemoryChart:
    """Bytes at the peak against the number of dimensions: lines are predicted, points measured."""

    def __init__(self) -> None:
        self.plot = new_plot("dimensions", "bytes at the peak", y_scale="log", x_ticks=DIMENSIONS)
        series = [
            Series(LIMIT, "contour", guide=True),
            Series(SAMPLES, "gradient-descent", "6 3"),
            Series(FIELD, "second-order", "10 3 2 3"),
            Series(NUMPY, "central"),
            Series(MEASURED_FIELD, "second-order", "", "square", named=False),
            Series(MEASURED_NUMPY, "central", "", "diamond", named=False),
        ]
        self._chart = Chart(
            self.plot, series, [Tooltip("dimensions", ("x",), "%d"), Tooltip("bytes", ("y",), "%.4g")]
        )

    def show(self, memory: Memory) -> None:
        """Show what is predicted and what was measured."""
        d = np.array(DIMENSIONS, dtype=float)
        last = d[-1] + ROOM_FOR_NAMES * (d[-1] - d[0])
        self.plot.x_range.update(start=d[0] - 0.3, end=last)
        top = max(float(memory.numpy[-1]), ROOM)
        fit_decades(self.plot, float(memory.samples[0]) / MARGIN, top * MARGIN)
        self._chart.show(
            {
                LIMIT: (np.array([d[0] - 0.3, d[-1]]), np.full(2, ROOM)),
                SAMPLES: (d, memory.samples),
                NUMPY: (d, memory.numpy),
                FIELD: (d, memory.field),
                MEASURED_NUMPY: (d, memory.measured_numpy),
                MEASURED_FIELD: (d, memory.measured_field),
            }
        )
