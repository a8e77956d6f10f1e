"""A run of the network's page, and the same natively."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fallline_app.demos.network.model import Training
from fallline_app.demos.network.run import COLUMNS, train

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.e2e.visitor import Visitor


def trained(visitor: Visitor) -> NDArray[np.float64]:
    """Wait until nothing is being computed; return the frames of the run."""
    visitor.finish()
    return visitor.frames()


def native(**settings: Any) -> NDArray[np.float64]:
    model = Training()
    model.param.update(**settings)
    *_, run = train(model.setup())
    return run.frames


def column(frames: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    return np.asarray(frames[:, COLUMNS.index(name)])
