"""What `descend` asks of an optimizer."""

import math
from collections.abc import Callable
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar

from fallline.arrays import Vector

State = TypeVar("State")

Value: TypeAlias = Callable[[Vector], float]
"""The objective as a search sees it: the value at a point, shape (n,)."""

Slope: TypeAlias = Callable[[Vector], Vector]
"""Its slope as a search sees it, shape (n,)."""


class Optimizer(Protocol[State]):
    """What `descend` asks of an optimizer that lives on slopes alone, whatever state it remembers.

    Any class that has both methods is one; there is nothing to inherit from.

    Examples
    --------
    >>> import numpy as np
    >>> from itertools import islice
    >>> from fallline import descend
    >>> class SignDescent:
    ...     def init(self, x):
    ...         return None
    ...
    ...     def step(self, x, slope, state):
    ...         return x - 0.5 * np.sign(slope), state
    >>> *_, last = islice(descend(lambda x: x @ x, [2.0, -1.0], SignDescent()), 5)
    >>> last.x
    array([0., 0.])
    """

    def init(self, x: Vector) -> State:
        """State before the first step from `x`, shape (n,)."""
        ...

    def step(self, x: Vector, slope: Vector, state: State) -> tuple[Vector, State]:
        """Next point and state, from the slope at `x`; changes none of its arguments."""
        ...


class Searcher(Protocol[State]):
    """What `descend` asks of an optimizer that also looks at the objective: along a line, around, or at its value.

    `objective(x)` is the value at a point of shape (n,), `gradient(x)` the slope there; both are counted.

    Examples
    --------
    >>> from itertools import islice
    >>> from fallline import descend
    >>> class Halving:
    ...     needs_objective = True
    ...
    ...     def init(self, x):
    ...         return 1.0
    ...
    ...     def step(self, x, slope, rate, objective, gradient):
    ...         while objective(x - rate * slope) > objective(x):
    ...             rate = rate / 2.0
    ...         return x - rate * slope, rate
    >>> *_, last = islice(descend(lambda x: 3.0 * x @ x, [2.0, -1.0], Halving()), 51)
    >>> last.x.round(6) + 0.0
    array([0., 0.])
    """

    needs_objective: ClassVar[bool] = True

    def init(self, x: Vector) -> State:
        """State before the first step from `x`, shape (n,)."""
        ...

    def step(
        self,
        x: Vector,
        slope: Vector,
        state: State,
        objective: Value,
        gradient: Slope,
    ) -> tuple[Vector, State]:
        """Next point and state, from the slope at `x` and from looking around; changes none of its arguments."""
        ...


def check_optimizer(optimizer: Any) -> None:
    """Refuse what is no optimizer.

    Raises
    ------
    TypeError
        If it lacks `init` or `step`, or is the class of one; the same for what it is wrapped around.
    """
    if isinstance(optimizer, type):
        raise TypeError(
            f"optimizer must be an instance, such as {optimizer.__name__}(), got the class {optimizer.__name__}"
        )
    if not (hasattr(optimizer, "init") and hasattr(optimizer, "step")):
        raise TypeError(
            f"optimizer must have init and step, such as fl.Adam(rate=0.01) has, got {optimizer!r}"
        )
    if hasattr(optimizer, "optimizer"):
        check_optimizer(optimizer.optimizer)


def needs_objective(optimizer: Any) -> bool:
    """Whether its `step` is to be given the objective and its gradient."""
    return bool(getattr(optimizer, "needs_objective", False))


def needs_slope(optimizer: Any) -> bool:
    """Whether its `step` looks at the slope; one that does not is given NaN, and nobody pays for a slope."""
    return bool(getattr(optimizer, "needs_slope", True))


def last_rate(optimizer: Any, state: Any) -> float:
    """Learning rate of the step that led to `state`: the setting, or what a schedule or a search made of it."""
    chosen = getattr(optimizer, "last_rate", None)
    return float(getattr(optimizer, "rate", math.nan) if chosen is None else chosen(state))
