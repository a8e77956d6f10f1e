"""The Python that samples a surface and descends again, with the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fallline as fl
from fallline_app.demos.grid.descents import FUNCTION, SAMPLES
from fallline_app.heights import GROWN_TOO_FAR

if TYPE_CHECKING:
    from fallline_app.demos.grid.looking import Look
    from fallline_app.demos.grid.model import Sampling

SCRIPT = """\
from itertools import islice

import numpy as np

import fallline as fl
from fallline.grids import {names}

{objective}
grid = {grid}
{function}samples = sampled(function, grid, edge_order={edge_order})
ways = {{"{SAMPLES}": samples.slope, "{FUNCTION}": {slope}}}
for name, slope in ways.items():
    for frame in islice(fl.descend(function, {start}, fl.GradientDescent(rate={rate!r}), slope), {steps} + 1):
        if not (np.isfinite(frame.slope).all() and abs(frame.value) <= {bound!r}):
            break
    print(f"{{name}}: step {{frame.step}}, x = {{frame.x}}, f(x) = {{frame.value}}")
"""
RIPPLED = """\
ripple = Ripple(grid, height={height!r})


def function(x):
    return objective(x) + ripple(x)


def slope_of_function(f, x):
    return {slope}


function.vectorized = True
"""


def script(model: Sampling, seen: Look) -> str:
    """Return a script that prints where each descent ends."""
    spacing, has_formula = seen.spacing, seen.function.gradient is not fl.objectives.no_formula
    made, how = (
        ("even_grid", "")
        if spacing.seed is None
        else ("uneven_grid", f", np.random.default_rng({spacing.seed})")
    )
    return SCRIPT.format(
        SAMPLES=SAMPLES,
        FUNCTION=FUNCTION,
        names=", ".join(sorted([made, "sampled", *(["Ripple"] if seen.ripple else [])])),
        objective=_apart(seen.surface.code),
        grid=f"{made}({[tuple(map(float, side)) for side in seen.surface.objective.domain]}, {spacing.samples}{how})",
        function=_function(seen, has_formula),
        edge_order=spacing.edge_order,
        slope="slope_of_function"
        if seen.ripple and has_formula
        else "fl.exact"
        if has_formula
        else "fl.central",
        start=list(model.start),
        rate=model.rate,
        steps=model.steps,
        bound=GROWN_TOO_FAR,
    )


def _function(seen: Look, has_formula: bool) -> str:
    if seen.ripple is None:
        return "function = objective\n"
    text = RIPPLED.format(height=seen.ripple.height, slope="objective.gradient(x) + ripple.gradient(x)")
    if has_formula:
        return text
    before, _, after = text.partition("\n\ndef slope_of_function")
    return f"{before}\n\n{after[after.index('function.vectorized') :]}"


def _apart(code: str) -> str:
    """Return code whose definition, if it has one, stands apart from what surrounds it."""
    return f"\n{code}\n" if code.startswith("def ") else code
