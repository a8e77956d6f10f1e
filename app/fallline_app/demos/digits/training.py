"""A training as it goes: what is recorded of it, and where it may be looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import fallline as fl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

INK, TRAINED_ON = 16.0, 1437
RANDOM, WRITERS = "a fifth, at random", "the last fifth, by other writers"
# At most so many frames after the first are recorded, and every so many of them the weights.
FRAMES, KEEP = 100, 5
TRAIN, TEST = 0, 1


class Columns(NamedTuple):
    """The numbers of one frame on one part of the data; `accuracy` in per cent."""

    step: float
    slopes: float
    evaluations: float
    loss: float
    accuracy: float


COLUMNS = Columns._fields


class Parts(NamedTuple):
    """Pictures, shape (n, 64), and which digits they are: to learn from, and to be tested on."""

    X: NDArray[np.float64]
    y: NDArray[np.int64]
    X_test: NDArray[np.float64]
    y_test: NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """Everything that a training follows from; `test` says which digits are kept for the test, `step` is h or None."""

    network: fl.Network
    test: str
    optimizer: Any
    batch: int
    steps: int
    seed: int
    step: float | None

    def parts(self) -> Parts:
        """Return the digits, between 0 and 1; nobody keeps them, since they are much larger than what comes of them."""
        X, y = fl.datasets.digits()  # noqa: N806
        if self.test == RANDOM:
            return Parts(*fl.datasets.split(X / INK, y, test=0.2, rng=self.seed))
        X /= INK  # noqa: N806
        return Parts(X[:TRAINED_ON], y[:TRAINED_ON], X[TRAINED_ON:], y[TRAINED_ON:])

    @property
    def stride(self) -> int:
        """Every how many steps a frame is recorded."""
        return -(-self.steps // FRAMES)

    @property
    def size(self) -> int:
        """How many frames there are to be, the first and the last step's among them."""
        return -(-self.steps // self.stride) + 1

    @property
    def evaluations(self) -> int:
        """How often a slope has what follows a unit evaluated: with each unit shifted up, and down."""
        return 2 * sum(self.network.sizes[1:])

    def frames(self, parts: Parts) -> Iterator[fl.Frame]:
        """Descend, from the first weights on."""
        frames = fl.train(
            self.network,
            parts.X,
            parts.y,
            self.optimizer,
            fl.MiniBatch(self.batch),
            step=self.step,
            rng=np.random.default_rng(self.seed),
        )
        return islice(frames, self.steps + 1)


@dataclass
class Training:
    """What has been recorded so far; `keys` are the frames of which the weights were kept, `thetas` those weights."""

    task: Task
    done: int = 0
    rows: list[tuple[Columns, Columns]] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    thetas: list[NDArray[np.float64]] = field(default_factory=list)
    broken: bool = False

    @property
    def share(self) -> float:
        """How much of it is done."""
        return self.done / self.task.steps

    @property
    def last(self) -> int:
        """The number of the last frame."""
        return len(self.rows) - 1

    @property
    def theta(self) -> NDArray[np.float64]:
        """The weights of the last frame."""
        return self.thetas[-1]

    def frames(self) -> NDArray[np.float64]:
        """Return all numbers, shape (2, columns, frames); of frames that are still to come, NaN."""
        frames = np.full((2, len(COLUMNS), self.task.size), np.nan)
        frames[:, :, : len(self.rows)] = np.moveaxis(np.array(self.rows), 0, 2)
        return frames

    def column(self, part: int, name: str) -> NDArray[np.float64]:
        """Return one column of what has been recorded of the training's part of the data, or the test's."""
        return np.array([getattr(row[part], name) for row in self.rows])

    def record(self, frame: fl.Frame, parts: Parts) -> None:
        """Record a frame, and its weights where they are to be kept; the last frame's always are."""
        task = self.task
        slopes = float(frame.gradients)
        counts = float(frame.step), slopes, slopes * task.evaluations
        columns = [
            Columns(*counts, task.network.loss(frame.x, X, y), 100.0 * _right(task.network, frame.x, X, y))
            for X, y in (parts[:2], parts[2:])
        ]
        if self.keys and self.keys[-1] % KEEP:
            # It was the last, and is it no longer.
            self.keys.pop()
            self.thetas.pop()
        self.rows.append((columns[TRAIN], columns[TEST]))
        self.keys.append(self.last)
        self.thetas.append(frame.x.copy())


def _right(network: fl.Network, theta: NDArray[np.float64], X: NDArray[Any], y: NDArray[Any]) -> float:  # noqa: N803
    return float((network.predict(theta, X) == y).mean())


def advance(task: Task) -> Iterator[Training]:
    """Train, and tell after every step what is recorded; where numbers grow past all bounds, end."""
    training, parts = Training(task), task.parts()
    for frame in task.frames(parts):
        training.done = frame.step
        if not (np.isfinite(frame.x).all() and np.isfinite(frame.value)):
            training.broken = True
            yield training
            return
        if frame.step % task.stride == 0 or frame.step == task.steps:
            training.record(frame, parts)
        yield training
