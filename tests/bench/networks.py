"""How much a network's gradient costs by each method: `python -m tests.bench.networks`.

Every time is a multiple of our backpropagation's in the same round, the median over the rounds. SciPy and numdifftools are
timed on a part of the coordinates, and their time is scaled to all of them; both get a loss without any checks.
Everything runs on one thread. Inside Pyodide, `node tests/bench/in_pyodide.mjs` does the same without the peers.
"""

from __future__ import annotations

import os

# Read when NumPy is imported.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from functools import partial
from itertools import islice
from statistics import median
from typing import Any, NamedTuple

import numpy as np
from tests.bench.interleave import Task, ratios, seconds

from fallline import Adam, MiniBatch, train
from fallline.datasets import moons
from fallline.networks import Network

# Mini-batch steps a second that the page `network` makes in the browser.
LEAST = {"backprop": 200, "node": 60}
METHODS = ("backprop", "layerwise", "node", "complex")


class Case(NamedTuple):
    """A network, a batch, and what is promised of it: at most so much, or at least so many times faster."""

    sizes: tuple[int, ...]
    batch: int
    node: float | None = None
    scipy: float | None = None
    numdifftools: float | None = None

    def __str__(self) -> str:
        return f"{'-'.join(map(str, self.sizes))}, batch {self.batch}"


CASES = (
    Case((64, 64, 10), 256, node=4.5, scipy=1000, numdifftools=10_000),
    Case((2, 32, 32, 2), 512, node=12, scipy=100),
    Case((2, 8, 8, 1), 256, node=4, scipy=30),
    Case((784, 128, 10), 128, node=2.2),
)
# Batches of a network in training.
TRAINING = (Case((64, 32, 10), 128), Case((2, 8, 8, 1), 32), Case((2, 8, 8, 1), 500))


class Problem:
    """A case with parameters and data."""

    def __init__(self, case: Case) -> None:
        rng = np.random.default_rng(0)
        self.case, self.network = case, Network(case.sizes)
        self.theta = self.network.initial(rng)
        self.X = rng.standard_normal((case.batch, case.sizes[0]))
        self.y = rng.integers(0, max(2, case.sizes[-1]), case.batch)

    def ours(self) -> dict[str, Task]:
        """Our methods."""
        gradient = partial(self.network.gradient, self.theta, self.X, self.y)
        return {method: partial(gradient, method) for method in METHODS}

    def plain_loss(self, theta: Any) -> float:
        """The loss, as one would write it in NumPy."""
        a, layers = self.X, self.network.layers(theta)
        for weights, biases in layers[:-1]:
            a = np.tanh(a @ weights + biases)
        z = a @ layers[-1][0] + layers[-1][1]
        if z.shape[1] == 1:
            return float((np.logaddexp(0.0, z[:, 0]) - self.y * z[:, 0]).mean())
        z = z - z.max(axis=1, keepdims=True)
        return float((np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), self.y]).mean())

    def loss_of_part(self, part: Any) -> float:
        """The loss as a function of the first few parameters."""
        theta = self.theta.copy()
        theta[: len(part)] = part
        return self.plain_loss(theta)


def peers(problem: Problem) -> tuple[dict[str, Task], dict[str, float]]:
    """What others take, and by how much the time of a part is to be scaled."""
    import numdifftools  # type: ignore[import-untyped]
    from scipy.optimize._numdiff import approx_derivative  # type: ignore[import-untyped]
    from tests.core.networks import with_autograd

    functions = with_autograd.tanh, with_autograd.cross_entropy
    arguments = problem.theta, problem.X, problem.y, problem.case.sizes, *functions
    size = problem.network.size
    few, fewer = min(size, 24), min(size, 4)
    tasks: dict[str, Task] = {
        "autograd": partial(with_autograd.gradient, *arguments),
        "scipy": partial(approx_derivative, problem.loss_of_part, problem.theta[:few], "3-point"),
        "numdifftools": partial(numdifftools.Gradient(problem.loss_of_part), problem.theta[:fewer]),
    }
    return tasks, {"autograd": 1.0, "scipy": size / few, "numdifftools": size / fewer}


def measure(case: Case, rounds: int, with_peers: bool) -> None:
    """Time a case and print it."""
    problem = Problem(case)
    tasks = problem.ours()
    scales = dict.fromkeys(tasks, 1.0)
    if with_peers:
        others, their_scales = peers(problem)
        tasks, scales = {**tasks, **others}, {**scales, **their_scales}
    taken = seconds(tasks, rounds)
    found = {name: scales[name] * ratio for name, ratio in ratios(taken, "backprop").items()}
    print(f"\n{case}, {problem.network.size} parameters; backprop {1e6 * median(taken['backprop']):.0f} µs")
    for name, ratio in found.items():
        against = f"   {ratio / found['node']:9.1f} × node" if name not in METHODS else ""
        print(f"  {name:14}{ratio:12.2f} × backprop{against}")
    for promise in promises(case, found):
        print(f"  {promise}")


def promises(case: Case, found: dict[str, float]) -> list[str]:
    """What was promised of a case, and whether it is kept."""
    kept = {}
    if case.node is not None:
        kept[f"node at most {case.node} × backprop"] = found["node"] <= case.node
        kept["layerwise at most 1.5 × backprop"] = found["layerwise"] <= 1.5
    for peer, times in (("scipy", case.scipy), ("numdifftools", case.numdifftools)):
        if times is not None and peer in found:
            kept[f"node at least {times} × faster than {peer}"] = found[peer] >= times * found["node"]
    if "autograd" in found and case.sizes[0] > 100:
        kept["node faster than autograd"] = found["node"] < found["autograd"]
    return [f"{'kept' if good else 'BROKEN'}: {text}" for text, good in kept.items()]


def steps_a_second(case: Case, rounds: int) -> None:
    """Print how many steps of gradient descent a second a network makes."""
    problem = Problem(case)

    def step(method: str) -> None:
        problem.theta -= 0.1 * problem.network.gradient(problem.theta, problem.X, problem.y, method)

    taken = seconds({method: partial(step, method) for method in ("backprop", "node")}, rounds)
    rates = ", ".join(f"{name} {1.0 / median(times):.0f}" for name, times in taken.items())
    print(f"  {case}: {rates}")


def trained_a_second(rounds: int) -> None:
    """Print how many mini-batch steps a second a training makes as the page `network` does, and whether that is enough.

    It is promised of the browser; whoever keeps it there keeps it here.
    """
    points, classes = moons(500, noise=0.1, rng=0)
    steps = 50

    def some(method: str) -> None:
        rng = np.random.default_rng(0)
        frames = train(
            Network((2, 8, 8, 1)), points, classes, Adam(rate=0.03), MiniBatch(20), method=method, rng=rng
        )
        for _ in islice(frames, steps):
            pass

    taken = seconds({method: partial(some, method) for method in LEAST}, rounds)
    for method, times in taken.items():
        rate = steps / median(times)
        kept = "kept" if rate >= LEAST[method] else "BROKEN"
        print(
            f"  {kept}: 2-8-8-1 on 500 points makes {rate:.0f} mini-batch steps a second by {method}, at least {LEAST[method]}"
        )


def main(rounds: int = 15, with_peers: bool = True) -> None:
    """Print all tables."""
    for case in CASES:
        measure(case, rounds, with_peers)
    print("\nsteps a second")
    for case in TRAINING:
        steps_a_second(case, rounds)
    print("\nmini-batch steps a second of a whole training")
    trained_a_second(rounds)


if __name__ == "__main__":
    main()
