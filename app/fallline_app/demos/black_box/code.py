"""The Python that makes the descents of a run again, with the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.demos.black_box.descents import CODES, FAR
from fallline_app.demos.black_box.own import OWN

if TYPE_CHECKING:
    from fallline_app.demos.black_box.model import BlackBox

SCRIPT = """\
import numpy as np

import fallline as fl

{simulation}
# Each parameter in shares of its range.
shares = fl.objectives.unit_box(simulation)
low, high = np.array(simulation.domain).T
start = (np.array([{x!r}, {y!r}]) - low) / (high - low)
noise, seed, budget = {noise!r}, {seed}, {budget}
methods = {{
{methods}}}
for name, find_slope in methods.items():
    measured = fl.Measured(shares, noise)
    rng = np.random.default_rng(seed)
    spent = 0
    for frame in fl.descend(measured, start, {optimizer}, find_slope, rng):
        if spent > budget or not (abs(frame.x - 0.5) <= {far!r}).all():
            break
        last, spent = frame, frame.evaluations
    print(f"{{name}}: step {{last.step}}, at {{(low + last.x * (high - low)).tolist()}}, loss {{float(last.value)!r}}")
"""


def _made(model: BlackBox) -> str:
    chosen = model.chosen
    # The visitor's own lines may hold braces.
    return (
        chosen.code
        if chosen.name == OWN
        else f"simulation = {chosen.code.format(target=float(model.target))}"
    )


def script(model: BlackBox) -> str:
    """Return a script that prints where each method ends."""
    terms = model.terms()
    x, y = model.start
    return SCRIPT.format(
        simulation=_made(model),
        x=float(x),
        y=float(y),
        noise=terms.noise,
        seed=terms.seed,
        budget=terms.budget,
        methods="".join(
            f'    "{taker.method.title}": {taker.method.code.format(h=terms.step)},\n'
            for taker in model.takers
            if taker.runs
        ),
        optimizer=CODES[terms.optimizer].format(rate=terms.rate),
        far=FAR,
    )
