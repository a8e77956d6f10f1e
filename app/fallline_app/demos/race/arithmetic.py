"""What a racer does to x at each step, in its own equation and with the numbers of the step: columns in braces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fallline as fl
from fallline_app.words import printed

if TYPE_CHECKING:
    from fallline_app.demos.race.racers import Guest, Racer

NEXT = "= {x} + ({move_x})"
ADAM = "x − α m̂ / (√ŝ + ε)"


def arithmetic(racer: Racer | Guest) -> list[str]:
    """Return the equation of a racer's step along x, in parts that may stand on lines of their own."""
    optimizer = racer.optimizer()
    if isinstance(optimizer, fl.GradientDescent):
        return ["x − αg", "= {x} − {rate} · ({slope_x})", NEXT]
    if isinstance(optimizer, fl.Momentum):
        velocity = f"{printed(optimizer.momentum)} · ({{memory_x}}) + ({{slope_x}})"
        return ["x − α(μv + g)", "= {x} − {rate}", f"· ({velocity})", NEXT]
    if isinstance(optimizer, fl.Nesterov):
        inertia = printed(optimizer.momentum)
        velocity = f"{inertia} · ({{memory_x}}) + ({{slope_x}})"
        return ["x − α(g + μ(μv + g))", "= {x} − {rate} · (({slope_x})", f"+ {inertia} · ({velocity}))", NEXT]
    if isinstance(optimizer, fl.AdaGrad | fl.RMSProp):
        return ["x − αg / (√s + ε)", "with\xa0α = {rate}, g = {slope_x}", NEXT]
    if isinstance(optimizer, fl.Adam | fl.AdamW | fl.AMSGrad | fl.RAdam | fl.NAdam | fl.Adamax):
        kept = optimizer.beta1
        mean = f"m = {printed(kept)} · ({{memory_x}}) + {printed(1.0 - kept)} · ({{slope_x}})"
        return [ADAM if isinstance(optimizer, fl.Adam) else "x + Δx", "with\xa0α = {rate},", mean, NEXT]
    return ["x + Δx", "with\xa0α = {rate}, g = {slope_x}", NEXT]
