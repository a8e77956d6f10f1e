"""What a gradient costs as the network grows: counted from its sizes, or measured on the machine that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import param

import fallline as fl
from fallline_app.demos.cost.fitting import Fit, fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

# As the handwritten digits have them.
FEATURES, CLASSES = 64, 10
NARROWEST = 4
MEGABYTE = 1e6


@dataclass(frozen=True)
class Method:
    """A way to a gradient: what `Network.gradient` calls it, and what it does, in a few words."""

    name: str
    doc: str


METHODS = (
    Method("naive", "Shift each weight both ways, and run the whole network each time."),
    Method("weight", "Shift each weight both ways, and run what follows it."),
    Method("node", "Shift each unit both ways, and run what follows it."),
    Method("layerwise", "Chain the layers backwards, with differences of activation and loss."),
    Method("backprop", "Chain the layers backwards, with their formulas."),
)


class Columns(NamedTuple):
    """The numbers of one method by name, shape (sizes,) each; `drawn` is operations where they are counted, else seconds."""

    step: NDArray[np.float64]
    P: NDArray[np.float64]
    evaluations: NDArray[np.float64]
    operations: NDArray[np.float64]
    each: NDArray[np.float64]
    milliseconds: NDArray[np.float64]
    drawn: NDArray[np.float64]
    memory: NDArray[np.float64]


COLUMNS = Columns._fields


@dataclass(frozen=True)
class Survey:
    """What each method costs at each size, shape (methods, sizes); NaN where nobody has looked.

    Parameters
    ----------
    parameters
        How many there are, at each size.
    evaluations, operations
        As `Network.cost` counts them.
    memory
        Bytes at the peak: as `Network.cost` has it, or as tracemalloc has seen it.
    seconds
        Medians of what one gradient took; None where it was counted and not measured.
    notes
        Why a method ends before the others, for each; empty where it does not.
    """

    parameters: NDArray[np.float64]
    evaluations: NDArray[np.float64]
    operations: NDArray[np.float64]
    memory: NDArray[np.float64]
    seconds: NDArray[np.float64] | None = None
    notes: tuple[str, ...] = ("",) * len(METHODS)

    @property
    def is_measured(self) -> bool:
        """Whether times are shown, and not counts."""
        return self.seconds is not None

    @property
    def drawn(self) -> NDArray[np.float64]:
        """Seconds where it was measured, operations where it was counted."""
        return self.operations if self.seconds is None else self.seconds

    def last(self, method: int) -> int:
        """Return the place of the last size that a method has a number for."""
        seen = np.flatnonzero(np.isfinite(self.drawn[method]))
        return int(seen[-1]) if seen.size else 0

    def growth(self, method: int) -> Fit:
        """Fit how what is drawn grows with the parameters."""
        return fit(self.parameters, self.drawn[method])

    def memory_growth(self, method: int) -> Fit:
        """Fit how the memory grows with the parameters."""
        return fit(self.parameters, self.memory[method])

    def frames(self) -> NDArray[np.float64]:
        """Return all numbers, shape (methods, columns, sizes)."""
        return np.array([self._columns(method) for method in range(len(METHODS))])

    def _columns(self, method: int) -> Columns:
        size = self.parameters.size
        seconds = np.full(size, np.nan) if self.seconds is None else self.seconds[method]
        return Columns(
            step=np.arange(float(size)),
            P=self.parameters,
            evaluations=self.evaluations[method],
            operations=self.operations[method],
            each=self.operations[method] / self.parameters,
            milliseconds=1e3 * seconds,
            drawn=self.drawn[method],
            memory=self.memory[method],
        )


class Taker(param.Parameterized):
    """A method that takes part, or does not."""

    runs = param.Boolean(default=True, doc="Whether it takes part.")

    def __init__(self, method: Method) -> None:
        super().__init__(name=method.name)
        self.method = method
        self.prefix = method.name


class Cost(param.Parameterized):
    """The settings: the network and how far it grows, the batch, who takes part, and how it is measured."""

    depth = param.Integer(default=1, bounds=(1, 4), doc="Hidden layers, all of the same width.")
    widest = param.Integer(default=512, bounds=(32, 2048), doc="Units of a hidden layer, at the most.")
    batch = param.Integer(default=64, bounds=(1, 512), doc="Samples that one gradient is the mean of.")
    budget = param.Number(
        default=5.0, bounds=(0.1, 1000.0), doc="Memory that a gradient may take; a line shows it."
    )
    rounds = param.Integer(
        default=5, bounds=(1, 25), doc="How often each time is measured; the median counts."
    )
    seed = param.Integer(default=0, bounds=(0, 999), doc="Which weights and samples are measured.")

    def __init__(self) -> None:
        super().__init__()
        self.takers = tuple(Taker(method) for method in METHODS)

    @property
    def widths(self) -> list[int]:
        """Widths from narrow to wide, each √2 times the one before."""
        count = int(np.floor(2.0 * np.log2(self.widest / NARROWEST) + 1e-9))
        widths = [round(NARROWEST * 2.0 ** (step / 2.0)) for step in range(count + 1)]
        return [*(width for width in widths if width < self.widest), self.widest]

    def sizes(self, width: int) -> list[int]:
        """Units of each layer of the network of a width."""
        return [FEATURES, *[width] * self.depth, CLASSES]

    def networks(self) -> list[fl.Network]:
        """Return the networks, from small to large."""
        return [fl.Network(self.sizes(width)) for width in self.widths]

    def count(self) -> Survey:
        """Count what each method costs at each size; nothing is run."""
        networks = self.networks()
        costs = [[network.cost(self.batch, method.name) for network in networks] for method in METHODS]
        numbers = np.array([[(c.evaluations, c.operations, c.memory) for c in row] for row in costs], float)
        return Survey(np.array([float(network.size) for network in networks]), *np.moveaxis(numbers, 2, 0))
