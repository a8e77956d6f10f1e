"""A training as it goes on: what is shown of it, moment after moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import fallline as fl
from fallline_app.demos.network.answers import residuals
from fallline_app.demos.network.edits import edited, legs
from fallline_app.demos.network.pictures import Film, Pictures
from fallline_app.heights import GROWN_TOO_FAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from fallline_app.demos.network.setup import Setup

# At most so many moments are shown of a run, and each so-manieth of them has pictures.
MOMENTS, EVERY = 60, 2
# What is lower is drawn there: 0 has no place on a log axis.
LEAST = 1e-6


class Columns(NamedTuple):
    """The numbers of the points that it learns from, or is tested on, shape (moments,) each.

    `right` is the share of classes that are right, in per cent, and `off` the root of the mean square by which numbers are
    off, each NaN where there are none. `across` and `up` are where the path is in the plane of `around`, known at the end.
    """

    step: NDArray[np.float64]
    epoch: NDArray[np.float64]
    loss: NDArray[np.float64]
    right: NDArray[np.float64]
    off: NDArray[np.float64]
    drawn: NDArray[np.float64]
    across: NDArray[np.float64]
    up: NDArray[np.float64]


COLUMNS = Columns._fields


@dataclass(frozen=True, eq=False)
class Run:
    """A training, as far as it has come.

    `frames` has shape (2, columns, moments + 1): of the points that it learns from, and of the others; NaN where there is
    nothing yet. `thetas` has the parameters of each moment, and `film` its pictures. `last` is the newest moment, and `step`
    its step; `taken` counts the steps up to now, and `ended` says whether the last one left all bounds.
    """

    setup: Setup
    frames: NDArray[np.float64]
    thetas: NDArray[np.float64]
    film: Film
    last: int = -1
    step: int = 0
    taken: int = 0
    ended: bool = False

    @property
    def theta(self) -> NDArray[np.float64]:
        """The parameters now."""
        return np.asarray(self.thetas[max(self.last, 0)])

    def column(self, name: str) -> NDArray[np.float64]:
        """Return a column up to now, shape (2, moments)."""
        return np.asarray(self.frames[:, COLUMNS.index(name), : self.last + 1])

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.ended or bool(self.setup.data.trouble) or self.taken == self.setup.steps

    @property
    def done(self) -> float:
        """The share of the steps that have been taken."""
        return self.taken / self.setup.steps


def moments(steps: int) -> NDArray[np.int64]:
    """Return the steps at which a run is shown, the first and the last among them."""
    count = min(steps, MOMENTS)
    return np.rint(np.linspace(0.0, steps, count + 1)).astype(np.int64)


def train(setup: Setup) -> Iterator[Run]:
    """Train, and give what there is after each step."""
    shown = moments(0 if setup.data.trouble else setup.steps)
    frames = np.full((2, len(COLUMNS), len(shown)), np.nan)
    frames[:, 0], frames[:, 1] = shown, shown / setup.updates_an_epoch
    pictures = Pictures(setup)
    thetas = np.full((len(shown), setup.network.size), np.nan)
    run = Run(setup, frames, thetas, pictures.film(-(-(len(shown) - 1) // EVERY) + 1))
    for step, theta, lost in _steps(setup):
        run = replace(run, taken=step)
        if step == shown[run.last + 1] or lost:
            run = _shown(run, pictures, step, theta, lost)
        yield run
        if lost or run.last + 1 == len(shown):
            return


def _shown(run: Run, pictures: Pictures, step: int, theta: NDArray[np.float64], lost: bool) -> Run:
    index, setup = run.last + 1, run.setup
    run.thetas[index] = theta
    run.frames[:, 0, index] = step
    run.frames[:, 1, index] = step / setup.updates_an_epoch
    run.frames[:, 2:6, index] = [
        _judged(setup, theta, X, y) for X, y in ((setup.X, setup.y), (setup.X_test, setup.y_test))
    ]
    film = run.film
    if index % EVERY == 0 or lost or index == len(run.thetas) - 1:
        film = pictures.take(film, index, theta)
    return replace(run, last=index, step=step, ended=lost, film=film)


def _judged(
    setup: Setup, theta: NDArray[np.float64], rows: NDArray[np.float64], targets: NDArray[Any]
) -> tuple[float, ...]:
    if not len(targets) or not np.isfinite(theta).all():
        return (np.nan,) * 4
    right = off = np.nan
    with np.errstate(all="ignore"):
        loss = plain(setup.network).loss(theta, rows, targets)
        if setup.data.is_classed:
            right = 100.0 * float((setup.network.predict(theta, rows) == targets).mean())
        else:
            off = residuals(setup, theta, rows, targets).root_mean_square
    return loss, right, off, max(loss, LEAST)


def plain(network: fl.Network) -> fl.Network:
    """Return the same network without penalties, whose loss is of the data alone."""
    if not (network.l1 or network.l2):
        return network
    return fl.Network(network.sizes, network.activation, network.criterion)


def _steps(setup: Setup) -> Iterator[tuple[int, NDArray[np.float64], bool]]:
    """Walk leg by leg: yield each step, its parameters, and whether they are beyond all bounds."""
    rng, network = np.random.default_rng([setup.seed, 2]), setup.network
    theta, begun = network.initial(rng), 0
    if setup.data.trouble:
        yield 0, theta, False
        return
    slope = partial(network.gradient, method=setup.method)
    objective = fl.DataLoss(network.loss, (setup.X, setup.y), setup.batches, slope)
    for until, changes in legs(setup.edits, setup.steps):
        for frame in islice(fl.descend(objective, theta, setup.optimizer, fl.exact, rng), until - begun + 1):
            theta, lost = frame.x, not abs(frame.value) <= GROWN_TOO_FAR
            # Where weights are set, what is shown is how the network goes on.
            if lost or frame.step < until - begun or not changes:
                yield begun + frame.step, theta, lost
            if lost:
                return
        theta, begun = edited(theta, changes), until
