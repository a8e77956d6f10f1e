"""A function as one step of a descent meets it: counted, and never asked twice for what is known."""

from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from fallline.arrays import Function, Points, Vector, as_number

GradientMethod: TypeAlias = Callable[..., Vector]
"""Anything that turns a function and a point, shape (n,), into a slope, shape (n,); called (f, x) or (f, x, rng=rng)."""


class Draw(NamedTuple):
    """What one step of a descent sees of an objective.

    `function` is what slopes are taken of, `value` what onlookers are shown; a draw from data has a number of samples
    and stands in an epoch.
    """

    function: Function
    value: Function
    samples: int = 0
    epoch: int = 0


def draws(objective: Any, rng: "np.random.Generator | None") -> Iterator[Draw]:
    """Draw what each step sees: the objective itself, or what one that has a method `draws` makes of its data."""
    drawn = getattr(objective, "draws", None)
    if drawn is None:
        return repeat(Draw(objective, objective))
    some: Iterator[Draw] = drawn(rng)
    return some


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


class Counted:
    """A function that counts the points it is evaluated at; the function may change from step to step."""

    def __init__(self) -> None:
        self.evaluations = 0

    def face(self, f: Function) -> None:
        """Stand for another function from now on."""
        self.f = f
        self.vectorized: bool = getattr(f, "vectorized", False)

    def __call__(self, x: Points) -> Any:
        """Value at a point, or values at the columns of `x`."""
        self.evaluations += x.shape[1] if self.vectorized and x.ndim == 2 else 1
        return self.f(x)

    def gradient(self, x: Vector) -> Vector:
        """Slope by the function's own formula."""
        return exact(self.f, x)


class Problem:
    """Values and slopes for an optimizer, with what they cost.

    A search ends where it looked last, and there the next step begins. So with `remember` what was seen at a point is
    kept until the next step, and nobody pays for it twice. Without, every slope is taken anew, as a gradient method
    that draws at random would have it.
    """

    def __init__(self, gradient: GradientMethod, remember: bool) -> None:
        self.counted = Counted()
        self.method = gradient
        self.remember = remember
        self.gradients = 0
        self.samples = 0
        self._draw: Draw | None = None
        self._values: dict[bytes, float] = {}
        self._slopes: dict[bytes, Vector] = {}

    def face(self, draw: Draw, x: Vector) -> None:
        """Begin a step from `x` with what is drawn; of the step before, what was seen at `x` stays known."""
        if self.remember:
            same = self._draw is not None and self._draw.function is draw.function
            here = {x.tobytes()} if same else set()
            self._values = {key: self._values[key] for key in here & self._values.keys()}
            self._slopes = {key: self._slopes[key] for key in here & self._slopes.keys()}
        self._draw = draw
        self.counted.face(draw.function)

    def value(self, x: Vector) -> float:
        """Value at a point, counted as an evaluation when it is new."""
        key = x.tobytes()
        if key not in self._values:
            self._count_samples()
            self._values[key] = as_number(self.counted(x.copy()))
        return self._values[key]

    def slope(self, x: Vector) -> Vector:
        """Slope at a point by the gradient method, counted when it is new."""
        if not self.remember:
            return self._new_slope(x)
        key = x.tobytes()
        if key not in self._slopes:
            self._slopes[key] = self._new_slope(x)
        return self._slopes[key]

    def _new_slope(self, x: Vector) -> Vector:
        self._count_samples()
        self.gradients += 1
        slope = self.method(self.counted, x)
        if np.shape(slope) != x.shape:
            raise TypeError(
                f"gradient must return a slope of shape {x.shape}, got {type(slope).__name__} of shape {np.shape(slope)}; "
                "for steps found on the way, use lambda f, x: fallline.gradient(f, x, 'automatic')"
            )
        return slope

    def _count_samples(self) -> None:
        self.samples += 0 if self._draw is None else self._draw.samples
