"""The ways to find a slope from values alone that the page compares, and the Python that writes each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import fallline as fl

if TYPE_CHECKING:
    from collections.abc import Callable


class Method(NamedTuple):
    """A way to find a slope: its name, its line, itself and how Python writes it, both for a step h."""

    title: str
    series: str
    make: Callable[[float], Callable[..., Any]]
    code: str
    help: str


def _automatic(f: Any, x: Any) -> Any:
    return fl.estimate_gradient(f, x).value


METHODS = (
    Method(
        "tiny step",
        "tiny",
        lambda _: fl.central,
        "fl.central",
        "Central differences by the step that is best where a function has no noise, about 6e-6: 4 evaluations.",
    ),
    Method(
        "step h",
        "central",
        lambda h: partial(fl.gradient, method=fl.central, step=h),
        "lambda f, x: fl.gradient(f, x, step={h!r})",
        "Central differences by the step h: 4 evaluations.",
    ),
    Method(
        "SPSA",
        "spsa",
        lambda h: fl.RandomDirections(step=h),
        "fl.RandomDirections(step={h!r})",
        "One random direction, by the step h: 2 evaluations, however many parameters there are.",
    ),
    Method(
        "automatic",
        "automatic",
        lambda _: _automatic,
        "lambda f, x: fl.estimate_gradient(f, x).value",
        "Measures the noise and chooses its step by it: many evaluations.",
    ),
)
