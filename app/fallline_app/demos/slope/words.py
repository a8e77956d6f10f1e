"""What is said of a slope: which step comes nearest, and why no step comes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fallline_app.words import printed

if TYPE_CHECKING:
    from fallline_app.demos.slope.model import Columns, Secants, Sight


def explain_end(columns: Columns, x: float) -> tuple[str, str]:
    """Say, in a few words and in a sentence, why there is no slope at the smallest steps; nothing where there is."""
    finite = np.isfinite(columns.slope)
    if finite[-1]:
        return "", ""
    if not finite.any():
        return "no slope", f"f is not finite where it looks from {printed(x)}: no step gives a slope"
    first = int(np.flatnonzero(finite)[-1]) + 1
    since = f"from h = {printed(columns.h[first])} on"
    if columns.x_before[first] == columns.x_after[first]:
        return "x + h is x", f"{since}, x + h is x itself at {printed(x)}: 0/0 is no slope"
    return "no slope", f"{since}, f is not finite where it looks from {printed(x)}"


def summarize(sight: Sight) -> str:
    """Say in one sentence how near each scheme comes."""
    if not np.isfinite(sight.derivative):
        return _no_slope(sight)
    said = (
        f"{secants.name} at h = {printed(h)}, {_off(error)}"
        for secants in sight.secants
        for h, error in _nearest(secants)
    )
    return f"The slope is {printed(sight.derivative, 6)}. Nearest come {'; '.join(said)}. Smaller steps are worse."


def _no_slope(sight: Sight) -> str:
    place = f"{sight.curve.text} has no slope at {printed(sight.x)}"
    if not np.isfinite(sight.curve.values(np.array(sight.x))):
        return f"{place}: it is not finite there."
    slopes = ", ".join(
        f"{secants.name} sees {printed(secants.columns.slope[0])}" for secants in sight.secants
    )
    if all(np.ptp(secants.columns.slope) == 0.0 for secants in sight.secants):
        return f"{place}, where it has a kink: {slopes}, at every h."
    return f"{place} that could be told: with h = 1, {slopes}."


def _nearest(secants: Secants) -> list[tuple[float, float]]:
    """Return the step that comes nearest and how far it is off, if any step gives a slope."""
    error = secants.columns.error
    if not np.isfinite(error).any():
        return []
    best = int(np.nanargmin(error))
    return [(float(secants.columns.h[best]), float(error[best]))]


def _off(error: float) -> str:
    return "not off at all" if error == 0.0 else f"off by {printed(error, 2)}"


def describe_curve(sight: Sight) -> str:
    """Say in one sentence what the curve's plot shows."""
    names = ", ".join(secants.name for secants in sight.secants)
    return (
        f"Graph of {sight.curve.text} with the point x = {printed(sight.x)}, the tangent there, and a line through the "
        f"points that each difference looks at ({names})."
    )


def describe_slopes(sight: Sight) -> str:
    """Say in one sentence what the slopes' plot shows."""
    ends = (
        f"{secants.name} from {printed(secants.columns.slope[0])} at h = 1 to {printed(secants.columns.slope[secants.last])}"
        f" at h = {printed(secants.columns.h[secants.last])}"
        for secants in sight.secants
    )
    return f"Slopes against the step h, from 1 down to 2⁻⁵⁴: {', '.join(ends)}."
