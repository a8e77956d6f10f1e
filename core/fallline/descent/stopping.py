"""When to stop: each rule looks at a frame and the one before, and says in a sentence why it ends the descent there."""

from dataclasses import dataclass

import numpy as np

from fallline.descent.frames import Frame
from fallline.hyperparameters import (
    AT_LEAST_ONE,
    FINITE,
    NOT_NEGATIVE,
    POSITIVE,
    check_settings,
    setting,
    whole,
)


@dataclass(frozen=True)
class SlopeNorm:
    """Stop where it is flat: |g| ≤ tolerance.

    Examples
    --------
    >>> from fallline import GradientDescent, descend
    >>> *_, last = descend(lambda x: x[0] ** 2, [2.0], GradientDescent(rate=0.4), stop=[SlopeNorm(1e-3)])
    >>> last.step, last.stopped.reason
    (6, 'the slope, 0.000256, is at most 0.001')
    """

    tolerance: float = setting(
        1e-6, low=1e-12, high=1.0, scale="log", valid=NOT_NEGATIVE, help="The slope that counts as flat."
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def reason(self, frame: Frame, before: Frame | None) -> str:
        """Say whether the slope is flat."""
        norm = float(np.sqrt(frame.slope @ frame.slope))
        return f"the slope, {norm:.3g}, is at most {self.tolerance:g}" if norm <= self.tolerance else ""


@dataclass(frozen=True)
class Change:
    """Stop when the value hardly changes any more: |f − f₋| ≤ tolerance · max(1, |f|, |f₋|).

    Examples
    --------
    >>> from fallline import GradientDescent, descend
    >>> *_, last = descend(lambda x: x[0] ** 2, [2.0], GradientDescent(rate=0.4), stop=[Change(1e-3)])
    >>> last.step, last.stopped.reason
    (4, 'the value changed by 0.000246 in one step, at most 0.001')
    """

    tolerance: float = setting(
        1e-9, low=1e-15, high=1e-2, scale="log", valid=NOT_NEGATIVE, help="The change that counts as none."
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def reason(self, frame: Frame, before: Frame | None) -> str:
        """Say whether the last step changed the value."""
        if before is None:
            return ""
        change = abs(frame.value - before.value)
        if not change <= self.tolerance * max(1.0, abs(frame.value), abs(before.value)):
            return ""
        return f"the value changed by {change:.3g} in one step, at most {self.tolerance:g}"


@dataclass(frozen=True)
class Target:
    """Stop when the value is low enough: f ≤ target.

    Examples
    --------
    >>> Target(0.5).reason(Frame(1, np.zeros(1), 0.25, np.zeros(1), 0), None)
    'the value, 0.25, is at most 0.5'
    """

    value: float = setting(1e-8, low=0.0, high=1.0, valid=FINITE, help="The value that is low enough.")

    def __post_init__(self) -> None:
        check_settings(self)

    def reason(self, frame: Frame, before: Frame | None) -> str:
        """Say whether the value is low enough."""
        return f"the value, {frame.value:.3g}, is at most {self.value:g}" if frame.value <= self.value else ""


@dataclass(frozen=True)
class Budget:
    """Stop when the evaluations are used up; the last step may have used a few more.

    Examples
    --------
    >>> Budget(evaluations=100).reason(Frame(25, np.zeros(2), 0.25, np.zeros(2), 104), None)
    'there were 104 evaluations, and 100 to spend'
    """

    evaluations: int = whole(
        1000,
        low=10,
        high=100_000,
        scale="log",
        valid=AT_LEAST_ONE,
        unit="evaluations",
        help="How many may be spent.",
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def reason(self, frame: Frame, before: Frame | None) -> str:
        """Say whether the evaluations are used up."""
        if frame.evaluations < self.evaluations:
            return ""
        return f"there were {frame.evaluations} evaluations, and {self.evaluations} to spend"


@dataclass(frozen=True)
class Divergence:
    """Stop when the value has left all bounds, up or down, infinity too: |f| > limit.

    Examples
    --------
    >>> Divergence().reason(Frame(9, np.zeros(1), np.inf, np.zeros(1), 0), None)
    'the value, inf, is beyond 1e+12'
    """

    limit: float = setting(
        1e12, low=1e3, high=1e100, scale="log", valid=POSITIVE, help="The value that is out of bounds."
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def reason(self, frame: Frame, before: Frame | None) -> str:
        """Say whether the value is out of bounds."""
        return (
            f"the value, {frame.value:.3g}, is beyond {self.limit:g}" if abs(frame.value) > self.limit else ""
        )


@dataclass(frozen=True)
class NotANumber:
    """Stop when the value or a coordinate is NaN, from which nothing comes back.

    Examples
    --------
    >>> NotANumber().reason(Frame(9, np.array([0.0, np.nan]), 1.0, np.zeros(2), 0), None)
    'coordinate 1 is no longer a number'
    """

    def reason(self, frame: Frame, before: Frame | None) -> str:
        """Say what is no longer a number."""
        if np.isnan(frame.value):
            return "the value is no longer a number"
        lost = np.isnan(frame.x)
        return f"coordinate {lost.argmax()} is no longer a number" if lost.any() else ""
