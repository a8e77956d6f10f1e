"""What is said of a training without backpropagation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fallline_app.demos.digits.training import TEST, TRAIN, Training
from fallline_app.words import power_of_ten, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fallline_app.demos.digits.agreement import Agreement

# What is to be reached on the test's digits, in per cent; what is no more than guessing.
GOAL, GUESSING = 95.0, 30.0
HEADINGS = ("slopes at", "digits that agree", "largest difference", "1 − cosine")


def summarize(training: Training) -> str:
    """Say what was reached by how many evaluations, and when; or why it was not."""
    task, last = training.task, training.rows[-1][TEST]
    count = f"{last.evaluations:,.0f}".replace(",", " ")
    steps = f"{last.step:.0f} step{'' if last.step == 1 else 's'}"
    reached = f"After {steps}, {count} evaluations and no derivative, {_right(training)}"
    if training.broken:
        return f"{reached} {broken(training)}"
    if training.done < task.steps:
        return f"{reached} It is still learning."
    if last.accuracy < GUESSING:
        return f"{reached} That is little more than guessing: {_blame(training)}."
    since = _goal(training)
    return reached if since is None else f"{reached} From step {since} on it is {GOAL:.0f} % or more."


def _right(training: Training) -> str:
    return f"{training.rows[-1][TEST].accuracy:.1f} % of the test digits are read right."


def _blame(training: Training) -> str:
    rate = printed(training.task.optimizer.rate)
    first, last = training.rows[0][TRAIN].loss, training.rows[-1][TRAIN].loss
    way = "larger" if last > first else "hardly smaller"
    why = "the rate is too high" if last > first else "more steps or another rate may do"
    return f"with the rate {rate} the loss is {way} than at first, {printed(last)} against {printed(first)}; {why}"


def broken(training: Training) -> str:
    """Say where the numbers grew past all bounds."""
    rate = printed(training.task.optimizer.rate)
    return f"The loss grew past all numbers at step {training.done}: the rate {rate} is too high."


def _goal(training: Training) -> int | None:
    """Return the first recorded step from which on the test's part never fell below the goal."""
    below = np.flatnonzero(training.column(TEST, "accuracy") < GOAL)
    first = int(below[-1]) + 1 if below.size else 0
    return int(training.rows[first][TEST].step) if first <= training.last else None


def describe_accuracy(training: Training) -> str:
    """Say in one sentence what the plot of what is read right shows."""
    first, last = training.rows[0], training.rows[-1]
    parts = " and ".join(
        f"from {first[part].accuracy:.0f} % to {last[part].accuracy:.1f} % of the digits {name}"
        for part, name in ((TRAIN, "it learns from"), (TEST, "it is tested on"))
    )
    return (
        f"Digits read right against steps: {parts} in {last[TEST].step:.0f} steps; a line marks {GOAL:.0f} %."
    )


def describe_loss(training: Training) -> str:
    """Say in one sentence what the plot of the loss shows."""
    first, last = training.rows[0], training.rows[-1]
    parts = " and ".join(
        f"from {printed(first[part].loss)} to {printed(last[part].loss)} in the {name}"
        for part, name in ((TRAIN, "training"), (TEST, "test"))
    )
    return f"Loss against steps, on a logarithmic axis: {parts}."


def compared(agreements: Sequence[Agreement]) -> list[list[str]]:
    """Return the cells of the comparison with backpropagation, a row for each place."""
    return [
        [f"step {one.step}", f"{one.digits:.1f}", power_of_ten(one.off), power_of_ten(one.angle)]
        for one in agreements
    ]


def describe_comparison(agreements: Sequence[Agreement], samples: int) -> str:
    """Say how well both slopes agree."""
    if not agreements:
        return "Nothing here has asked for a derivative. The switch “Compare with backprop” does, of its own, after the training."
    least = min(one.digits for one in agreements)
    return (
        f"Slopes of all weights on {samples} digits, by differences and by backpropagation: {least:.1f} digits agree or"
        " more. The training has used the differences alone."
    )
