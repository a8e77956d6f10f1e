from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline_app.taken import taken


def frames(function: Any) -> Any:
    return islice(fl.descend(function, [1.0], fl.GradientDescent(0.1)), 5)


def test_frames_are_taken_up_to_and_with_the_last() -> None:
    seen, trouble = taken(frames(lambda x: x[0] ** 2), lambda frame: frame.step == 3)

    assert [frame.step for frame in seen] == [0, 1, 2, 3]
    assert trouble == ""


@pytest.mark.parametrize("error", [ZeroDivisionError("too near"), SystemExit("too near")])
def test_what_a_function_raises_on_the_way_is_said(error: BaseException) -> None:
    def function(x: np.ndarray) -> float:
        if x[0] < 0.7:
            raise error
        return float(x[0] ** 2)

    seen, trouble = taken(frames(function), lambda frame: False)

    assert [frame.step for frame in seen] == [0, 1]
    assert trouble == f"{type(error).__name__}: too near"
