"""The settings of the batches, and the run that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import param

import fallline as fl
from fallline_app.demos.batches.film import COLUMNS, Clock, extent, frames_of, wind
from fallline_app.demos.batches.lap import Going, Lap, Way
from fallline_app.demos.batches.law import Law, noise_law
from fallline_app.demos.batches.problem import KINDS, Problem
from fallline_app.demos.batches.racers import MiniBatches, Racer, racers
from fallline_app.demos.batches.together import Together
from fallline_app.demos.batches.words import AXES
from fallline_app.ground import set_anew

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Choices and no numbers, since the largest batch follows from them.
COUNTS = ["25", "50", "100", "200"]
OPTIMIZERS = ["gradient descent", "momentum"]
LOSSES = {"mean_squared": "squared error", "huber": "Huber"}
LEFT_OVER = {"use": "use, of less weight", "drop": "drop"}
# The gradient of a batch: itself, and how Python writes it.
FINDERS = {"central": (fl.central, "fl.central"), "backprop": (fl.exact, "fl.exact")}


@dataclass(frozen=True, eq=False)
class Run:
    """Everyone's lap, None for those who do not take part, and the frames of all, shape (racers, columns, steps + 1)."""

    laps: tuple[Lap | None, ...]
    clock: Clock
    frames: NDArray[np.float64]
    lasts: tuple[int, ...]

    def extent(self, column: str, otherwise: tuple[float, float]) -> tuple[float, float]:
        """Return the least and the greatest number of a column, `otherwise` where there is none."""
        return extent(self.frames[:, COLUMNS.index(column)], otherwise)

    @property
    def heads(self) -> list[dict[str, float]]:
        """The last frame of each racer, by the names of its columns."""
        ends = [frames[:, last] for frames, last in zip(self.frames, self.lasts, strict=True)]
        return [dict(zip(COLUMNS, end.tolist(), strict=True)) for end in ends]

    @property
    def running(self) -> list[Lap]:
        """The laps of those who take part."""
        return [lap for lap in self.laps if lap is not None]


