"""Times and memory of gradients, measured: interleaved, several rounds, medians; in steps short enough for a page.

`time.perf_counter` is coarse in a browser, to a tenth of a millisecond and more: what is quicker than `LONG_ENOUGH` is
repeated until it is as long. What would take longer than `TOO_LONG` is left out; only naive differences, where each
parameter costs the same two runs of the network, are measured on some parameters and scaled to all of them.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import fallline as fl
from fallline_app.demos.cost.model import CLASSES, FEATURES, METHODS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.demos.cost.model import Cost, Survey

LONG_ENOUGH, TOO_LONG = 0.01, 0.05
MOST_CALLS = 64
NAIVE = "naive"


class Progress(NamedTuple):
    """How far the measurement is, from 0 to 1 and in words, and what it has found where that is more than before."""

    fraction: float
    phrase: str
    survey: Survey | None


@dataclass(frozen=True)
class Task:
    """A gradient to be timed: what is called, how many calls one time is of, and what one call is of the whole."""

    call: Callable[[], object]
    calls: int = 1
    share: float = 1.0

    def seconds(self) -> float:
        """Time so many calls; return what one whole gradient takes."""
        begin = perf_counter()
        _repeat(self.call, self.calls)
        return (perf_counter() - begin) / (self.calls * self.share)


class Problem:
    """A network with weights and a batch."""

    def __init__(self, network: fl.Network, batch: int, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.network, self.theta = network, network.initial(rng)
        self.samples = rng.standard_normal((batch, FEATURES))
        self.classes = rng.integers(0, CLASSES, batch)

    def gradient(self, method: str) -> NDArray[np.float64]:
        """Return the whole gradient by one of the library's methods."""
        return self.network.gradient(self.theta, self.samples, self.classes, method)

    def some_naive(self, count: int) -> NDArray[np.float64]:
        """Return the gradient with only its first slopes filled in, by central differences of the loss as it is."""
        here, gradient = self.theta.copy(), np.empty(self.theta.size)

        def loss(some: NDArray[np.float64]) -> float:
            here[:count] = some
            return float(self.network.loss(here, self.samples, self.classes))

        gradient[:count] = fl.gradient(loss, self.theta[:count], method=fl.central)
        return gradient

    def task(self, method: str) -> Task:
        """Return what is to be timed of a method, so much of it that the clock can tell."""
        if method != NAIVE:
            call = partial(self.gradient, method)
            return Task(call, calls=_enough(lambda calls: _repeat(call, calls), MOST_CALLS))
        # The smallest network here has hundreds of parameters: all of them take long enough.
        count = _enough(self.some_naive, self.theta.size)
        return Task(partial(self.some_naive, count), share=count / self.theta.size)


def _enough(run: Callable[[int], object], most: int) -> int:
    """Return how many of what `run` does so often take `LONG_ENOUGH`, found by doubling, and `most` at the most."""
    count = 1
    while True:
        begin = perf_counter()
        run(count)
        seconds = perf_counter() - begin
        if seconds >= LONG_ENOUGH / 4.0:
            return max(1, min(most, ceil(count * LONG_ENOUGH / seconds)))
        if count == most:
            return most
        count = min(most, 2 * count)


def _repeat(call: Callable[[], object], calls: int) -> None:
    for _ in range(calls):
        call()


class Measurement:
    """Measures the methods that take part, size by size, and knows how far it is."""

    def __init__(self, model: Cost) -> None:
        self.counted = model.count()
        self.networks = model.networks()
        self.batch, self.rounds, self.seed = model.batch, model.rounds, model.seed
        self.running = [index for index, taker in enumerate(model.takers) if taker.runs]
        nothing = np.full(self.counted.operations.shape, np.nan)
        self.seconds, self.memory = nothing.copy(), nothing.copy()
        absent = "not measured: press the button again"
        self.notes = ["" if index in self.running else absent for index in range(len(METHODS))]
        self._steps = self._begun = 0

    def steps(self) -> Iterator[Progress]:
        """Measure; each step takes about as long as `LONG_ENOUGH`, and `TOO_LONG` at the most."""
        for place, network in enumerate(self.networks):
            self._drop(place)
            if not self.running:
                break
            self._begun = self._steps
            yield from self._measure(place, Problem(network, self.batch, self.seed))
        yield Progress(1.0, f"{len(self.networks)} sizes measured", self._survey())

    def _measure(self, place: int, problem: Problem) -> Iterator[Progress]:
        running, tasks = list(self.running), {}
        for index in running:
            tasks[index] = problem.task(METHODS[index].name)
            yield self._told(place, f"{METHODS[index].name}, warming up")
        times: dict[int, list[float]] = {index: [] for index in running}
        for round_ in range(self.rounds):
            for index in running:
                times[index].append(tasks[index].seconds())
                yield self._told(place, f"round {round_ + 1} of {self.rounds}")
        for index in running:
            self.memory[index, place] = peak(tasks[index].call)
            # A clock that is too coarse for it says 0.
            self.seconds[index, place] = float(np.median(times[index])) or np.nan
            yield self._told(place, "memory", self._survey() if index == running[-1] else None)

    def _drop(self, place: int) -> None:
        """Leave out whom the next size would take too long, going by the last one."""
        if place == 0:
            return
        operations = self.counted.operations
        for index in list(self.running):
            expected = (
                self.seconds[index, place - 1] * operations[index, place] / operations[index, place - 1]
            )
            if METHODS[index].name != NAIVE and expected > TOO_LONG:
                self.running.remove(index)
                size = self.counted.parameters[place]
                self.notes[index] = (
                    f"one gradient of {size:.0f} parameters would hold up the page for {expected * 1e3:.0f} ms"
                )

    def _told(self, place: int, what: str, survey: Survey | None = None) -> Progress:
        self._steps += 1
        steps_a_size = len(self.running) * (self.rounds + 2)
        done = place + min(1.0, (self._steps - self._begun) / steps_a_size)
        size = f"{self.counted.parameters[place]:.0f} parameters, {place + 1} of {len(self.networks)}"
        return Progress(done / len(self.networks), f"{size}: {what}", survey)

    def _survey(self) -> Survey:
        return replace(
            self.counted, seconds=self.seconds.copy(), memory=self.memory.copy(), notes=tuple(self.notes)
        )


def peak(call: Callable[[], object]) -> float:
    """Return the most bytes that were allocated at once while `call` ran, beyond those before."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        call()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return float(most - before)
