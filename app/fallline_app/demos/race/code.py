"""The Python that runs a race again, with the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.demos.race.looking import METHODS
from fallline_app.demos.race.planning import PLANS

if TYPE_CHECKING:
    from fallline_app.demos.race.model import Race
    from fallline_app.demos.race.racers import Guest, Racer

WITHOUT_NUMPY = """\
from itertools import islice

import fallline as fl
"""

WITH_NUMPY = """\
from itertools import islice

import numpy as np

import fallline as fl
"""

SCRIPT = """\
{imports}
{objective}
start = {start}
steps = {steps}
optimizers = {{
{optimizers}}}
for name, optimizer in optimizers.items():
    for frame in islice(fl.descend(objective, start, optimizer{gradient}), steps + 1):
        if not abs(frame.value) <= {bound!r}:
            break
    print(f"{{name}}: step {{frame.step}}, x = {{frame.x}}, f(x) = {{frame.value}}, {{frame.evaluations}} evaluations")
"""


def script(race: Race, bound: float) -> str:
    """Return a script that prints where each racer ends, as the page's numbers have it."""
    objective, gradient = race.made().code, _gradient(race)
    needs_numpy = "np." in objective + gradient
    return SCRIPT.format(
        imports=WITH_NUMPY if needs_numpy else WITHOUT_NUMPY,
        # A definition stands apart from what surrounds it.
        objective=f"\n{objective}" if objective.startswith("def ") else objective,
        gradient=gradient,
        start=list(race.start),
        steps=race.steps,
        optimizers="".join(
            f'    "{racer.title}": {_constructed(race, racer)},\n' for racer in race.racers if racer.runs
        ),
        bound=bound,
    )


def _gradient(race: Race) -> str:
    method = METHODS[race.gradient]
    if method.usual:
        return ""
    chance = f", rng=np.random.default_rng({race.seed})" if method.chance else ""
    return f", {method.code}{chance}"


def _constructed(race: Race, racer: Racer | Guest) -> str:
    values = ", ".join(f"{name}={value!r}" for name, value in racer.values().items())
    made = f"fl.{racer.entry.optimizer.__name__}({values})"
    return (
        f"fl.Scheduled({made}, {PLANS[race.schedule].code(race.steps)})" if race.is_scheduled(racer) else made
    )
