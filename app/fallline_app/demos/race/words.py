"""What is said of a race: its outcome, and its pictures to those who hear the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import fallline as fl
    from fallline_app.demos.race.lap import Lap

# Who comes so near to the minimum has arrived.
NEAR = 1e-6


def summarize(laps: Sequence[Lap], objective: fl.Objective, steps: int) -> str:
    """Say in one sentence who did best, or what to do where nobody did."""
    if not laps:
        return "Nobody runs: switch a racer on."
    if not objective.minima:
        return _who_fell_furthest(laps, steps)
    racing = [lap for lap in laps if not lap.note]
    if not racing:
        return "Nobody arrives, every loss left all bounds: lower the rates."
    arrivals = [(_arrival(lap, objective), lap) for lap in racing]
    arrived = [(step, lap) for step, lap in arrivals if step is not None]
    if not arrived:
        nearest = min(racing, key=lambda lap: float(lap.columns.loss[-1]))
        height = float(nearest.columns.loss[-1]) - objective.minimum
        return f"After {steps} steps nobody is within 10⁻⁶ of the minimum; {nearest.name} is nearest, {height:.2g} above."
    step, first = min(arrived, key=lambda arrival: arrival[0])
    # The slope at the place of arrival is measured, but nobody needed it to come there.
    calls = int(first.columns.evaluations[step - 1]) if step else 0
    return (
        f"{first.name} is the first within 10⁻⁶ of the minimum: after {step} steps and {calls} evaluations."
    )


def _arrival(lap: Lap, objective: fl.Objective) -> int | None:
    near = np.flatnonzero(lap.columns.loss - objective.minimum <= NEAR)
    return int(near[0]) if near.size else None


def _who_fell_furthest(laps: Sequence[Lap], steps: int) -> str:
    """Without a bottom, who leaves all bounds downwards first wins, or who is lowest at the end."""
    gone = [lap for lap in laps if lap.note and lap.columns.loss[-1] < 0.0]
    if gone:
        first = min(gone, key=lambda lap: lap.last)
        return f"This surface has no bottom: {first.name} is the first to fall below −1e12, after {first.last} steps."
    falling = [lap for lap in laps if not lap.note]
    if not falling:
        return "Nobody falls, every loss grew past all bounds: lower the rates."
    lowest = min(falling, key=lambda lap: float(lap.columns.loss[-1]))
    loss = printed(lowest.columns.loss[-1])
    return f"This surface has no bottom: after {steps} steps {lowest.name} has fallen furthest, to {loss}."


def describe_tracks(laps: Sequence[Lap], objective: fl.Objective) -> str:
    """Say in one sentence what the map shows."""
    if not laps:
        return f"Contour map of {objective.name}, without a track."
    begin, *_ = laps
    start = f"({printed(begin.columns.x[0])}, {printed(begin.columns.y[0])})"
    ends = (f"{lap.name} to ({printed(lap.columns.x[-1])}, {printed(lap.columns.y[-1])})" for lap in laps)
    return f"Contour map of {objective.name} with the tracks from {start}: {', '.join(ends)}."


def describe_losses(laps: Sequence[Lap]) -> str:
    """Say in one sentence what the curve shows."""
    if not laps:
        return "Heights against the step, without a line."
    ends = (f"{lap.name} at {printed(lap.columns.loss[-1])} after {lap.last} steps" for lap in laps)
    return (
        "Heights against the step on a logarithmic axis, those below 10⁻¹⁶ drawn there; "
        f"the losses end with {', '.join(ends)}."
    )
