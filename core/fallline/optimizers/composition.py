"""What can be wrapped around any optimizer: weight decay, clipped slopes, a scheduled rate.

Each wrapper is an optimizer itself, so they stack: `Scheduled(ClipNorm(Adam(rate=0.01), 1.0), Cosine(200))`. Around a
method that searches along a line they change what it sees of the slopes, and of the objective where there is a penalty.
"""

from copy import copy
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from fallline.arrays import Vector
from fallline.hyperparameters import NOT_NEGATIVE, POSITIVE, check_settings, setting, switch
from fallline.optimizers.protocol import Slope, Value, last_rate, needs_objective, needs_slope
from fallline.schedules import Schedule


class _Around:
    """What every wrapper passes on from the optimizer inside."""

    optimizer: Any

    @property
    def needs_objective(self) -> bool:
        """Whether `step` is to be given the objective and its gradient."""
        return needs_objective(self.optimizer)

    @property
    def needs_slope(self) -> bool:
        """Whether `step` looks at the slope."""
        return needs_slope(self.optimizer)

    @property
    def rate(self) -> float:
        """Rate of the optimizer inside."""
        return float(self.optimizer.rate)

    def init(self, x: Vector) -> Any:
        """Begin as the optimizer inside does."""
        return self.optimizer.init(x)

    def last_rate(self, state: Any) -> float:
        """Rate of the step that led to `state`."""
        return last_rate(self.optimizer, state)


@dataclass(frozen=True)
class WeightDecay(_Around):
    """Pull the point towards 0, so that weights stay small.

    Decoupled:  x ← (the optimizer's step from x) − αλx
    Else:       the optimizer sees f(x) + ½λ|x|² and its slope g + λx

    The second is ridge regression's L2 penalty and PyTorch's `weight_decay` of SGD and Adam; the first leaves adaptive
    rates out of it, as AdamW does: Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019. α is the
    rate of the step as it was taken.

    Examples
    --------
    >>> from fallline import GradientDescent
    >>> optimizer = WeightDecay(GradientDescent(rate=0.5), weight_decay=0.1)
    >>> optimizer.step(np.array([2.0]), np.array([1.0]), None)
    (array([1.4]), None)
    """

    optimizer: Any
    weight_decay: float = setting(
        0.01,
        low=1e-6,
        high=1.0,
        scale="log",
        valid=NOT_NEGATIVE,
        help="How strongly the point is pulled to 0.",
    )
    decoupled: bool = switch(True, help="Decay the point itself, and not by way of the slope.")

    def __post_init__(self) -> None:
        check_settings(self)

    def step(
        self,
        x: Vector,
        slope: Vector,
        state: Any,
        objective: Value | None = None,
        gradient: Slope | None = None,
    ) -> tuple[Vector, Any]:
        """Take the optimizer's step, and decay."""
        if not self.decoupled:
            problem = objective and self._penalized(objective), gradient and self._steepened(gradient)
            return _step(self.optimizer, x, slope + self.weight_decay * x, state, *problem)
        moved, state = _step(self.optimizer, x, slope, state, objective, gradient)
        return moved - last_rate(self.optimizer, state) * self.weight_decay * x, state

    def _penalized(self, objective: Value) -> Value:
        return lambda x: objective(x) + 0.5 * self.weight_decay * float(x @ x)

    def _steepened(self, gradient: Slope) -> Slope:
        return lambda x: gradient(x) + self.weight_decay * x


class _Clipping(_Around):
    """What the ways to clip slopes share: the optimizer inside sees clipped ones alone."""

    def step(
        self,
        x: Vector,
        slope: Vector,
        state: Any,
        objective: Value | None = None,
        gradient: Slope | None = None,
    ) -> tuple[Vector, Any]:
        """Take the optimizer's step, from clipped slopes."""
        clipped = gradient and (lambda x: self._clip(gradient(x)))
        return _step(self.optimizer, x, self._clip(slope), state, objective, clipped)

    def _clip(self, slope: Vector) -> Vector:
        raise NotImplementedError


