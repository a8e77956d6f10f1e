"""Who takes part in a race: the library's optimizers, each with settings made from its own fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import param

import fallline as fl


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
    settings = fl.settings(entry.optimizer)
    body: dict[str, Any] = {"entry": entry, "settings": settings}
    for known in settings:
        body[known.name] = param.Number(known.default, bounds=(known.low, known.high), doc=known.help)
    made: Racer = type(entry.optimizer.__name__, (Racer,), body)(name=entry.title)
    return made