class Batches(param.Parameterized):
    """The settings: what is learnt, by what rule, and how many samples each looks at before it moves."""

    data = param.Selector(
        default="line",
        objects=list(KINDS),
        doc="What is learnt; it brings its own noise, start and rate.",
    )
    loss = param.Selector(
        default="mean_squared",
        objects=list(LOSSES),
        doc="What a miss costs: its square, or no more than its size where it is large (Huber).",
    )
    n = param.Selector(default="50", objects=COUNTS, doc="How many samples there are.")
    noise = param.Number(
        default=0.3, bounds=(0.0, 2.0), doc="The standard deviation of the data's own noise."
    )
    data_seed = param.Integer(default=0, bounds=(0, 999), doc="Which data of this kind.")
    count = param.Selector(
        default="seen",
        objects=list(AXES),
        doc="What a step of the player is, and what the loss is drawn against: it changes who wins.",
    )
    epochs = param.Integer(
        default=10, bounds=(1, 20), doc="How many times all samples are looked at, the same for everyone."
    )
    rate = param.Number(default=0.2, bounds=(1e-3, 10.0), doc="The learning rate, the same for everyone.")
    optimizer = param.Selector(
        default="gradient descent", objects=OPTIMIZERS, doc="The rule that turns gradients into moves."
    )
    momentum = param.Number(default=0.9, bounds=(0.0, 0.99), doc="How much of the velocity survives a step.")
    gradient = param.Selector(
        default="central",
        objects=list(FINDERS),
        doc="How the gradient of a batch is found: by differences, or by backprop, which evaluates nothing.",
    )
    left_over = param.Selector(
        default="use",
        objects=list(LEFT_OVER),
        doc="What becomes of the samples that do not fill a last batch: a short one of less weight, or nothing.",
    )
    seed = param.Integer(default=0, bounds=(0, 999), doc="How the samples are shuffled, anew in each epoch.")
    target = param.Number(default=0.1, bounds=(1e-4, 1.0), doc="How far above the minimum is near.")
    start_slope = param.Number(default=0.0, doc="Where they all start; or click or drag on the map.")
    start_intercept = param.Number(default=0.0, doc="Where they all start; or click or drag on the map.")
    watched = param.Selector(
        default="mini-batch",
        objects=[racer.series for racer in racers()],
        doc="Whose batch is marked among the data, and whose order is shown.",
    )

    def __init__(self) -> None:
        super().__init__()
        self.racers = racers()
        self._suit_data()
        self._suit_count()
        self.param.watch(lambda *_: self._suit_data(), "data")
        self.param.watch(lambda *_: self._suit_count(), "n")

    @property
    def start(self) -> tuple[float, float]:
        """Where they all start."""
        return float(self.start_slope), float(self.start_intercept)

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return int(self.n)

    @property
    def budget(self) -> int:
        """How many samples everyone may look at."""
        return self.samples * int(self.epochs)

    @property
    def ground(self) -> tuple[object, ...]:
        """What the problem follows from."""
        return self.data, self.loss, self.n, self.noise, self.data_seed

    @property
    def problem(self) -> Problem:
        """What is learnt: the same until a setting of it changes."""
        if getattr(self, "_made_of", None) != self.ground:
            self._made_of = self.ground
            kind = KINDS[self.data]
            X, y = kind.make(self.samples, float(self.noise), int(self.data_seed))  # noqa: N806
            self._problem = Problem(kind, "cross_entropy" if kind.classes else self.loss, X, y)
        return self._problem

    @property
    def way(self) -> Way:
        """How everyone goes down."""
        return Way(self.start, self._optimizer(), FINDERS[self.gradient][0], self.budget, int(self.seed))

    @property
    def optimizer_code(self) -> str:
        """The Python that makes the optimizer."""
        return f"fl.{self._optimizer()!r}"

    @property
    def finder_code(self) -> str:
        """The Python that names the way to find a gradient."""
        return FINDERS[self.gradient][1]

    def _optimizer(self) -> fl.GradientDescent | fl.Momentum:
        if self.optimizer == "momentum":
            return fl.Momentum(float(self.rate), float(self.momentum))
        return fl.GradientDescent(float(self.rate))

    def begin(self, racer: Racer) -> Going | None:
        """Let one racer begin, if it takes part."""
        if not racer.runs:
            return None
        size = racer.count(self.samples)
        return Going(racer.title, self.problem, racer.batches(self.left_over), size, self.way)

    def begin_all(self) -> Together:
        """Let everyone begin who takes part."""
        return Together([self.begin(racer) for racer in self.racers], self.budget)

    def compare(self, laps: list[Lap | None], whole: bool = True) -> Run:
        """Lay laps side by side, by the clock that is set; that of laps under way, not `whole`, has room for the rest."""
        updates = [
            self._updates(racer) if not whole else lap.last
            for racer, lap in zip(self.racers, laps, strict=True)
            if lap is not None
        ]
        clock = wind(self.count, self.budget, max(updates, default=1))
        nothing = np.full((len(COLUMNS), clock.steps + 1), np.nan)
        frames = [
            nothing if lap is None else frames_of(lap, clock, self.problem, float(self.rate), self.count)
            for lap in laps
        ]
        lasts = tuple(0 if lap is None else clock.last(lap) for lap in laps)
        return Run(tuple(laps), clock, np.array(frames), lasts)

    def _updates(self, racer: Racer) -> int:
        """Return how many updates a racer makes if its loss stays within bounds."""
        size = racer.count(self.samples)
        left = 0 if self.left_over == "drop" else self.samples % size
        return self.budget // self.samples * (self.samples // size + (left > 0))

    def run(self) -> Run:
        """Run everyone."""
        together = self.begin_all()
        together.go()
        return self.compare(together.laps())

    def watched_lap(self, laps: Sequence[Lap | None]) -> Lap | None:
        """Return the lap whose batches are marked, None where it does not take part."""
        (lap,) = (lap for lap, racer in zip(laps, self.racers, strict=True) if racer.series == self.watched)
        return lap

    def used(self, lap: Lap) -> int:
        """Return how many samples of each epoch are used."""
        return self.samples - (self.samples % lap.size if self.left_over == "drop" else 0)

    def law(self) -> Law:
        """Return how the noise falls with the size of a batch at the start: the same until that follows from something else."""
        follows = self.ground, self.start, self.seed
        if getattr(self, "_law_of", None) != follows:
            self._law_of, self._law = follows, noise_law(self.problem, self.start, int(self.seed))
        return self._law

    def _suit_data(self) -> None:
        kind = KINDS[self.data]
        starts = zip(("start_slope", "start_intercept"), kind.domain, kind.start, strict=True)
        for name, bounds, value in starts:
            self.param[name].bounds = bounds
            set_anew(self, name, value, keep=False)
        set_anew(self, "noise", kind.noise, keep=False)
        set_anew(self, "rate", kind.rate, keep=False)

    def _suit_count(self) -> None:
        for racer in self.racers:
            if isinstance(racer, MiniBatches):
                racer.suit(self.samples)
