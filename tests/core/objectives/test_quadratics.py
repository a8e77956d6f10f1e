"""Bowls and ravines are as long, and lie as they are asked to."""

import math
from typing import Any

import numpy as np
import pytest

from fallline import objectives


@pytest.mark.parametrize("make", [objectives.bowl, objectives.ravine])
@pytest.mark.parametrize("condition", [1.0, 10.0, 1e4])
def test_ravine_has_the_condition_number_asked_for(make: Any, condition: float) -> None:
    objective = make(condition)

    curvatures = np.linalg.eigvalsh(objective.gradient(np.eye(2)))

    assert curvatures.max() / curvatures.min() == pytest.approx(condition)
    assert curvatures.max() == pytest.approx(objective.curvature)


@pytest.mark.parametrize("angle", [0.0, 30.0, 135.0])
def test_ravine_runs_at_its_angle(angle: float) -> None:
    floor = np.array([math.cos(math.radians(angle)), math.sin(math.radians(angle))])

    assert objectives.ravine(1000.0, angle)(floor) == pytest.approx(0.5)


@pytest.mark.parametrize("make", [objectives.bowl, objectives.ravine])
@pytest.mark.parametrize("condition", [0.5, -1.0, np.nan, np.inf])
def test_ravine_refuses_a_condition_number_that_is_none(make: Any, condition: float) -> None:
    with pytest.raises(ValueError, match="condition must be at least 1 and finite, got"):
        make(condition)


def test_ravine_refuses_an_angle_that_is_none() -> None:
    with pytest.raises(ValueError, match="angle must be a finite number of degrees, got nan"):
        objectives.ravine(10.0, angle=np.nan)
