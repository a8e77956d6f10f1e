"""What is said of a race: its outcome, and its pictures to those who hear the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fallline_app.surfaces import is_unknown
from fallline_app.words import power_of_ten, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import fallline as fl
    from fallline_app.demos.race.lap import Lap
    from fallline_app.demos.race.looking import Method


class Terms(NamedTuple):
    """What the outcome of a race is judged by: who comes within `target` of the minimum has arrived."""

    steps: int
    target: float
    method: Method


def summarize(laps: Sequence[Lap], objective: fl.Objective, terms: Terms) -> str:
    """Say in a sentence who did best, or what to do where nobody did; and how slopes are found where it is not as usual."""
    if not laps:
        return "Nobody runs: switch a racer on."
    if not objective.minima:
        return _who_fell_furthest(laps, objective, terms.steps) + _found_by(terms.method)
    return _who_arrived(laps, objective, terms) + _found_by(terms.method)


def _found_by(method: Method) -> str:
    if method.usual:
        return ""
    cost = ", which evaluates nothing" if method.formula else ""
    return f" Slopes by {method.said}{cost}."


def _who_arrived(laps: Sequence[Lap], objective: fl.Objective, terms: Terms) -> str:
    within = f"within {power_of_ten(terms.target)} of the minimum"
    racing = [lap for lap in laps if not lap.note]
    if not racing:
        return "Nobody arrives, every loss left all bounds: lower the rates."
    arrivals = [(lap.arrival(objective.minimum + terms.target), lap) for lap in racing]
    arrived = [(arrival, lap) for arrival, lap in arrivals if arrival is not None]
    if not arrived:
        nearest = min(racing, key=lambda lap: float(lap.columns.loss[-1]))
        height = float(nearest.columns.loss[-1]) - objective.minimum
        return f"After {terms.steps} steps nobody is {within}; {nearest.name} is nearest, {printed(height, 2)} above."
    (step, calls), first = min(arrived, key=lambda arrival: arrival[0].step)
    return f"{first.name} is the first {within}: after {step} steps and {calls} evaluations."


def _who_fell_furthest(laps: Sequence[Lap], objective: fl.Objective, steps: int) -> str:
    """Without a bottom, who leaves all bounds downwards first wins, or who is lowest at the end."""
    known = "Nobody knows the minimum" if is_unknown(objective) else "This surface has no bottom"
    gone = [lap for lap in laps if lap.note and lap.columns.loss[-1] < 0.0 and lap.is_out_of_bounds]
    if gone:
        first = min(gone, key=lambda lap: lap.last)
        return f"{known}: {first.name} is the first to fall below −1e12, after {first.last} steps."
    falling = [lap for lap in laps if not lap.note]
    if not falling:
        stopped = any(not lap.is_out_of_bounds or lap.last == 0 for lap in laps)
        return (
            "Nobody falls: see below what went wrong."
            if stopped
            else "Nobody falls, every loss grew past all bounds: lower the rates."
        )
    lowest = min(falling, key=lambda lap: float(lap.columns.loss[-1]))
    loss = printed(lowest.columns.loss[-1])
    if is_unknown(objective):
        return f"{known}: after {steps} steps {lowest.name} is lowest, at {loss}."
    return f"{known}: after {steps} steps {lowest.name} has fallen furthest, to {loss}."


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
