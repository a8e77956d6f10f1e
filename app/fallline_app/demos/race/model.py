"""The settings of a race, and the run that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import param

import fallline as fl
from fallline_app.demos.race.lap import Lap, Rate, run_lap
from fallline_app.demos.race.run import Run, compare

SURFACES = {objective.name: objective for objective in fl.objectives.OBJECTIVES}


@dataclass(frozen=True)
class Entry:
    """An optimizer that takes part, under the name of its line; `limit` is the formula of its stable rate."""

    title: str
    series: str
    optimizer: type[Any]
    limit: str = ""


ENTRIES = (
    Entry("Gradient descent", "gradient-descent", fl.GradientDescent, "2/L"),
    Entry("Momentum", "momentum", fl.Momentum, "2(1 + μ)/L"),
    Entry("Nesterov", "nesterov", fl.Nesterov, "2(1 + μ)/((1 + 2μ)L)"),
    Entry("AdaGrad", "adagrad", fl.AdaGrad),
    Entry("RMSProp", "rmsprop", fl.RMSProp),
    Entry("Adam", "adam", fl.Adam),
)

# By surface, in the order of the entries: rates at which 200 steps from its start are worth watching. On Rastrigin's
# hills they stay where a run that begins a rounding error away ends as near, so that every machine sees the same.
RATES = {
    "Bowl": (0.05, 0.02, 0.02, 0.5, 0.05, 0.2),
    "Himmelblau": (0.01, 0.01, 0.01, 0.5, 0.05, 0.2),
    "Rosenbrock": (0.003, 0.0015, 0.0015, 1.0, 0.1, 0.5),
    "Beale": (0.02, 0.003, 0.003, 1.0, 0.1, 0.4),
    "Saddle": (0.02, 0.0025, 0.0025, 0.05, 0.005, 0.008),
    "Rastrigin": (0.002, 0.005, 0.002, 0.8, 0.08, 0.8),
}


class Racer(param.Parameterized):
    """One optimizer in the race; `racer` gives it its settings as parameters of the same names."""

    runs = param.Boolean(default=True, doc="Whether it takes part.")

    entry: Entry
    settings: tuple[fl.Setting, ...]

    @property
    def prefix(self) -> str:
        """What the racer is called in a page's address."""
        return self.entry.optimizer.__name__

    def optimizer(self) -> Any:
        """Return the library's optimizer, set as the racer is."""
        return self.entry.optimizer(
            **{setting.name: getattr(self, setting.name) for setting in self.settings}
        )


def racer(entry: Entry) -> Racer:
    """Make the racer of an entry, from what the library says of its optimizer's settings."""
    settings = tuple(known for known in fl.settings(entry.optimizer) if known.kind == "number")
    body: dict[str, Any] = {"entry": entry, "settings": settings}
    for known in settings:
        body[known.name] = param.Number(known.default, bounds=(known.low, known.high), doc=known.help)
    made: Racer = type(entry.optimizer.__name__, (Racer,), body)(name=entry.title)
    return made


class Race(param.Parameterized):
    """The settings of a race; a surface brings its own start and rates."""

    surface = param.Selector(
        default="Himmelblau",
        objects=list(SURFACES),
        doc="What they descend; it brings its own start, and rates that suit it.",
    )
    condition = param.Number(
        default=25.0, bounds=(1.0, 1000.0), doc="How much steeper the bowl is across than along."
    )
    start_x = param.Number(default=0.0, doc="Where they all start, along x; or click or drag on the map.")
    start_y = param.Number(default=0.0, doc="Where they all start, along y; or click or drag on the map.")
    steps = param.Integer(default=200, bounds=(10, 500), doc="How many steps each takes.")

    def __init__(self) -> None:
        super().__init__()
        self.racers = tuple(racer(entry) for entry in ENTRIES)
        self._suit_surface()
        self.param.watch(lambda _: self._suit_surface(), "surface")

    @property
    def start(self) -> tuple[float, float]:
        """Where they all start."""
        return self.start_x, self.start_y

    def objective(self) -> fl.Objective:
        """Return the surface, with the condition number where it is a bowl."""
        return fl.bowl(self.condition) if self.surface == "Bowl" else SURFACES[self.surface]

    def lap(self, racer: Racer) -> Lap | None:
        """Run one racer, if it takes part."""
        if not racer.runs:
            return None
        objective, optimizer = self.objective(), racer.optimizer()
        rate = Rate(racer.rate)
        if racer.entry.limit and objective.curvature is not None:
            rate = Rate(racer.rate, optimizer.stable_rate(objective.curvature), racer.entry.limit)
        return run_lap(racer.name, objective, self.start, optimizer, rate, self.steps)

    def compare(self, laps: list[Lap | None]) -> Run:
        """Lay the racers' laps side by side."""
        return compare(laps, self.objective(), self.steps)

    def run(self) -> Run:
        """Run the whole race."""
        return self.compare([self.lap(racer) for racer in self.racers])

    def _suit_surface(self) -> None:
        objective = SURFACES[self.surface]
        for name, bounds, value in zip(
            ("start_x", "start_y"), objective.domain, objective.start, strict=True
        ):
            self.param[name].bounds = bounds
            _set_anew(self, name, value)
        for racer, rate in zip(self.racers, RATES[self.surface], strict=True):
            _set_anew(racer, "rate", rate)


def _set_anew(owner: param.Parameterized, name: str, value: float) -> None:
    """Set a parameter to a value that is its default from now on."""
    owner.param[name].default = value
    owner.param.update(**{name: value})
