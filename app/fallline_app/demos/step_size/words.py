"""What is said of a step: how small is too small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fallline_app.words import printed

if TYPE_CHECKING:
    from fallline_app.demos.step_size.model import Comparison, Errors


# The scheme that is spoken of, if it takes part.
USUAL = "central"


def summarize(comparison: Comparison) -> str:
    """Say in two sentences how near the best fixed step comes, how far the smallest, and what the automatic one claims."""
    return f"{_fixed(comparison)} {_claimed(comparison)}"


def _fixed(comparison: Comparison) -> str:
    taking = [errors for errors in comparison.errors if errors is not None]
    if not taking:
        return "No scheme looks: switch one on."
    if not np.isfinite(comparison.derivative):
        return f"{comparison.curve.text} has no slope at {printed(comparison.x)} that could be told, so there is nothing to be off by."
    bests = [best for errors in taking for best in _best(errors)]
    if not bests:
        return "No step of any scheme gives a slope here."
    title, h, error = next((best for best in bests if best[0] == USUAL), bests[0])
    return f"{title.capitalize()} is best at h = {printed(h, 2)}, off by {printed(error, 2)}; smaller steps are worse."


def _claimed(comparison: Comparison) -> str:
    automatic = comparison.automatic
    (value,), (error,) = automatic.value, automatic.error
    if not np.isfinite(value):
        return "The automatic step finds no slope either."
    claimed = f"The automatic step claims {printed(value, 6)} ± {printed(error, 2)} after {automatic.evaluations} evaluations"
    off = abs(float(value) - comparison.derivative)
    return f"{claimed}, and is off by {printed(off, 2)}." if np.isfinite(off) else f"{claimed}."


def describe_errors(comparison: Comparison) -> str:
    """Say in one sentence what the plot of the errors shows."""
    taking = [errors for errors in comparison.errors if errors is not None]
    bests = [
        f"{title} lowest at h = {printed(h, 2)} with {printed(error, 2)}"
        for errors in taking
        for title, h, error in _best(errors)
    ]
    return f"Errors of the slope against the step on logarithmic axes: {', '.join(bests) or 'none'}."


def _best(errors: Errors) -> list[tuple[str, float, float]]:
    """Return a scheme's name, its best step and how far that is off, if any step gives a slope."""
    best = errors.best
    if best is None:
        return []
    return [(errors.title, float(errors.columns.h[best]), float(errors.columns.error[best]))]


def describe_curve(comparison: Comparison) -> str:
    """Say in one sentence what the curve's plot shows."""
    return f"Graph of {comparison.curve.text} with the point x = {printed(comparison.x)}."
