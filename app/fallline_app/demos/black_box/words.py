"""What is said of descents through a black box: who survives, and of what the others die."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline.objectives.walls import LOST
from fallline_app.demos.black_box.dimensions import BUDGET, NOISE, PARAMETERS, RATES
from fallline_app.demos.black_box.dimensions import SEEDS as GROWN
from fallline_app.demos.black_box.measuring import COUNT, SEEDS
from fallline_app.demos.black_box.simulations import BALL, THERMOSTAT
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fallline_app.demos.black_box.descents import Descent, Terms
    from fallline_app.demos.black_box.methods import Method
    from fallline_app.demos.black_box.run import Run
    from fallline_app.demos.black_box.simulations import Simulation


def summarize(run: Run) -> str:
    """Say in two sentences who comes as low as the goal first, and of those who never do who is highest."""
    pairs = _running(run)
    if not pairs:
        return "Nobody descends: switch a method on."
    arrivals = [(spent, method) for method, one in pairs if (spent := one.arrival(run.goal)) is not None]
    late = [(float(one.losses[-1]), method) for method, one in pairs if one.arrival(run.goal) is None]
    goal = f"{printed(run.goal)} {run.terms.box.unit}".rstrip()
    if not arrivals:
        loss, method = min(late, key=lambda one: one[0])
        if _on_plain(run.terms, loss):
            return f"From values alone nobody comes to {goal} in {run.terms.budget} evaluations, nor below {printed(loss)}: over the wall the loss is a plain, and no value tells the way down."
        return f"From values alone nobody comes to {goal} in {run.terms.budget} evaluations; {method.title} ends lowest, at {printed(loss)}."
    spent, first = min(arrivals, key=lambda one: one[0])
    said = f"From values alone {first.title} is the first to come to {goal}, after {spent} evaluations."
    if not late:
        return f"{said} All the others come too."
    loss, worst = max(late, key=lambda one: one[0])
    return f"{said} {worst.title.capitalize()} never does, and ends at {printed(loss)}{_death(worst, run.terms)}."


def _on_plain(terms: Terms, lowest: float) -> bool:
    """Tell whether even the lowest has thrown over the wall, where all throws count the same."""
    return terms.simulation == BALL and lowest == LOST * LOST


def _death(worst: Method, terms: Terms) -> str:
    if worst.series != "tiny":
        return ""
    if terms.noise > 0.0:
        return ": over so short a step it sees noise alone"
    return ": over so short a step it sees a plain" if terms.simulation == THERMOSTAT else ""


def explain(one: Descent, terms: Terms) -> str:
    """Say in one sentence why a descent ended before the others; nothing where it did not."""
    if one.left is None:
        return ""
    if one.trouble:
        return f"stopped at step {len(one.points)}, after {one.left} evaluations: {one.trouble}"
    return (
        f"left the map at step {len(one.points)}, after {one.left} evaluations: "
        f"a lower rate than {printed(terms.rate)}, or a longer step h, keeps it there"
    )


def describe_tracks(run: Run) -> str:
    """Say in one sentence what the map shows."""
    simulation = run.terms.box
    x, y = simulation.axes
    what = f"Map of the loss of the {simulation.title} over its {x.name} and its {y.name}"
    ends = [
        f"{method.title} to {x.told(rows[1][last])} and {y.told(rows[2][last])}"
        for method, rows, last, one in zip(run.methods, run.frames, run.lasts, run.descents, strict=True)
        if one is not None
    ]
    return f"{what}, with the tracks of {', '.join(ends)}." if ends else f"{what}, without a track."


def describe_scene(run: Run) -> str:
    """Say in one sentence what the simulation's plot shows."""
    shown = run.terms.box.told(run.terms.target)
    ends = [
        f"{method.title} misses by {printed(rows[6][last])} m"
        for method, rows, last, one in zip(run.methods, run.frames, run.lasts, run.descents, strict=True)
        if one is not None and run.terms.simulation == BALL
    ]
    return f"Simulation at the current step: {shown}{': ' if ends else ''}{', '.join(ends)}."


def describe_losses(run: Run) -> str:
    """Say in one sentence what the curve of the losses shows."""
    ends = [f"{method.title} at {printed(one.losses[-1])}" for method, one in _running(run)]
    return f"Losses without errors against evaluations, on a logarithmic axis; they end with {', '.join(ends) or 'none'}."


def describe_steps(steps: Sequence[float], losses: Sequence[float]) -> str:
    """Say in one sentence what the curve over the step h shows."""
    if not steps:
        return "Last losses of central differences against their step h; not measured yet."
    low, loss = min(zip(steps, losses, strict=True), key=lambda one: one[1])
    ends = f"{printed(losses[0])} at h = {printed(steps[0], 2)}, {printed(losses[-1])} at {printed(steps[-1], 2)}"
    return f"Last losses of central differences against their step h: {ends}, and lowest at {printed(low, 2)} with {printed(loss)}."


def explain_survival(simulation: Simulation, measured: bool) -> str:
    """Say in a sentence or two what the table of survivors counts."""
    if not measured:
        return f"Not measured at these settings: Measure makes {COUNT} descents."
    return (
        f"The median of {SEEDS} last losses{f' in {simulation.unit}' if simulation.unit else ''}, and how many of {SEEDS} end as low as the goal; σ is the noise, "
        "and all spend as many evaluations. At other starts and rates others survive."
    )


def explain_growth() -> str:
    """Say in a sentence or two what the table of dimensions counts."""
    return (
        f"The median loss of {GROWN} heating plans with {PARAMETERS[0]} to {PARAMETERS[-1]} set points a day, in K², after {BUDGET} evaluations "
        f"with noise σ = {printed(NOISE)} K², each at the best of {len(RATES)} rates of Adam."
    )


def _running(run: Run) -> list[tuple[Method, Descent]]:
    return [(method, one) for method, one in zip(run.methods, run.descents, strict=True) if one is not None]
