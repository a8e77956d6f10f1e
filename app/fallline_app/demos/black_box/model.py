"""The settings of descents through a black box, and the run that follows from them."""

from __future__ import annotations

from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

import param

from fallline_app.demos.black_box.descents import OPTIMIZERS, Descent, Terms, descend, find
from fallline_app.demos.black_box.methods import METHODS, Method
from fallline_app.demos.black_box.own import FIRST, OWN
from fallline_app.demos.black_box.run import Run, compare
from fallline_app.demos.black_box.simulations import BALL, SIMULATIONS, Simulation

if TYPE_CHECKING:
    import fallline as fl

BY_NOISE, BY_HAND = "noise", "hand"
# A step that noise σ asks for: h = 0.05 ∛σ, since σ/h and h² are to be of one size; it need not be shorter than this.
OF_NOISE, SHORTEST = 0.05, 1e-5
# Of a simulation of the visitor's, whose losses may be of any size, the greatest goal may be greater.
LEAST_GOAL, GREATEST_GOAL = 1e-4, 10.0


class Taker(param.Parameterized):
    """A method that takes part, or does not."""

    runs = param.Boolean(default=True, doc="Whether it takes part.")

    def __init__(self, method: Method) -> None:
        super().__init__(name=method.title)
        self.method = method
        self.prefix = method.series


class BlackBox(param.Parameterized):
    """The settings; a simulation brings its own start, rate, step and goal."""

    simulation = param.Selector(
        default=BALL, objects=[*SIMULATIONS, OWN], doc="What answers with a number, and with nothing else."
    )
    own = param.String(
        default=FIRST,
        doc="Lines of Python with NumPy as np that return a loss, 0 at best, of a and b, from 0 to 1 each. Use runs them, as Control and Enter do.",
    )
    target = param.Number(default=6.0, bounds=(1.0, 9.0), doc="Where the bucket stands, from the hand.")
    noisy = param.Boolean(default=True, doc="Whether each value has an error, as a measurement has.")
    noise = param.Number(default=0.1, bounds=(1e-4, 10.0), doc="The standard deviation σ of that error.")
    seed = param.Integer(default=0, bounds=(0, 999), doc="Which errors and which random directions.")
    start_x = param.Number(
        default=5.0, bounds=(4.0, 20.0), doc="Where all start; or click or drag on the map."
    )
    start_y = param.Number(
        default=72.0, bounds=(0.0, 80.0), doc="Where all start; or click or drag on the map."
    )
    step_by = param.Selector(
        default=BY_NOISE,
        objects=[BY_NOISE, BY_HAND],
        doc="By the noise it is 0.05 ∛σ: a longer one where values are worse. By hand you see why.",
    )
    step = param.Number(
        default=0.02,
        bounds=(1e-6, 0.3),
        doc="How far apart values are taken, in shares of the map's sides: short ones drown in noise, long ones jump over kinks.",
    )
    optimizer = param.Selector(default="Adam", objects=list(OPTIMIZERS), doc="What walks along the slopes.")
    rate = param.Number(
        default=0.01, bounds=(1e-5, 0.3), doc="How far it walks, in shares of the map's sides."
    )
    budget = param.Integer(default=240, bounds=(40, 600), doc="How many evaluations each method may spend.")
    goal = param.Number(default=0.09, bounds=(LEAST_GOAL, GREATEST_GOAL), doc="A loss that is low enough.")

    def __init__(self) -> None:
        super().__init__()
        self.takers = tuple(Taker(method) for method in METHODS)
        self._known: dict[str, tuple[Terms, Descent]] = {}
        self._suit("simulation")
        self.param.watch(lambda _: self._suit("simulation"), "simulation")
        self.param.watch(lambda _: self._suit("optimizer"), "optimizer")
        self.param.watch(lambda _: self._suit("own"), "own")

    @property
    def chosen(self) -> Simulation:
        """The simulation itself."""
        return find(self.simulation, self.own)

    @property
    def start(self) -> tuple[float, float]:
        """Where all start, in the units of the simulation."""
        return self.start_x, self.start_y

    @property
    def deviation(self) -> float:
        """The standard deviation of the errors, 0 where there are none."""
        return float(self.noise) if self.noisy else 0.0

    def objective(self) -> fl.Objective:
        """Return the simulation in its own units."""
        return self.chosen.make(self.target)

    def terms(self, noise: float | None = None, seed: int | None = None) -> Terms:
        """Return what all descents have in common, with another noise or seed where these are named."""
        noise = self.deviation if noise is None else noise
        low, high = zip(*self.objective().domain, strict=True)
        start = tuple((at - a) / (b - a) for at, a, b in zip(self.start, low, high, strict=True))
        return Terms(
            simulation=self.simulation,
            target=float(self.target),
            noise=noise,
            seed=self.seed if seed is None else seed,
            step=self.step_for(noise),
            optimizer=self.optimizer,
            rate=float(self.rate),
            start=(start[0], start[1]),
            budget=int(self.budget),
            own=self.own if self.simulation == OWN else "",
        )

    def step_for(self, noise: float) -> float:
        """Return the step h for values with so much noise; cliffs in the loss are as bad as noise of their height."""
        if self.step_by == BY_HAND:
            return float(self.step)
        return float(f"{max(OF_NOISE * max(noise, self.chosen.grain) ** (1.0 / 3.0), SHORTEST):.3g}")

    def run(self, seconds: float = inf) -> Run:
        """Let each method that takes part descend; what was run before at the same settings is known.

        After so many seconds those whose turn has not come, if any, are seen as they descended last; then the run is not
        `whole`.
        """
        terms, end, whole = self.terms(), perf_counter() + seconds, True
        for taker in self.takers:
            known = self._known.get(taker.method.series)
            if not taker.runs or (known is not None and known[0] == terms):
                continue
            whole = perf_counter() < end
            if not whole:
                break
            self._known[taker.method.series] = (terms, descend(terms, taker.method))
        descents = tuple(self._seen(taker, terms) for taker in self.takers)
        return compare(terms, METHODS, descents, float(self.goal), whole)

    def _seen(self, taker: Taker, terms: Terms) -> Descent | None:
        """Return how a method descended last, if that can be shown on this map, at so many evaluations."""
        known = self._known.get(taker.method.series)
        if known is None or not taker.runs:
            return None
        then, one = known
        return (
            one if (then.box, then.target, then.budget) == (terms.box, terms.target, terms.budget) else None
        )

    def _suit(self, changed: str) -> None:
        """Set what the simulation, the optimizer, or the visitor's lines bring; with other lines, what was set by hand stays."""
        if changed == "own" and self.simulation != OWN:
            return
        suited, objective = self.chosen.suited, self.objective()
        values: dict[str, float] = {"rate": suited.rates[self.optimizer]}
        if changed != "optimizer":
            values |= {"step": suited.step, "goal": suited.goal}
            self.param.goal.bounds = (LEAST_GOAL, max(GREATEST_GOAL, 10.0 * suited.goal))
        if changed == "simulation":
            for name, bounds, at in zip(
                ("start_x", "start_y"), objective.domain, objective.start, strict=True
            ):
                self.param[name].bounds = bounds
                values[name] = at
        for name, value in values.items():
            now, default = getattr(self, name), self.param[name].default
            self.param[name].default = value
            values[name] = now if changed == "own" and now != default else value
        self.param.update(**values)
