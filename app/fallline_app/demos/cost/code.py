"""The Python that counts again, with the same numbers, and times what is quick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.demos.cost.model import CLASSES, FEATURES

if TYPE_CHECKING:
    from fallline_app.demos.cost.model import Cost

SCRIPT = """\
from time import perf_counter

import numpy as np

import fallline as fl

for width in {widths}:
    network = fl.Network([{features}, {hidden}{classes}])
    rng = np.random.default_rng({seed})
    theta = network.initial(rng)
    X, y = rng.standard_normal(({batch}, {features})), rng.integers(0, {classes}, {batch})
    for method in {methods}:
        cost = network.cost({batch}, method)
        print(network.size, method, cost.evaluations, cost.operations, cost.memory, end="")
        if cost.operations < 3e7:  # the others take longer
            begin = perf_counter()
            network.gradient(theta, X, y, method)
            print(f" {{1e3 * (perf_counter() - begin):.2f}} ms", end="")
        print()
"""


def script(model: Cost) -> str:
    """Return a script that prints each method's evaluations, operations and bytes at each size, and times."""
    return SCRIPT.format(
        widths=model.widths,
        features=FEATURES,
        hidden="width, " * model.depth,
        classes=CLASSES,
        seed=model.seed,
        batch=model.batch,
        methods=[taker.method.name for taker in model.takers if taker.runs],
    )
