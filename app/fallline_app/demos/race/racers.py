"""Who takes part in a race: the library's optimizers, each with settings made from its own fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import param

import fallline as fl
from fallline_app.ground import set_anew

if TYPE_CHECKING:
    from fallline_app.rates import Rates


@dataclass(frozen=True)
class Entry:
    """An optimizer that can take part, under the name of its line.

    `like` names the rate that a surface brings for it, none where it finds its own; `limit` is the formula of its stable
    rate; `memory` says where its state keeps the mean of past slopes; `scheduled` whether a schedule changes its rate;
    `elementwise` whether it treats each coordinate by itself.
    """

    title: str
    series: str
    optimizer: type[Any]
    like: str = ""
    limit: str = ""
    memory: str = ""
    scheduled: bool = True
    elementwise: bool = True


ENTRIES = (
    Entry("Gradient descent", "gradient-descent", fl.GradientDescent, "gradient_descent", "2/L"),
    Entry("Momentum", "momentum", fl.Momentum, "momentum", "2(1 + μ)/L", "state"),
    Entry("Nesterov", "nesterov", fl.Nesterov, "nesterov", "2(1 + μ)/((1 + 2μ)L)", "state"),
    Entry("AdaGrad", "adagrad", fl.AdaGrad, "adagrad"),
    Entry("RMSProp", "rmsprop", fl.RMSProp, "rmsprop"),
    Entry("Adam", "adam", fl.Adam, "adam", memory="mean"),
)

# Those of which one at a time runs beside the first.
OTHERS = (
    Entry("AdamW", "adamw", fl.AdamW, "adam", memory="mean"),
    Entry("AMSGrad", "adamw", fl.AMSGrad, "adam", memory="adam.mean"),
    Entry("Adamax", "adamw", fl.Adamax, "adam", memory="mean"),
    Entry("NAdam", "adamw", fl.NAdam, "adam", memory="adam.mean"),
    # Its first steps are those of momentum.
    Entry("RAdam", "adamw", fl.RAdam, "momentum", memory="mean"),
    Entry("AdaDelta", "adamw", fl.AdaDelta),
    Entry("Lion", "adamw", fl.Lion, "rmsprop", memory="state"),
    Entry("Rprop", "adamw", fl.Rprop, "rmsprop", scheduled=False),
    Entry("SPSA", "adamw", fl.SPSA, "gradient_descent", scheduled=False, elementwise=False),
    Entry(
        "Barzilai–Borwein",
        "adamw",
        fl.BarzilaiBorwein,
        "gradient_descent",
        scheduled=False,
        elementwise=False,
    ),
    Entry("Polyak step", "adamw", fl.PolyakStep, scheduled=False, elementwise=False),
)
SEARCHES = (
    Entry("Conjugate gradient", "second-order", fl.ConjugateGradient, scheduled=False, elementwise=False),
    Entry("BFGS", "second-order", fl.BFGS, scheduled=False, elementwise=False),
    Entry("L-BFGS", "second-order", fl.LBFGS, scheduled=False, elementwise=False),
    Entry("Newton", "second-order", fl.Newton, scheduled=False, elementwise=False),
)


class Racer(param.Parameterized):
    """One optimizer in the race; `racer` gives it its settings as parameters of the same names."""

    runs = param.Boolean(default=True, doc="Whether it takes part.")

    entry: Entry
    settings: tuple[fl.Setting, ...]

    @property
    def prefix(self) -> str:
        """What the racer is called in a page's address."""
        return self.entry.optimizer.__name__

    @property
    def title(self) -> str:
        """The name of its line."""
        return self.entry.title

    def values(self) -> dict[str, Any]:
        """Return its settings by name."""
        return {setting.name: getattr(self, setting.name) for setting in self.settings}

    def optimizer(self) -> Any:
        """Return the library's optimizer, set as the racer is."""
        return self.entry.optimizer(**self.values())

    def suit(self, rates: Rates, minimum: float, keep: bool) -> None:
        """Take the rate that suits a surface; with `keep`, one that was set by hand stays."""
        set_anew(self, "rate", getattr(rates, self.entry.like), keep)


class Guest(param.Parameterized):
    """A racer that can be any of several optimizers, whose settings but the rate are as the library has them."""

    runs = param.Boolean(default=False, doc="Whether one more takes part.")
    kind = param.Selector(objects=[""], doc="Which optimizer it is.")
    rate = param.Number(
        default=1.0, bounds=(1e-5, 10.0), doc="Its rate, or the first length that its search tries."
    )

    def __init__(self, name: str, entries: tuple[Entry, ...]) -> None:
        super().__init__(name=name)
        self.entries = {entry.title: entry for entry in entries}
        self.param.kind.objects = list(self.entries)
        self.kind = entries[0].title
        self.minimum = 0.0
        self.prefix = entries[0].series

    @property
    def entry(self) -> Entry:
        """The optimizer that it is."""
        return self.entries[self.kind]

    @property
    def title(self) -> str:
        """The name of its line."""
        return self.entry.title

    def values(self) -> dict[str, Any]:
        """Return what is not as the library has it, by name."""
        own = {"f_min": self.minimum} if self.entry.optimizer is fl.PolyakStep else {}
        return {"rate": self.rate, **own}

    def optimizer(self) -> Any:
        """Return the library's optimizer, set as the racer is."""
        return self.entry.optimizer(**self.values())

    def suit(self, rates: Rates, minimum: float, keep: bool) -> None:
        """Take the rate that suits a surface and the optimizer; with `keep`, one that was set by hand stays."""
        (known,) = (known for known in fl.settings(self.entry.optimizer) if known.name == "rate")
        self.minimum = minimum
        self.param.rate.bounds = (known.low, known.high)
        fits = known.low <= self.rate <= known.high
        rate = getattr(rates, self.entry.like) if self.entry.like else known.default
        set_anew(self, "rate", rate, keep and fits)


def racer(entry: Entry) -> Racer:
    """Make the racer of an entry, from what the library says of its optimizer's settings."""
    settings = tuple(known for known in fl.settings(entry.optimizer) if known.kind == "number")
    body: dict[str, Any] = {"entry": entry, "settings": settings}
    for known in settings:
        body[known.name] = param.Number(known.default, bounds=(known.low, known.high), doc=known.help)
    made: Racer = type(entry.optimizer.__name__, (Racer,), body)(name=entry.title)
    return made
