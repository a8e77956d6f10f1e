"""What is said of a training: how well it learnt, whether it learnt by heart, and why it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fallline_app.demos.network.answers import residuals
from fallline_app.demos.network.blame import blame
from fallline_app.words import printed

if TYPE_CHECKING:
    from fallline_app.demos.network.run import Run

# The loss on other points, as a multiple of its least, from which on it is said to rise again.
RISES = 1.3


def summarize(run: Run) -> str:
    """Say in a sentence or two what came of the training."""
    if run.setup.data.trouble:
        return run.setup.data.trouble
    if run.ended:
        return f"{_stopped(run)} {blame(run)}".strip()
    losses, right = run.column("loss"), run.column("right")
    fell = f"After {run.step} steps the loss fell from {printed(losses[0, 0])} to {printed(losses[0, -1])}"
    if run.step == 0:
        fell = f"Before the first step the loss is {printed(losses[0, 0])}"
    said = (
        f"{fell}, and {printed(right[1, -1])} % of the points that it never saw are right, of the others {printed(right[0, -1])} %."
        if run.setup.data.is_classed
        else f"{fell}. {_off(run)}"
    )
    if losses[0, -1] > losses[0, 0]:
        said = f"After {run.step} steps the loss is {printed(losses[0, -1])}, above the {printed(losses[0, 0])} that it began with. {blame(run)}"
        return said.strip()
    return f"{said} {_by_heart(run)}".strip()


def _off(run: Run) -> str:
    """Say how far its numbers are off."""
    setup, name = run.setup, run.setup.data.target
    tested = residuals(setup, run.theta, setup.X_test, setup.y_test)
    share = ", no better than its mean"
    if tested.explained > 0.0:
        share = f", so {printed(100.0 * tested.explained)} % of its variance is explained"
    return (
        f"On the points that it never saw {name} is off by {printed(tested.root_mean_square)} (root mean square){share}; "
        f"on the others by {printed(run.column('off')[0, -1])}."
    )


def note(run: Run) -> str:
    """Say why a run ended early; nothing of one that did not."""
    return f"{_stopped(run)} {blame(run)}".strip() if run.ended else ""


def _stopped(run: Run) -> str:
    theta = run.theta
    if not np.isfinite(theta).all():
        return f"At step {run.step} the weights are no longer numbers."
    if not np.isfinite(run.column("loss")[0, -1]):
        return f"At step {run.step} the loss is no longer a number."
    return f"The loss grew past 1e12 at step {run.step}."


def _by_heart(run: Run) -> str:
    tested = run.column("loss")[1]
    if len(tested) < 3 or not np.isfinite(tested).all():
        return ""
    lowest = int(tested.argmin())
    if tested[-1] < RISES * tested[lowest]:
        return ""
    step = int(run.column("step")[1, lowest])
    return (
        f"On the points that it never saw the loss was lowest at step {step}: since then it learns by heart."
    )


def describe_map(run: Run) -> str:
    """Say in one sentence what the map shows."""
    data = run.setup.data
    learnt, tested = len(data.targets), len(data.test_targets)
    if not data.is_classed:
        reach = printed(data.reach * data.spread)
        around = f"{printed(data.middle)}" if data.middle else "0"
        return (
            f"Map of {learnt} points with a number {data.target} each to learn from and {tested} to be tested on, on a tint that says "
            f"which number the network gives each place: from {reach} below {around} to as much above."
        )
    kinds = f"{len(data.kinds)} classes"
    right = run.column("right")[0]
    share = (
        f"; {printed(right[-1])} % of the first are on their side"
        if right.size and np.isfinite(right[-1])
        else ""
    )
    return f"Map of {learnt} points of {kinds} to learn from and {tested} to be tested on, tinted by the class that the network says{share}."


def describe_curve(run: Run) -> str:
    """Say in one sentence what the curves show."""
    losses = run.column("loss")
    if not losses.size or not np.isfinite(losses[0, 0]):
        return "Loss against the step: nothing yet."
    last = losses[:, np.isfinite(losses[0])][:, -1]
    tested = f", on the others it ends at {printed(last[1])}" if np.isfinite(last[1]) else ""
    return f"Loss against the step on a logarithmic axis: from {printed(losses[0, 0])} to {printed(last[0])} on the points that it learns from{tested}."
