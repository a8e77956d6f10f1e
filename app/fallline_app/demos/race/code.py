"""The Python that runs a race again, with the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fallline_app.demos.race.model import Race, Racer

SCRIPT = """\
from itertools import islice

import fallline as fl

objective = {objective}
start = {start}
steps = {steps}
optimizers = {{
{optimizers}}}
for name, optimizer in optimizers.items():
    for frame in islice(fl.descend(objective, start, optimizer), steps + 1):
        if not abs(frame.value) <= {bound!r}:
            break
    print(f"{{name}}: step {{frame.step}}, x = {{frame.x}}, f(x) = {{frame.value}}, {{frame.evaluations}} evaluations")
"""


def script(race: Race, bound: float) -> str:
    """Return a script that prints where each racer ends, as the page's numbers have it."""
    return SCRIPT.format(
        objective=f"fl.bowl({race.condition!r})" if race.surface == "Bowl" else f"fl.{race.surface.lower()}",
        start=list(race.start),
        steps=race.steps,
        optimizers="".join(
            f'    "{racer.name}": {_constructed(racer)},\n' for racer in race.racers if racer.runs
        ),
        bound=bound,
    )


def _constructed(racer: Racer) -> str:
    values = ", ".join(f"{known.name}={getattr(racer, known.name)!r}" for known in racer.settings)
    return f"fl.{racer.entry.optimizer.__name__}({values})"
