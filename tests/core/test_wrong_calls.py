"""Calls that a newcomer gets wrong are refused in words that say what was got and what to do."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import fallline as fl

if TYPE_CHECKING:
    from collections.abc import Callable


def square(x: Any) -> Any:
    return (np.asarray(x) ** 2).sum()


def begin(**settings: Any) -> Any:
    """Take the first frame of a descent that is right but for these settings."""
    settings = {"objective": square, "start": [1.0], "optimizer": fl.Adam(), **settings}
    return next(fl.descend(**settings))


# What a type checker would have told.
untyped: Any = fl
X, Y = np.zeros((4, 2)), np.array([0, 1, 0, 1])
WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "no point": (lambda: untyped.central(square, None), "x must hold real numbers, got None; give numbers"),
    "a word": (lambda: untyped.central(square, "abc"), "x must hold real numbers, got 'abc'; give numbers"),
    "a list with a word": (
        lambda: untyped.central(square, [1, "a"]),
        "convert them with np.asarray(x, float)",
    ),
    "a complex point": (lambda: untyped.gradient(square, np.array([1j])), "got complex128; use x.real"),
    "the point first": (lambda: untyped.central([1.0], square), "the function comes first, then the point"),
    "no function": (lambda: untyped.gradient(3, [1.0]), "f must be a function, got 3"),
    "no function, complex": (lambda: untyped.complex_step(3, [1.0]), "f must be a function, got 3"),
    "no return": (lambda: untyped.central(lambda x: None, [1.0]), "got None; does it end with return?"),
    "no return, frames": (lambda: begin(objective=lambda x: None), "got None; does it end with return?"),
    "a seed for directions": (
        lambda: untyped.spsa(square, [1.0], rng=0),
        "rng must be a NumPy generator, got 0",
    ),
    "a negative tolerance": (lambda: untyped.estimate_gradient(square, [1.0], tolerance=-1.0), "at least 0"),
    "an optimizer's class": (lambda: begin(optimizer=untyped.Adam), "such as Adam(), got the class Adam"),
    "an optimizer's name": (lambda: begin(optimizer="adam"), "must have init and step, such as fl.Adam"),
    "a wrapper of nothing": (lambda: begin(optimizer=untyped.ClipNorm(1.0)), "must have init and step"),
    "a gradient's name": (lambda: begin(gradient="central"), "such as fl.central, got 'central'"),
    "a rule alone": (lambda: begin(stop=untyped.stopping.Target()), "stop must be a list of rules"),
    "a rule's class": (lambda: begin(stop=[untyped.stopping.Target]), "stop must be a list of rules"),
    "a seed for a descent": (lambda: begin(rng=0), "rng must be a NumPy generator, got 0"),
    "a schedule's name": (
        lambda: begin(optimizer=untyped.Scheduled(untyped.Adam(), "cosine")),
        "schedule must be a function of the step",
    ),
    "a seed for weights": (
        lambda: untyped.Network([2, 1]).initial(0),
        "rng must be a NumPy generator, got 0",
    ),
    "a seed for a training": (
        lambda: next(untyped.train(untyped.Network([2, 1]), X, Y, untyped.Adam(), rng=0)),
        "np.random.default_rng(seed) makes one",
    ),
    "samples alone": (lambda: untyped.DataLoss(square, X), "data must be a tuple of X and y, got ndarray"),
    "three of two": (lambda: untyped.DataLoss(square, (X, Y, Y)), "data must be X and y, got 3 of them"),
    "too many coordinates": (lambda: untyped.himmelblau([1.0, 2.0, 3.0]), "takes points of 2 coordinates"),
    "a number for a point": (lambda: untyped.himmelblau(1.0), "got shape ()"),
    "half a dimension": (
        lambda: untyped.objectives.rastrigin_n(2.5),
        "n must be a whole number of coordinates",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_call_is_told_what_to_do(name: str) -> None:
    call, said = WRONG[name]

    with pytest.raises((TypeError, ValueError)) as refused:
        call()

    assert said in str(refused.value)


@pytest.mark.parametrize("rate", [np.float32(0.5), np.float64(0.5), np.int64(1)], ids=repr)
def test_numbers_of_numpy_are_numbers(rate: Any) -> None:
    descent = fl.descend(square, [2.0], fl.GradientDescent(rate=rate))

    *_, last = islice(descent, 2)

    assert last.x == pytest.approx(2.0 - float(rate) * 4.0)
