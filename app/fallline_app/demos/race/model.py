"""The settings of a race, and the run that follows from them."""

from __future__ import annotations

from typing import Any

import numpy as np
import param

import fallline as fl
from fallline_app.demos.race.basins import Basins, find_basins
from fallline_app.demos.race.lap import Lap, Rate, run_lap
from fallline_app.demos.race.looking import METHODS
from fallline_app.demos.race.planning import CONSTANT, PLANS
from fallline_app.demos.race.racers import ENTRIES, OTHERS, SEARCHES, Guest, Racer, racer
from fallline_app.demos.race.run import Run, compare
from fallline_app.demos.race.words import Terms
from fallline_app.ground import Ground
from fallline_app.rates import rates_of
from fallline_app.surfaces import OWN

HEIGHT = "height"


class Race(Ground):
    """The settings of a race; a surface brings its own start and rates."""

    steps = param.Integer(default=200, bounds=(10, 500), doc="How many steps each takes.")
    gradient = param.Selector(
        default="central",
        objects=list(METHODS),
        doc="How they all find the slope; it costs evaluations, and some are nearer than others.",
    )
    target = param.Number(
        default=1e-6,
        bounds=(1e-12, 1.0),
        doc="How near to the minimum somebody has arrived, in height above it.",
    )
    schedule = param.Selector(
        default=CONSTANT,
        objects=list(PLANS),
        doc="How the rates change on the way, from those that are set; line searches and the like choose their own.",
    )
    arrows = param.Boolean(
        default=False,
        doc="At each head the directions downhill (dotted), of past slopes (dashed) and of the next move (solid).",
    )
    map_shows = param.Selector(
        default=HEIGHT,
        objects=[HEIGHT, *(entry.title for entry in (*ENTRIES, *OTHERS) if entry.elementwise)],
        doc="What the colours of the map tell: the height, or where an optimizer ends from each start.",
    )
    seed = param.Integer(default=0, bounds=(0, 999), doc="Which random directions: the same for every racer.")

    def __init__(self) -> None:
        super().__init__()
        self.guests = (Guest("One more", OTHERS), Guest("Line search", SEARCHES))
        self.racers: tuple[Racer | Guest, ...] = (*(racer(entry) for entry in ENTRIES), *self.guests)
        self._suit(keep=False)
        self.param.watch(lambda _: self._suit(keep=False), "surface")
        # What a link brought is not to be lost when its function is let run.
        self.param.watch(lambda _: self._suit(keep=True), ["own", "reach"])

        for guest in self.guests:
            guest.param.watch(lambda event: self._suit_guest(event.obj), "kind")

    def lap(self, racer: Racer | Guest) -> Lap | None:
        """Run one racer, if it takes part."""
        if not racer.runs:
            return None
        objective, optimizer, method = self.objective(), racer.optimizer(), METHODS[self.gradient]
        rate = Rate(racer.rate)
        if racer.entry.limit and objective.curvature is not None:
            rate = Rate(racer.rate, optimizer.stable_rate(objective.curvature), racer.entry.limit)
        rng = np.random.default_rng(self.seed) if method.chance else None
        ways = (method.find, rng, racer.entry.memory)
        return run_lap(racer.title, objective, self.start, self._planned(racer), rate, self.steps, *ways)

    def _planned(self, racer: Racer | Guest) -> Any:
        optimizer = racer.optimizer()
        if not self.is_scheduled(racer):
            return optimizer
        return fl.Scheduled(optimizer, PLANS[self.schedule].make(self.steps))

    def is_scheduled(self, racer: Racer | Guest) -> bool:
        """Tell whether a racer's rate changes on the way as the schedule says."""
        return racer.entry.scheduled and self.schedule != CONSTANT

    def compare(self, laps: list[Lap | None]) -> Run:
        """Lay the racers' laps side by side."""
        return compare(laps, self.objective(), self.terms)

    def run(self) -> Run:
        """Run the whole race."""
        return self.compare([self.lap(racer) for racer in self.racers])

    def basins(self) -> Basins | None:
        """Find where the optimizer that the map is about ends from each start; None where it shows heights."""
        if self.map_shows == HEIGHT:
            return None
        return find_basins(self.map_shows, self.objective(), self._settled(self.map_shows), self.steps)

    def _settled(self, title: str) -> Any:
        """Return an optimizer as its racer is set; one that is no racer now has what suits the surface."""
        (found,) = (racer for racer in self.racers if title in (racer.title, *getattr(racer, "entries", ())))
        if found.title != title:
            found = Guest(found.name, tuple(found.entries.values()))
            found.kind = title
            objective = self.objective()
            found.suit(rates_of(objective), _height(objective), keep=False)
        return self._planned(found)

    @property
    def terms(self) -> Terms:
        """What the outcome is judged by."""
        return Terms(self.steps, self.target, METHODS[self.gradient])

    def _suit(self, keep: bool) -> None:
        """Set the start and the rates as the surface has them; with `keep`, what was set by hand stays."""
        if keep and self.surface != OWN:
            return
        objective = self.objective()
        self.suit_start(objective, keep)
        rates, minimum = rates_of(objective), _height(objective)
        for runner in self.racers:
            runner.suit(rates, minimum, keep)

    def _suit_guest(self, guest: Guest) -> None:
        objective = self.objective()
        guest.suit(rates_of(objective), _height(objective), keep=False)


def _height(objective: fl.Objective) -> float:
    """Return the height of the minimum, 0 where nobody knows it or there is none."""
    return objective.minimum if np.isfinite(objective.minimum) else 0.0
