"""What a descent shows of itself."""

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

from fallline.arrays import Vector

if TYPE_CHECKING:
    from fallline.descent.until import Stopped


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
        The slope at `x`, shape (n,), as the gradient method saw it; NaN where the optimizer asks for none.
    evaluations
        Points at which f has been evaluated up to and including this slope: for slopes, and by searches along a line.
    rate
        The learning rate of the step that led here, as it was set, scheduled, or found by a search; NaN at the start.
    gradients
        Slopes found up to and including this one, by whatever method.
    samples
        Samples of the data looked at for those slopes and searches, each as often as it was looked at; 0 without data.
    epoch
        Whole passes through the data before this slope's batch; 0 without data.
    seconds
        Time since the start, by the clock that `descend` was given; NaN without one.
    stopped
        Which rule ended the descent here, and why; None on every frame but the last.

    Examples
    --------
    >>> from itertools import islice
    >>> from fallline import GradientDescent, descend
    >>> start, first, *_ = islice(descend(lambda x: x[0] ** 2, [2.0], GradientDescent(rate=0.1)), 2)
    >>> first.step, round(float(first.x[0]), 9), round(first.value, 9), first.evaluations
    (1, 1.6, 2.56, 4)
    """

    step: int
    x: Vector
    value: float
    slope: Vector
    evaluations: int
    rate: float = nan
    gradients: int = 0
    samples: int = 0
    epoch: int = 0
    seconds: float = nan
    stopped: "Stopped | None" = None
