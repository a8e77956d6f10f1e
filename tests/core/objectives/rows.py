"""What the tests of all objectives are run over, and where."""

from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline import objectives

ROWS = objectives.ALL


def each(rows: Any) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("objective", rows, ids=lambda row: row.name)


def places(objective: fl.Objective, count: int) -> Any:
    low, high = np.array(objective.domain).T
    return np.random.default_rng(11).uniform(low, high, (count, len(low))).T
