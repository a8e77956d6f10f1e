"""The Python that runs everyone again, with the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fallline_app.demos.batches.model import Batches

SCRIPT = """\
import numpy as np

import fallline as fl

{data}
{network}
optimizer = {optimizer}
stop = [fl.stopping.Divergence(), fl.stopping.NotANumber()]
batches = {{
{batches}}}
for name, cut in batches.items():
    loss = fl.DataLoss(network.loss, (X, y), cut, network.gradient, shown="data", vectorized=True)
    rng = np.random.default_rng({seed})
    for frame in fl.descend(loss, {start}, optimizer, {find}, rng, stop=stop):
        if frame.samples > {budget}:
            break
    slopes = network.sample_gradients(frame.x, X, y)
    size = getattr(cut, "size", 1 if cut == fl.Stochastic() else len(y))
    noise = np.sqrt(np.trace(fl.batch_covariance(slopes, size)))
    print(f"{{name}}: {{frame.step}} updates, slope {{frame.x[0]}}, intercept {{frame.x[1]}}, loss {{frame.value}}, noise {{noise}}")
"""


def script(model: Batches) -> str:
    """Return a script that prints where each racer ends, and how noisy a batch of its size is there."""
    problem = model.problem
    return SCRIPT.format(
        data=problem.kind.code.format(n=model.n, noise=float(model.noise), seed=model.data_seed),
        network=problem.code,
        optimizer=model.optimizer_code,
        batches="".join(
            f'    "{racer.title}": {racer.code(model.left_over)},\n' for racer in model.racers if racer.runs
        ),
        seed=model.seed,
        start=list(model.start),
        find=model.finder_code,
        budget=model.budget,
    )
