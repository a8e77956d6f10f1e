"""What is said of a slope: which step comes nearest, and why no step comes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fallline_app.words import printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.demos.slope.model import Secants, Sight


def explain_end(last: int, steps: NDArray[np.float64], x: float) -> str:
    """Say why there is no slope after the step `last`; nothing where there is."""
    if last == steps.size - 1:
        return ""
    return f"from h = {printed(steps[last + 1])} on, x + h is x itself at {printed(x)}: 0/0 is no slope"


def summarize(sight: Sight) -> str:
    """Say in one sentence how near each scheme comes."""
    if not np.isfinite(sight.derivative):
        slopes = ", ".join(
            f"{secants.name} sees {printed(secants.columns.slope[0])}" for secants in sight.secants
        )
        return (
            f"{sight.curve.text} has a kink at {printed(sight.x)}, and no slope there: {slopes}, at every h."
        )
    said = (
        f"{secants.name} at h = {printed(h)}, {_off(error)}"
        for secants in sight.secants
        for h, error in [_nearest(secants)]
    )
    return f"The slope is {printed(sight.derivative, 6)}. Nearest come {'; '.join(said)}. Smaller steps are worse."


def _nearest(secants: Secants) -> tuple[float, float]:
    best = int(np.nanargmin(secants.columns.error))
    return float(secants.columns.h[best]), float(secants.columns.error[best])


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