@dataclass(frozen=True)
class ClipNorm(_Clipping):
    """Shorten slopes that are too long, so that no cliff throws the point far away (Pascanu, Mikolov and Bengio, 2013).

    g ← g · min(1, c/|g|)

    "On the difficulty of training recurrent neural networks", ICML 2013, algorithm 1. |g| is the slope's Euclidean length;
    `optimizer` is any optimizer, or another wrapper.

    Examples
    --------
    >>> from fallline import GradientDescent
    >>> ClipNorm(GradientDescent(rate=1.0), max_norm=1.0).step(np.zeros(2), np.array([3.0, 4.0]), None)
    (array([-0.6, -0.8]), None)
    """

    optimizer: Any
    max_norm: float = setting(
        1.0,
        low=1e-3,
        high=100.0,
        scale="log",
        valid=POSITIVE,
        help="The longest slope that passes unchanged.",
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def _clip(self, slope: Vector) -> Vector:
        # A slope whose square is not finite is scaled first.
        largest = float(np.abs(slope).max())
        if not 0.0 < largest < np.inf:
            return slope
        scaled = slope / largest
        norm = largest * float(np.sqrt(scaled @ scaled))
        return slope * (self.max_norm / norm) if norm > self.max_norm else slope


@dataclass(frozen=True)
class ClipValue(_Clipping):
    """Bound the slope along each coordinate: gᵢ ← min(max(gᵢ, −c), c).

    PyTorch's `clip_grad_value_`. Unlike `ClipNorm` it changes the direction. `optimizer` is any optimizer, or another wrapper.

    Examples
    --------
    >>> from fallline import GradientDescent
    >>> ClipValue(GradientDescent(rate=1.0), max_value=1.0).step(np.zeros(2), np.array([3.0, -0.5]), None)
    (array([-1. ,  0.5]), None)
    """

    optimizer: Any
    max_value: float = setting(
        1.0, low=1e-3, high=100.0, scale="log", valid=POSITIVE, help="The steepest slope along a coordinate."
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def _clip(self, slope: Vector) -> Vector:
        return np.clip(slope, -self.max_value, self.max_value)


class ScheduledState(NamedTuple):
    """Steps taken, the state of the optimizer inside, and the rate of its last step."""

    steps: int
    inner: Any
    rate: float


@dataclass(frozen=True)
class Scheduled(_Around):
    """Change an optimizer's rate on the way: at step t it is `rate` times the schedule's factor.

    Methods that search along a line try the scheduled rate first. `Rprop` takes its rate at the start alone.

    Examples
    --------
    >>> from fallline import GradientDescent
    >>> from fallline.schedules import Exponential
    >>> optimizer = Scheduled(GradientDescent(rate=1.0), Exponential(gamma=0.5))
    >>> x, state = optimizer.step(np.array([8.0]), np.array([4.0]), optimizer.init(np.array([8.0])))
    >>> optimizer.step(x, np.array([4.0]), state)[0]
    array([2.])
    """

    optimizer: Any
    schedule: Schedule

    def init(self, x: Vector) -> ScheduledState:
        """Begin as the optimizer inside does, at step 0.

        Raises
        ------
        TypeError
            If the schedule is no function of the step.
        """
        if not callable(self.schedule):
            raise TypeError(
                f"schedule must be a function of the step, such as fl.schedules.Cosine(200), got {self.schedule!r}"
            )
        return ScheduledState(0, self._now(0).init(x), 0.0)

    def step(
        self,
        x: Vector,
        slope: Vector,
        state: ScheduledState,
        objective: Value | None = None,
        gradient: Slope | None = None,
    ) -> tuple[Vector, ScheduledState]:
        """Take the optimizer's step at the rate of the moment."""
        now = self._now(state.steps)
        moved, inner = _step(now, x, slope, state.inner, objective, gradient)
        return moved, ScheduledState(state.steps + 1, inner, last_rate(now, inner))

    def last_rate(self, state: ScheduledState) -> float:
        """Rate of the step that led to `state`."""
        return state.rate

    def _now(self, step: int) -> Any:
        return _with_rate(self.optimizer, self.rate * self.schedule(step))


def _step(
    optimizer: Any, x: Vector, slope: Vector, state: Any, objective: Value | None, gradient: Slope | None
) -> tuple[Vector, Any]:
    problem = (objective, gradient) if needs_objective(optimizer) else ()
    stepped: tuple[Vector, Any] = optimizer.step(x, slope, state, *problem)
    return stepped


def _with_rate(optimizer: Any, rate: float) -> Any:
    # Not `dataclasses.replace`: a schedule may end at a rate of 0, which nobody may set by hand, and checking every
    # setting anew takes longer than the step.
    changed = copy(optimizer)
    if isinstance(optimizer, _Around):
        object.__setattr__(changed, "optimizer", _with_rate(optimizer.optimizer, rate))
    else:
        object.__setattr__(changed, "rate", rate)
    return changed
