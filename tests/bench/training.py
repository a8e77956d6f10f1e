"""A 64-32-10 network learns the digits, by differences in node space and by backpropagation: `python -m tests.bench.training`.

Node space uses no derivative of anything. Both take the same steps, on one thread, from the same start.
"""

from __future__ import annotations

import os

# Read when NumPy is imported.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from itertools import islice
from time import perf_counter
from typing import NamedTuple

import numpy as np

import fallline as fl

# What is promised of node space.
ACCURACY, SECONDS = 0.95, 60.0
EPOCHS, BATCH = 20, 128


class Result(NamedTuple):
    """How long a training took, how many steps that were, and how many of the test's digits were read right."""

    seconds: float
    steps: int
    accuracy: float


def train(method: str, seed: int) -> Result:
    """Train once, and test on a fifth of the digits that it has not seen."""
    X, y, X_test, y_test = fl.datasets.split(*fl.datasets.digits(), test=0.2, rng=seed)  # noqa: N806
    network = fl.Network([64, 32, 10])
    steps = EPOCHS * -(-len(X) // BATCH)
    begin = perf_counter()
    frames = fl.train(
        network,
        X / 16.0,
        y,
        fl.Adam(rate=0.01),
        fl.MiniBatch(BATCH),
        method=method,
        rng=np.random.default_rng(seed),
    )
    *_, last = islice(frames, steps + 1)
    seconds = perf_counter() - begin
    return Result(seconds, steps, float((network.predict(last.x, X_test / 16.0) == y_test).mean()))


def main(seeds: int = 5) -> None:
    """Print what each method reached, one seed after another, and whether the promise is kept."""
    print("64-32-10 on the digits; steps a second, and part of the test's digits read right")
    nodes = []
    for seed in range(seeds):
        results = {method: train(method, seed) for method in ("backprop", "node")}
        nodes.append(results["node"])
        told = (f"{name} {one.steps / one.seconds:.0f}/s {one.accuracy:.1%}" for name, one in results.items())
        print(f"  seed {seed}: {', '.join(told)}")
    accuracy, seconds = min(one.accuracy for one in nodes), max(one.seconds for one in nodes)
    kept = accuracy >= ACCURACY and seconds <= SECONDS
    print(
        f"{'kept' if kept else 'BROKEN'}: at least {accuracy:.1%} in at most {seconds:.1f} s by node space alone"
    )


if __name__ == "__main__":
    main()
