"""Time competitors in turn, so that a noisy machine disturbs all of them alike, and compare them by medians of ratios."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

Task = Callable[[], object]


def seconds(tasks: Mapping[str, Task], rounds: int, least: float = 0.01) -> dict[str, list[float]]:
    """Time one call of each task in each round; a round takes its tasks one after another.

    A task that takes less than `least` seconds is repeated within its turn until the turn takes that long.
    """
    repeats = {name: _repeats(task, least) for name, task in tasks.items()}
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            taken[name].append(_turn(task, repeats[name]))
    return taken


def ratios(taken: Mapping[str, list[float]], unit: str) -> dict[str, float]:
    """Return how often each task's time holds that of `unit`: the median over the rounds of the ratio within a round."""
    return {
        name: median(own / other for own, other in zip(times, taken[unit], strict=True))
        for name, times in taken.items()
    }


def _repeats(task: Task, least: float) -> int:
    _turn(task, 1)
    once = _turn(task, 1)
    return max(1, round(least / max(once, 1e-9)))


def _turn(task: Task, repeats: int) -> float:
    begin = perf_counter()
    for _ in range(repeats):
        task()
    return (perf_counter() - begin) / repeats
