"""What a difference costs beside the function itself: `python -m tests.bench.overhead`, on one thread.

The functions are cheap, so that what is measured is the library. A gradient by forward differences takes n + 1
evaluations, one by central differences 2n; therefore times are compared per evaluation.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

# Before NumPy is imported: the peers have one thread too.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

import numpy as np
from scipy.optimize import approx_fprime  # type: ignore[import-untyped]
from scipy.optimize._numdiff import approx_derivative  # type: ignore[import-untyped]
from tests.bench.interleave import Task, ratios, seconds

import fallline as fl

PEER = "scipy approx_fprime"
FUNCTIONS: dict[str, Callable[[Any], Any]] = {"x·x": lambda x: x @ x, "nothing": lambda x: 0.0}


def tasks(f: Callable[[Any], Any], n: int) -> dict[str, tuple[Task, int]]:
    """Each way to a gradient in `n` dimensions, and its evaluations."""
    x = np.linspace(0.5, 1.5, n)
    return {
        "gradient(f, x)": (lambda: fl.gradient(f, x), fl.central.evaluations(n)),
        'gradient(f, x, "forward")': (lambda: fl.gradient(f, x, "forward"), fl.forward.evaluations(n)),
        "central(f, x)": (lambda: fl.central(f, x), fl.central.evaluations(n)),
        "gradient(f, {'x': x})": (
            lambda: fl.gradient(lambda p: f(p["x"]), {"x": x}),
            fl.central.evaluations(n),
        ),
        PEER: (lambda: approx_fprime(x, f), n + 1),
        "scipy 3-point": (lambda: approx_derivative(f, x), 2 * n + 1),
        "f(x)": (lambda: f(x), 1),
    }


def rows(name: str, n: int, rounds: int) -> Iterator[str]:
    """Measure one function in `n` dimensions, a row for each way."""
    ways = tasks(FUNCTIONS[name], n)
    taken = seconds({way: task for way, (task, _) in ways.items()}, rounds)
    each = {way: [time / ways[way][1] for time in times] for way, times in taken.items()}
    shares = ratios(each, PEER)
    for way in ways:
        whole, one = median(taken[way]) * 1e6, median(each[way]) * 1e6
        yield f"| {name} | {n} | {way} | {whole:.1f} | {one:.2f} | {shares[way]:.2f} |"


def main() -> None:
    """Print the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=31)
    arguments = parser.parse_args()
    print(f"| f | n | way | µs a call | µs an evaluation | of {PEER}'s |\n|---|---:|---|---:|---:|---:|")
    for name in FUNCTIONS:
        for n in (2, 10, 1000):
            print(*rows(name, n, arguments.rounds), sep="\n", flush=True)


if __name__ == "__main__":
    main()
