"""The loop that everything here is about: look at the slope, take a step, look again.

A descent is a generator of frames. Whoever wants a hundred steps takes a hundred; whoever wants a picture, a table or a
stopping rule makes it out of the frames. Where a descent diverges, the frames say so: infinity and NaN are values like
any other, without warnings.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from inspect import signature
from math import nan
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from fallline.arrays import Function, Vector, as_number, as_vector, check_generator
from fallline.descent.frames import Frame
from fallline.descent.problem import Draw, GradientMethod, Problem, draws
from fallline.descent.until import Rule, until
from fallline.differences import central
from fallline.optimizers.protocol import (
    Optimizer,
    Searcher,
    State,
    check_optimizer,
    last_rate,
    needs_objective,
    needs_slope,
)


def descend(
    objective: Function,
    start: ArrayLike,
    optimizer: Optimizer[State] | Searcher[State],
    gradient: GradientMethod = central,
    rng: "np.random.Generator | None" = None,
    *,
    stop: Sequence[Rule] = (),
    clock: Callable[[], float] | None = None,
) -> Iterator[Frame]:
    """Walk downhill from a point, one frame for each step, for as long as someone asks.

    Parameters
    ----------
    objective
        The function to be minimised: an `Objective`, any function of points of shape (n,), or a `DataLoss`.
    start
        Where to begin, shape (n,).
    optimizer
        The rule that turns slopes into steps.
    gradient
        The method that finds slopes: a scheme, `exact`, or any callable (f, x) -> slope.
    rng
        The source of chance: for batches, and for gradient methods that take `rng`; the schemes leave nothing to chance.
    stop
        Rules of `fallline.stopping`; the first that applies ends the descent, and the last frame says which it was.
    clock
        What tells the time, in seconds, such as `time.perf_counter`.

    Yields
    ------
    Frame
        The start, then the point after each step. Without a rule it never ends by itself: use `itertools.islice`.

    Raises
    ------
    TypeError
        If `start` is not real, or the optimizer, the gradient method, a rule or `rng` is none.
    ValueError
        If `start` is not a vector, or batches are to be shuffled without `rng`.

    Examples
    --------
    >>> from itertools import islice
    >>> from fallline import GradientDescent
    >>> for frame in islice(descend(lambda x: x[0] ** 2, [2.0], GradientDescent(rate=0.1)), 3):
    ...     print(frame.step, frame.x, frame.evaluations)
    0 [2.] 2
    1 [1.6] 4
    2 [1.28] 6
    """
    check_optimizer(optimizer)
    _check_method(gradient)
    _check_rules(stop)
    if rng is not None:
        check_generator(rng)
    randomly = rng is not None and "rng" in signature(gradient).parameters
    method = partial(gradient, rng=rng) if randomly else gradient
    x = as_vector(start, "start").copy()
    problem = Problem(method, remember=needs_objective(optimizer))
    frames = _frames(draws(objective, rng), x, optimizer, problem, clock or (lambda: nan))
    return until(frames, stop) if stop else frames


def _check_method(gradient: Any) -> None:
    if not callable(gradient):
        raise TypeError(f"gradient must be a function (f, x) -> slope, such as fl.central, got {gradient!r}")


def _check_rules(stop: Any) -> None:
    given = stop if isinstance(stop, list | tuple) else [stop]
    if given is not stop or any(isinstance(rule, type) or not hasattr(rule, "reason") for rule in given):
        raise TypeError(f"stop must be a list of rules, such as [fl.stopping.SlopeNorm(1e-6)], got {stop!r}")


def _frames(
    drawn: Iterator[Draw], x: Vector, optimizer: Any, problem: Problem, clock: Callable[[], float]
) -> Iterator[Frame]:
    looks = (problem.value, problem.slope) if needs_objective(optimizer) else ()
    find = problem.slope if needs_slope(optimizer) else partial(np.full_like, fill_value=nan)
    began, rate = clock(), nan
    state = optimizer.init(x)
    for step, draw in enumerate(drawn):
        problem.face(draw, x)
        # Never held across a yield: it would silence the caller's warnings too.
        with np.errstate(all="ignore"):
            slope = find(x)
            value = as_number(draw.value(x.copy()))
        counts = problem.counted.evaluations, rate, problem.gradients, problem.samples, draw.epoch
        yield Frame(step, x, value, slope, *counts, clock() - began)
        with np.errstate(all="ignore"):
            x, state = optimizer.step(x, slope, state, *looks)
            rate = last_rate(optimizer, state)
