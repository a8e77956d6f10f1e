"""What there is to see once a training has ended: the loss around it, the wrong answers, and what each slope costs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from fallline_app.components.landscape import LandscapeMap, survey
from fallline_app.components.models import Table
from fallline_app.components.tracks import Tooltip, draw_tracks
from fallline_app.demos.network.agreement import MOST, compare, confusion
from fallline_app.demos.network.around import SAMPLES, describe, look_around, losses
from fallline_app.demos.network.model import METHODS
from fallline_app.demos.network.run import COLUMNS
from fallline_app.words import printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.components.models import Track
    from fallline_app.demos.network.run import Run

TOOLTIPS = [Tooltip("step", ("step",), "%d"), Tooltip("loss", ("loss",), "%.4g")]
HEADINGS = ["slope by", "digits", "the network runs", "ms"]
# A loss that differs by less, as a share of itself, is flat.
FLAT = 1e-9


class Surroundings:
    """A landscape, and two tables."""

    def __init__(self, tracks: list[Track]) -> None:
        self.landscape = LandscapeMap()
        plot = self.landscape.plot
        plot.xaxis[0].axis_label, plot.yaxis[0].axis_label = "along the path", "across it"
        draw_tracks(plot, tracks[:1], "across", "up", TOOLTIPS)
        self.slopes = Table(headings=HEADINGS)
        self.answers = Table()
        self.description = ""
        self._shown = False

    def clear(self) -> None:
        """Show nothing while a training is under way."""
        self.landscape.clear()
        self.description = "Loss around the end of the training: it has not ended yet."

    def show(self, run: Run) -> NDArray[np.float64]:
        """Show what is around the end of a training; return its frames with the path in the landscape's plane."""
        frames = run.frames.copy()
        around = look_around(run)
        landscape = None
        if around is not None:
            frames[0, COLUMNS.index("across"), : run.last + 1] = around.path[:, 0]
            frames[0, COLUMNS.index("up"), : run.last + 1] = around.path[:, 1]
            landscape = survey(_Once(partial(losses, run, around)), around.domain, SAMPLES)
            self.landscape.show(landscape)
        else:
            self.landscape.clear()
        self.description = describe(run, around)
        self._show_slopes(run)
        self._show_answers(run)
        return frames

    def _show_slopes(self, run: Run) -> None:
        rows, found = [], compare(run.setup, run.theta)
        # The first ones are not the visitor's; and where the site is built, time goes by the same for everything.
        timed = self._shown and len({round(one.milliseconds, 6) for one in found}) > 1
        self._shown = True
        for one in found:
            digits = "–" if np.isnan(one.digits) else f"{one.digits:.1f}"
            took = printed(one.milliseconds, 2) if timed else "–"
            series = "train" if one.method == run.setup.method else "test"
            rows.append(
                (
                    series,
                    "solid" if series == "train" else "2 3",
                    [METHODS[one.method], digits, one.cost, took],
                )
            )
        left = (
            f" With more than {MOST} parameters the slowest are left out."
            if run.setup.network.size > MOST
            else ""
        )
        when = "timed once on this computer" if timed else "timed as soon as something is changed"
        self.slopes.update(
            rows=rows,
            note=f"The slope of one batch at the end of the training, in {run.setup.network.size} parameters, by the digits in which it agrees with the first row; {when}.{left}",
        )

    def _show_answers(self, run: Run) -> None:
        kinds, counts = run.setup.data.kinds, confusion(run.setup, run.theta)
        wrong = int(counts.sum() - np.trace(counts))
        self.answers.update(
            headings=["held back", *(f"said {kind}" for kind in kinds), "right"],
            rows=[
                (f"class-{i}", "solid", [f"class {kind}", *map(str, row.tolist()), _share(row, i)])
                for i, (kind, row) in enumerate(zip(kinds, counts, strict=True))
            ],
            note=f"Wrong: {wrong} of the {counts.sum()} points that it never saw.",
        )


class _Once:
    """A surface that is flat nowhere: where all losses are as good as equal, it is tilted by nearly nothing."""

    def __init__(self, losses: object) -> None:
        self._losses = losses

    def __call__(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = self._losses(points)  # type: ignore[operator]
        finite = found[np.isfinite(found)]
        if not finite.size or np.ptp(finite) <= FLAT * max(1.0, float(np.abs(finite).max())):
            return np.linspace(0.0, 1.0, found.size) * 1e-6
        return found


def _share(row: NDArray[np.int64], kind: int) -> str:
    return f"{100.0 * row[kind] / row.sum():.0f} %" if row.sum() else "–"
