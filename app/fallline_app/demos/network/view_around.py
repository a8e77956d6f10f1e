"""What there is to see once a training has ended: the loss around one of its steps, and what each slope costs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from fallline_app.components.landscape import LandscapeMap, survey
from fallline_app.components.models import LookAround, Table
from fallline_app.components.tracks import CUES, Tooltip, draw_tracks
from fallline_app.demos.network.agreement import MOST, compare
from fallline_app.demos.network.around import SAMPLES, describe, look_around, losses, place
from fallline_app.demos.network.model import METHODS
from fallline_app.demos.network.run import COLUMNS
from fallline_app.words import printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.components.models import Tape
    from fallline_app.demos.network.run import Run

TOOLTIPS = [Tooltip("step", ("step",), "%d"), Tooltip("loss", ("loss",), "%.4g")]
HEADINGS = ["slope by", "digits", "the network runs", "ms"]
# A loss that differs by less, as a share of itself, is flat.
FLAT = 1e-9


class Surroundings:
    """A landscape, what it is asked for with, and a table."""

    def __init__(self, tape: Tape) -> None:
        self.landscape = LandscapeMap()
        plot = self.landscape.plot
        plot.xaxis[0].axis_label, plot.yaxis[0].axis_label = "along the path", "across it"
        draw_tracks(plot, tape.tracks[:1], "across", "up", TOOLTIPS)
        self.slopes = Table(headings=HEADINGS)
        self.description = ""
        self.asked = LookAround(tape=tape, title="Look around step")
        self._shown = False

    def clear(self) -> None:
        """Show nothing while a training is under way."""
        self.landscape.clear()
        self.description = "Loss around the end of the training: it has not ended yet."
        self.asked.update(said="It has not ended yet.", value=-1)

    def show(self, run: Run) -> NDArray[np.float64]:
        """Show what there is once a training has ended; return its frames with the path in the landscape's plane."""
        self._show_slopes(run)
        self.asked.value = -1
        return self.look(run)

    def look(self, run: Run) -> NDArray[np.float64]:
        """Show the loss around the step that is asked for; return the run's frames with the path in its plane."""
        frames = run.frames.copy()
        moment = run.last if self.asked.value < 0 else min(self.asked.value, run.last)
        around = look_around(run, moment)
        landscape = None
        if around is not None:
            frames[0, COLUMNS.index("across"), : run.last + 1] = around.path[:, 0]
            frames[0, COLUMNS.index("up"), : run.last + 1] = around.path[:, 1]
            landscape = survey(_Once(partial(losses, run, around)), around.domain, SAMPLES)
            self.landscape.show(landscape)
        else:
            self.landscape.clear()
        self.description = describe(run, around, moment)
        self.asked.said = f"The loss above is that around {place(run, moment)}."
        return frames

    def _show_slopes(self, run: Run) -> None:
        rows, found = [], compare(run.setup, run.theta)
        # The first ones are not the visitor's; and where the site is built, time goes by the same for everything.
        timed = self._shown and len({round(one.milliseconds, 6) for one in found}) > 1
        self._shown = True
        for one in found:
            digits = "–" if np.isnan(one.digits) else f"{one.digits:.1f}"
            took = printed(one.milliseconds, 2) if timed else "–"
            rows.append((one.method, CUES[one.method].dash, [METHODS[one.method], digits, one.cost, took]))
        left = (
            f" With more than {MOST} parameters the slowest are left out."
            if run.setup.network.size > MOST
            else ""
        )
        when = "timed once on this computer" if timed else "timed as soon as something is changed"
        self.slopes.update(
            rows=rows,
            note=f"The slope of one batch at the end of the training, in {run.setup.network.size} parameters, by the digits in which it agrees with the first row; {when}. It learns by {METHODS[run.setup.method]}.{left}",
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
