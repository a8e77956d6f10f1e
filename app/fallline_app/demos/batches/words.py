"""What is said of a run: what it took to come near, and how near it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fallline_app.demos.batches.lap import Lap
    from fallline_app.demos.batches.law import Law
    from fallline_app.demos.batches.problem import Problem

AXES = {"seen": "samples seen", "updates": "updates", "evaluations": "evaluations"}


def summarize(laps: Sequence[Lap], problem: Problem, target: float) -> str:
    """Say in a sentence how many samples everyone needs to come near, and how near they stay."""
    if not laps:
        return "Nobody runs: switch one on."
    falling = [lap for lap in laps if not lap.note]
    if not falling:
        return "Nobody arrives, every loss left all bounds: lower the rate."
    needs = [f"{lap.name} {_need(lap, problem, target)}" for lap in falling]
    stays = [printed(lap.later(problem.floor), 2) for lap in falling]
    above = "above it" if problem.minimum else "above 0"
    kept = f"over the last third of their updates they are {_listed(stays)} {above} on average"
    return f"To come {near(problem, target)}, {_listed(needs)}; {kept}."


def near(problem: Problem, target: float) -> str:
    """Say what counts as near."""
    return f"within {printed(target)} of the minimum" if problem.minimum else f"down to {printed(target)}"


def _need(lap: Lap, problem: Problem, target: float) -> str:
    came = lap.arrival(problem.floor + target)
    if came is None:
        return f"needs more than {printed(lap.updates.seen[-1], 6)} samples"
    return f"needs {_count(lap.updates.seen[came], 'sample')} in {_count(came, 'update')}"


def _count(number: float, what: str) -> str:
    return f"{number:.0f} {what}" if number == 1.0 else f"{number:.0f} {what}s"


def _listed(parts: Sequence[str]) -> str:
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last


def describe(
    laps: Sequence[Lap], watched: Lap | None, problem: Problem, axis: str, law: Law
) -> list[tuple[str, str]]:
    """Say in a sentence each what the plots show, by the names of their places."""
    return [
        ("map", describe_paths(laps)),
        ("curve", describe_losses(laps, problem, axis)),
        *describe_batch(watched, problem),
        ("noise", describe_law(law)),
    ]


def describe_paths(laps: Sequence[Lap]) -> str:
    """Say in a sentence what the map shows."""
    if not laps:
        return "Contour map of the loss over all data, without a path."
    begin = laps[0].updates.x[0]
    ends = [
        f"{lap.name} to ({printed(lap.updates.x[-1, 0])}, {printed(lap.updates.x[-1, 1])})" for lap in laps
    ]
    start = f"({printed(begin[0])}, {printed(begin[1])})"
    return (
        f"Contour map of the loss over all data by slope and intercept, with paths from {start}: {_listed(ends)}; "
        "around the next place of each, ellipses of one and two standard deviations of its gradient, times the rate."
    )


def describe_losses(laps: Sequence[Lap], problem: Problem, axis: str) -> str:
    """Say in a sentence what the curve shows."""
    ends = [f"{lap.name} at {printed(lap.updates.value[-1] - problem.floor)}" for lap in laps]
    above = "Loss above the minimum" if problem.minimum else "Loss"
    return f"{above} against {AXES[axis]}, both axes logarithmic; it ends with {_listed(ends) if ends else 'nobody'}."


def axis_of(laps: Sequence[Lap], axis: str) -> str:
    """Name the curve's axis; where nothing is evaluated, updates stand there."""
    counts = any(lap.updates.evaluations.any() for lap in laps)
    return AXES[axis] if counts or axis != "evaluations" else "updates: backprop evaluates nothing"


def arithmetic(samples: int, size: int, short: bool) -> list[str]:
    """Return the parts of an equation, with columns in braces: what the noise of the current batch follows from.

    `short` says whether an epoch ends with a batch of fewer samples, which weighs less.
    """
    weight, shown = (" · b / B", f" · {{size}} / {size}") if short else ("", "")
    return [
        f"σ / √b · √((n − b) / (n − 1)){weight}",
        f"= {{spread}} / √{{size}} · √(({samples} − {{size}}) / {samples - 1}){shown}",
        "= {noise}",
    ]


def describe_batch(lap: Lap | None, problem: Problem) -> list[tuple[str, str]]:
    """Say in a sentence what the plot of the data shows, and what that of the epoch's order."""
    data = f"The {problem.samples} samples with everyone's line"
    order = "The samples of the epoch in the order in which they are looked at"
    if lap is None:
        return [("data", f"{data}."), ("order", f"{order}; the one that is watched does not run.")]
    if lap.size == problem.samples:
        whole = f"{data}; {lap.name} looks at all of them for each update."
        return [("data", whole), ("order", f"{order}: all at once.")]
    rest = problem.samples % lap.size
    left = f", the last of {rest}" if rest else ""
    cut = f"{order}, cut into batches of {lap.size}{left}; every epoch they are shuffled anew."
    return [("data", f"{data}; those in the current batch of {lap.name} are marked."), ("order", cut)]


def describe_law(law: Law) -> str:
    """Say in a sentence what the plot of the noise shows."""
    pairs = [
        f"{printed(measured)} for {size:.0f}" for size, measured in zip(law.tried, law.measured, strict=True)
    ]
    return f"Standard deviation of the gradient at the start against the size of the batch, falling like one over its root: {', '.join(pairs)}."
