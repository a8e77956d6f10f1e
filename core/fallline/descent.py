"""The loop that everything here is about: look at the slope, take a step, look again.

A descent is a generator of frames. Whoever wants a hundred steps takes a hundred; whoever wants a picture, a table or a
stopping rule makes it out of the frames. Where a descent diverges, the frames say so: infinity and NaN are values like
any other, without warnings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from inspect import signature
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from fallline.arrays import Function, Points, Vector, as_number, as_vector
from fallline.differences import central
from fallline.optimizers import Optimizer, State

GradientMethod: TypeAlias = Callable[..., Vector]
"""Anything that turns a function and a point, shape (n,), into a slope, shape (n,); called (f, x) or (f, x, rng=rng)."""


@dataclass(frozen=True)
class Frame:
    """One moment of a descent.

    Parameters
    ----------
    step
        Steps taken since the start, which is frame 0.
    x
        The point, shape (n,).
    value
        f(x), for those who look on: no method uses it, so it is not counted as an evaluation.
    slope
        The slope at `x`, shape (n,), as the gradient method saw it.
    evaluations
        Points at which f has been evaluated for the slopes up to and including this one.
    """

    step: int
    x: Vector
    value: float
    slope: Vector
    evaluations: int


class _Counted:
    """A function that counts the points it is evaluated at."""

    def __init__(self, f: Function) -> None:
        self.f = f
        self.evaluations = 0
        self.vectorized: bool = getattr(f, "vectorized", False)

    def __call__(self, x: Points) -> Any:
        self.evaluations += x.shape[1] if self.vectorized and x.ndim == 2 else 1
        return self.f(x)

    def gradient(self, x: Vector) -> Vector:
        return exact(self.f, x)


def exact(f: Function, x: Vector) -> Vector:
    """Slope of an objective by its own formula; a gradient method that evaluates f nowhere.

    Parameters
    ----------
    f
        An objective, or any function with a method `gradient`.
    x
        The point, shape (n,).

    Raises
    ------
    TypeError
        If `f` has no formula for its gradient.

    Examples
    --------
    >>> from fallline import bowl
    >>> exact(bowl(4.0), np.array([1.0, 1.0]))
    array([1., 4.])
    """
    formula = getattr(f, "gradient", None)
    if formula is None:
        raise TypeError(f"exact needs a function with a method gradient, got {f!r}; use central instead")
    slope: Vector = formula(x)
    return slope


def descend(
    objective: Function,
    start: ArrayLike,
    optimizer: Optimizer[State],
    gradient: GradientMethod = central,
    rng: "np.random.Generator | None" = None,
) -> Iterator[Frame]:
    """Walk downhill from a point, one frame for each step, for as long as someone asks.

    Parameters
    ----------
    objective
        The function to be minimised: an `Objective`, or any function of points of shape (n,).
    start
        Where to begin, shape (n,).
    optimizer
        The rule that turns slopes into steps.
    gradient
        The method that finds slopes: a scheme, `exact`, or any callable (f, x) -> slope.
    rng
        The source of chance, handed to gradient methods that take `rng`; the schemes leave nothing to chance.

    Yields
    ------
    Frame
        The start, then the point after each step. It never ends by itself: use `itertools.islice`.

    Raises
    ------
    TypeError
        If `start` is not real.
    ValueError
        If `start` is not a vector.

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
    draws = rng is not None and "rng" in signature(gradient).parameters
    method = partial(gradient, rng=rng) if draws else gradient
    return _frames(objective, as_vector(start, "start").copy(), optimizer, method)


def _frames(
    objective: Function, x: Vector, optimizer: Optimizer[State], gradient: GradientMethod
) -> Iterator[Frame]:
    counted = _Counted(objective)
    state = optimizer.init(x)
    step = 0
    while True:
        # Never held across a yield: it would silence the caller's warnings too.
        with np.errstate(all="ignore"):
            slope = gradient(counted, x)
            value = as_number(objective(x.copy()))
        yield Frame(step, x, value, slope, counted.evaluations)
        with np.errstate(all="ignore"):
            x, state = optimizer.step(x, slope, state)
        step += 1
