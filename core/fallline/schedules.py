"""How the learning rate changes on the way: each schedule turns the number of a step into a factor of the rate.

The factor is at most 1, so an optimizer's `rate` is the highest it takes; steps are counted from 0. Composed by
`Scheduled(optimizer, schedule)`. The forms are PyTorch's where it has them.
"""

from dataclasses import dataclass, field
from math import cos, floor, pi
from typing import Protocol

from fallline.hyperparameters import AT_LEAST_ONE, FRACTION, POSITIVE, check_settings, setting, whole


class Schedule(Protocol):
    """What `Scheduled` asks of a schedule; a function will do.

    Examples
    --------
    >>> from fallline import GradientDescent, Scheduled
    >>> Scheduled(GradientDescent(rate=0.5), lambda step: 1.0 / (1.0 + step)).rate
    0.5
    """

    def __call__(self, step: int) -> float:
        """Factor of the rate at a step, the first of which is 0."""
        ...


def _steps_field(default: int, help: str) -> int:
    return whole(default, low=1, high=10_000, scale="log", valid=AT_LEAST_ONE, unit="steps", help=help)


def _floor_field(default: float, help: str) -> float:
    return setting(default, low=0.0, high=0.999, valid=FRACTION, help=help)


def _gamma_field(default: float, help: str) -> float:
    return setting(default, low=0.01, high=1.0, valid=POSITIVE, help=help)


@dataclass(frozen=True)
class Constant:
    """Leave the rate as it is.

    Examples
    --------
    >>> Constant()(100)
    1.0
    """

    def __call__(self, step: int) -> float:
        """Return 1 at every step."""
        return 1.0


@dataclass(frozen=True)
class StepDecay:
    """Multiply the rate by γ every so many steps: γ^⌊t/T⌋. PyTorch's StepLR.

    Examples
    --------
    >>> [StepDecay(every=2, gamma=0.5)(step) for step in range(5)]
    [1.0, 1.0, 0.5, 0.5, 0.25]
    """

    every: int = _steps_field(100, "Steps between one fall and the next.")
    gamma: float = _gamma_field(0.1, "Factor of every fall.")

    def __post_init__(self) -> None:
        check_settings(self)

    def __call__(self, step: int) -> float:
        """Return the factor at a step."""
        return float(self.gamma ** (step // self.every))


@dataclass(frozen=True)
class Exponential:
    """Multiply the rate by γ at every step: γᵗ. PyTorch's ExponentialLR.

    Examples
    --------
    >>> [Exponential(gamma=0.5)(step) for step in range(3)]
    [1.0, 0.5, 0.25]
    """

    gamma: float = setting(0.99, low=0.9, high=1.0, valid=POSITIVE, help="Factor from each step to the next.")

    def __post_init__(self) -> None:
        check_settings(self)

    def __call__(self, step: int) -> float:
        """Return the factor at a step."""
        return float(self.gamma**step)


@dataclass(frozen=True)
class Cosine:
    """Let the rate fall along half a cosine, and stay at the end (Loshchilov and Hutter, 2017).

    φ + ½(1 − φ)(1 + cos(πt/T))

    "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, equation 5, without restarts; PyTorch's
    CosineAnnealingLR up to step T.

    Examples
    --------
    >>> [round(Cosine(steps=4)(step), 3) for step in range(6)]
    [1.0, 0.854, 0.5, 0.146, 0.0, 0.0]
    """

    steps: int = _steps_field(200, "Steps until it is at its end.")
    floor: float = _floor_field(0.0, "Factor at the end.")

    def __post_init__(self) -> None:
        check_settings(self)

    def __call__(self, step: int) -> float:
        """Return the factor at a step."""
        share = min(step / self.steps, 1.0)
        return self.floor + 0.5 * (1.0 - self.floor) * (1.0 + cos(pi * share))


@dataclass(frozen=True)
class WarmUp:
    """Raise the rate in a straight line, and then follow another schedule (Goyal et al., 2017).

    φ + (1 − φ)t/T    before step T, and then the other's factor at t − T

    "Accurate, large minibatch SGD: training ImageNet in 1 hour", arXiv:1706.02677, section 2.2. PyTorch's LinearLR.

    Examples
    --------
    >>> schedule = WarmUp(steps=2, start=0.5, then=Exponential(gamma=0.5))
    >>> [schedule(step) for step in range(5)]
    [0.5, 0.75, 1.0, 0.5, 0.25]
    """

    steps: int = _steps_field(10, "Steps until the rate is at its full height.")
    start: float = _floor_field(0.1, "Factor at the first step.")
    then: Schedule = field(default_factory=Constant)

    def __post_init__(self) -> None:
        check_settings(self)

    def __call__(self, step: int) -> float:
        """Return the factor at a step."""
        if step >= self.steps:
            return self.then(step - self.steps)
        return self.start + (1.0 - self.start) * (step / self.steps)


@dataclass(frozen=True)
class OneCycle:
    """Raise the rate to its height and let it fall far below, along half cosines (Smith and Topin, 2019).

    From 1/d to 1 in the first part of the steps, from there to 1/(d·D) in the rest, and stay.

    "Super-convergence: very fast training of neural networks using large learning rates"; PyTorch's OneCycleLR with its
    names: d is `div_factor`, D is `final_div_factor`.

    Examples
    --------
    >>> schedule = OneCycle(steps=11, pct_start=0.3, div_factor=10.0, final_div_factor=10.0)
    >>> [round(schedule(step), 3) for step in (0, 1, 2, 6, 10, 11)]
    [0.1, 0.458, 0.963, 0.535, 0.01, 0.01]
    """

    steps: int = _steps_field(200, "Steps of the whole cycle.")
    pct_start: float = setting(0.3, low=0.05, high=0.95, valid=FRACTION, help="Part of the steps that rises.")
    div_factor: float = setting(
        25.0, low=1.0, high=100.0, scale="log", valid=AT_LEAST_ONE, help="How far below its height it begins."
    )
    final_div_factor: float = setting(
        1e4, low=1.0, high=1e6, scale="log", valid=AT_LEAST_ONE, help="How far below its beginning it ends."
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def __call__(self, step: int) -> float:
        """Return the factor at a step."""
        begin = 1.0 / self.div_factor
        top, last = self.pct_start * self.steps - 1.0, self.steps - 1.0
        if step <= top:
            return _along_cosine(begin, 1.0, step / top if top else 1.0)
        share = min((step - top) / (last - top), 1.0) if last > top else 1.0
        return _along_cosine(1.0, begin / self.final_div_factor, share)


def _along_cosine(begin: float, end: float, share: float) -> float:
    return end + 0.5 * (begin - end) * (1.0 + cos(pi * share))


@dataclass(frozen=True)
class Cyclic:
    """Let the rate rise and fall in straight lines, again and again (Smith, 2017).

    "Cyclical learning rates for training neural networks", WACV 2017, the policy "triangular"; PyTorch's CyclicLR.

    Examples
    --------
    >>> [round(Cyclic(up=2, down=2, floor=0.5)(step), 3) for step in range(6)]
    [0.5, 0.75, 1.0, 0.75, 0.5, 0.75]
    """

    up: int = _steps_field(50, "Steps of every rise.")
    down: int = _steps_field(50, "Steps of every fall.")
    floor: float = _floor_field(0.1, "Factor between the cycles.")

    def __post_init__(self) -> None:
        check_settings(self)

    def __call__(self, step: int) -> float:
        """Return the factor at a step."""
        total = self.up + self.down
        within = step - total * floor(step / total)
        share = within / self.up if within <= self.up else (total - within) / self.down
        return self.floor + (1.0 - self.floor) * share
