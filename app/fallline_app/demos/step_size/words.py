"""What is said of a step: how small is too small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.words import printed

if TYPE_CHECKING:
    from fallline_app.demos.step_size.model import Comparison


def summarize(comparison: Comparison) -> str:
    """Say in two sentences how near the best fixed step comes, how far the smallest, and what the automatic one claims."""
    taking = [errors for errors in comparison.errors if errors is not None]
    automatic = comparison.automatic
    off = abs(float(automatic.value[0]) - comparison.derivative)
    claimed = (
        f"The automatic step claims {printed(automatic.value[0], 6)} ± {printed(automatic.error[0], 2)} after "
        f"{automatic.evaluations} evaluations, and is off by {printed(off, 2)}."
    )
    if not taking:
        return f"No scheme looks: switch one on. {claimed}"
    first = taking[min(1, len(taking) - 1)]
    h, error = first.columns.h[first.best], first.columns.error[first.best]
    return f"{first.title.capitalize()} is best at h = {printed(h, 2)}, off by {printed(error, 2)}; smaller steps are worse. {claimed}"


def describe_errors(comparison: Comparison) -> str:
    """Say in one sentence what the plot of the errors shows."""
    taking = (errors for errors in comparison.errors if errors is not None)
    bests = (
        f"{errors.title} lowest at h = {printed(errors.columns.h[errors.best], 2)} with {printed(errors.columns.error[errors.best], 2)}"
        for errors in taking
    )
    return f"Errors of the slope against the step on logarithmic axes: {', '.join(bests)}."


def describe_curve(comparison: Comparison) -> str:
    """Say in one sentence what the curve's plot shows."""
    return f"Graph of {comparison.curve.text} with the point x = {printed(comparison.x)}."
