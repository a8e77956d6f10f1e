"""What is learnt: data, and a line or a probability of two parameters whose loss can be drawn whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import fallline as fl

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from fallline.descent.until import Rule

    Data = tuple[NDArray[np.float64], NDArray[Any]]
    Domain = tuple[tuple[float, float], tuple[float, float]]

# What the curvature of a loss is at most, for an output whose slope is 1.
BENDS = {"mean_squared": 2.0, "huber": 1.0, "cross_entropy": 0.25}
# A search for the minimum, and how flat it has to be there.
SEARCH, FLAT = 300, 1e-9


class Kind(NamedTuple):
    """A kind of data: how it is made, how Python writes that, and what suits it.

    `classes` says whether y holds two classes; then the line gives the logarithm of their odds.
    """

    title: str
    make: Callable[[int, float, int], Data]
    code: str
    classes: bool
    noise: float
    domain: Domain
    start: tuple[float, float]
    rate: float


def _line(n: int, noise: float, seed: int) -> Data:
    return fl.datasets.noisy_line(n, noise, seed)


def _sine(n: int, noise: float, seed: int) -> Data:
    return fl.datasets.sine(n, noise, seed)


def _clouds(n: int, noise: float, seed: int) -> Data:
    points, y = fl.datasets.gaussians(n, noise, seed)
    return np.ascontiguousarray(points[:, :1]), y


KINDS = {
    "line": Kind(
        "numbers on a line",
        _line,
        "X, y = fl.datasets.noisy_line({n}, {noise!r}, rng={seed})",
        False,
        0.3,
        ((-0.9, 3.2), (-1.5, 2.6)),
        (-0.6, -1.1),
        0.3,
    ),
    "sine": Kind(
        "numbers on a wave",
        _sine,
        "X, y = fl.datasets.sine({n}, {noise!r}, rng={seed})",
        False,
        0.3,
        ((-1.2, 1.8), (-1.6, 1.4)),
        (-0.8, -1.2),
        0.04,
    ),
    "clouds": Kind(
        "two classes",
        _clouds,
        "X, y = fl.datasets.gaussians({n}, {noise!r}, rng={seed})\nX = X[:, :1]",
        True,
        0.8,
        ((-6.0, 2.0), (-4.0, 4.0)),
        (1.0, 2.5),
        1.0,
    ),
}


@dataclass(frozen=True, eq=False)
class Problem:
    """Data, and the network of one line that learns them: θ = (slope, intercept)."""

    kind: Kind
    criterion: str
    X: NDArray[np.float64]
    y: NDArray[Any]

    @cached_property
    def network(self) -> fl.Network:
        """The line: one weight, one bias."""
        return fl.Network([1, 1], loss=self.criterion)

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return len(self.y)

    def loss(self, batches: Any) -> fl.DataLoss:
        """Return the loss of which each step sees a batch; onlookers see that of all data."""
        network = self.network
        return fl.DataLoss(network.loss, (self.X, self.y), batches, network.gradient, "data", vectorized=True)

    def surface(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the loss over all data at the columns of `points`, shape (2, m): the map, exactly."""
        losses: NDArray[np.float64] = self.network.loss(points, self.X, self.y)
        return losses

    @cached_property
    def minimum(self) -> tuple[tuple[float, float], float] | None:
        """Where the loss over all data is lowest, and how low; None where a line parts the classes, and nothing is lowest."""
        whole = self.loss(fl.FullBatch())
        stop: list[Rule] = [fl.stopping.SlopeNorm(FLAT), fl.stopping.NotANumber()]
        *_, last = islice(fl.descend(whole, self.kind.start, fl.BFGS(), fl.exact, stop=stop), SEARCH)
        if self.kind.classes and (self.network.predict(last.x, self.X) == self.y).all():
            return None
        return (float(last.x[0]), float(last.x[1])), last.value

    @property
    def floor(self) -> float:
        """The loss that heights are counted from; parted classes can be learnt ever better, down to 0."""
        return 0.0 if self.minimum is None else self.minimum[1]

    @cached_property
    def curvature(self) -> float:
        """The largest curvature L of the loss over all data, or a bound for it."""
        inputs = np.column_stack([self.X[:, 0], np.ones(self.samples)])
        return BENDS[self.criterion] * float(np.linalg.eigvalsh(inputs.T @ inputs / self.samples)[-1])

    @property
    def curvature_of_one(self) -> float:
        """The largest curvature that the loss of a single sample has, or a bound for it."""
        return BENDS[self.criterion] * float((self.X[:, 0] ** 2).max() + 1.0)

    @property
    def code(self) -> str:
        """The Python that makes the network; the data's is their kind's."""
        loss = "" if self.criterion == "cross_entropy" else f', loss="{self.criterion}"'
        return f"network = fl.Network([1, 1]{loss})"
