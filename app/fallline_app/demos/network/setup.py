"""All that a training follows from, once its settings are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import fallline as fl

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fallline_app.demos.network.data import Data
    from fallline_app.demos.network.edits import Edit


@dataclass(frozen=True, eq=False)
class Setup:
    """All that a run follows from: a network, what it learns from, and how.

    X and y have shapes (n, inputs) and (n,); y are classes, or numbers.
    """

    network: fl.Network
    data: Data
    inputs: tuple[str, ...]
    X: NDArray[np.float64]
    y: NDArray[Any]
    X_test: NDArray[np.float64]
    y_test: NDArray[Any]
    optimizer: Any
    batch: int
    method: str
    steps: int
    seed: int
    edits: tuple[Edit, ...] = ()

    @property
    def batches(self) -> Any:
        """How the data are cut."""
        return fl.FullBatch() if self.batch >= len(self.y) else fl.MiniBatch(self.batch)

    @property
    def updates_an_epoch(self) -> int:
        """How many steps a pass through the data takes."""
        return max(1, -(-len(self.y) // self.batch))
