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


@dataclass(frozen=True)
class Task:
    """Everything that a training follows from; `parts` are X and y to train on, X and y to test on; `step` is h or None."""

    network: fl.Network
    parts: tuple[NDArray[Any], ...]
    optimizer: Any
    batch: int
    steps: int
    seed: int
    step: float | None

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

    def frames(self) -> Iterator[fl.Frame]:
        """Descend, from the first weights on."""
        X, y, *_ = self.parts  # noqa: N806
        frames = fl.train(
            self.network,
            X,
            y,
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

    def answers(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
        """Return the test's digits, how probable each class is to the network as it is now, and which they are."""
        X, y = self.task.parts[2:]  # noqa: N806
        return X, fl.networks.probabilities(self.task.network, self.theta, X), y

    def record(self, frame: fl.Frame) -> None:
        """Record a frame, and its weights where they are to be kept; the last frame's always are."""
        task, parts = self.task, self.task.parts
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
    training = Training(task)
    for frame in task.frames():
        training.done = frame.step
        if not (np.isfinite(frame.x).all() and np.isfinite(frame.value)):
            training.broken = True
            yield training
            return
        if frame.step % task.stride == 0 or frame.step == task.steps:
            training.record(frame)
        yield training
