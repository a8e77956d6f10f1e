"""Who takes part: everyone looks at the same data, at more or fewer samples before each update."""

from __future__ import annotations

from typing import Any

import param

import fallline as fl
from fallline_app.ground import set_anew


class Racer(param.Parameterized):
    """One way to cut the data into batches; its line is called `title`."""

    runs = param.Boolean(default=True, doc="Whether it takes part.")

    def __init__(self, name: str, series: str, batches: type[Any], runs: bool = True) -> None:
        super().__init__(name=name, runs=runs)
        self.series = self.prefix = series
        self.kind = batches
        self.param.runs.default = runs

    @property
    def title(self) -> str:
        """The name of its line."""
        return str(self.name)

    def count(self, samples: int) -> int:
        """Return how many samples it looks at before an update."""
        return samples if self.kind is fl.FullBatch else 1

    def batches(self, last: str) -> Any:
        """Return the library's batches."""
        return self.kind()

    def code(self, last: str) -> str:
        """Return the Python that makes them."""
        return f"fl.{self.kind.__name__}()"


class MiniBatches(Racer):
    """Batches of a size that can be set."""

    size = param.Integer(default=8, bounds=(1, 50), doc="How many samples it looks at before each update.")

    def __init__(self, name: str, series: str, size: int, runs: bool = True) -> None:
        super().__init__(name, series, fl.MiniBatch, runs)
        self._usual = size
        self.param.size.default = self.size = size

    @property
    def title(self) -> str:
        """The name of its line."""
        return f"Mini-batch {self.size}"

    def suit(self, samples: int) -> None:
        """Have no more samples in a batch than there are; a size that was set by hand stays where it fits."""
        fits = self.size <= samples
        self.param.size.bounds = (1, max(samples, int(self.size)))
        set_anew(self, "size", min(self._usual, samples), keep=fits)
        self.param.size.bounds = (1, samples)

    def count(self, samples: int) -> int:
        """Return how many samples it looks at before an update."""
        return min(int(self.size), samples)

    def batches(self, last: str) -> Any:
        """Return the library's batches."""
        return fl.MiniBatch(self.size, last)

    def code(self, last: str) -> str:
        """Return the Python that makes them."""
        return f"fl.MiniBatch({self.size})" if last == "use" else f"fl.MiniBatch({self.size}, last={last!r})"


def racers() -> tuple[Racer, ...]:
    """Return everyone who can take part."""
    return (
        Racer("Full batch", "full-batch", fl.FullBatch),
        MiniBatches("Mini-batch", "mini-batch", 8),
        MiniBatches("Another mini-batch", "other-batch", 25, runs=False),
        Racer("Stochastic", "stochastic", fl.Stochastic),
    )
