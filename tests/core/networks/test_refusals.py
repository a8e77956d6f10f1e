"""Input that does not fit a network is refused with what was got."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from fallline.networks import Network


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"method": "newton"}, "method must be one of backprop, .*, spsa; got 'newton'"),
        ({"step": 0.0}, "step must be positive and finite, got 0.0"),
        ({"step": np.nan}, "step must be positive and finite"),
        ({"theta": np.zeros(3)}, r"theta must be a vector of 8 parameters, got shape \(3,\)"),
        ({"theta": np.zeros((2, 4))}, r"got shape \(2, 4\)"),
        ({"X": [[1.0, 2.0]]}, r"X must have shape \(samples, 3\).*got \(1, 2\)"),
        ({"X": [1.0, 2.0, 3.0]}, r"got \(3,\)"),
        ({"X": [[0.0, 0.0, 0.0], [0.0, np.nan, 0.0]]}, "got nan in row 1, column 1"),
        ({"y": [0]}, r"one target for each of the 2 samples, got shape \(1,\)"),
        ({"y": 0}, r"got shape \(\)"),
        ({"y": [0, 2]}, "classes from 0 to 1 for 2 outputs, got 0 to 2"),
        ({"y": [-1, 1]}, "got -1 to 1"),
        ({"y": [[0], [1]]}, r"one class for each sample, shape \(samples,\); got \(2, 1\)"),
    ],
)
def test_input_that_does_not_fit_is_refused(change: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {"theta": np.zeros(8), "X": np.ones((2, 3)), "y": [0, 1]}

    with pytest.raises(ValueError, match=message):
        Network([3, 2]).gradient(**{**given, **change})


@pytest.mark.parametrize("y", [[0.5, 1.0], ["a", "b"], [1j, 0j]])
def test_class_that_is_no_whole_number_is_refused(y: Any) -> None:
    with pytest.raises(TypeError, match="classes as whole numbers"):
        Network([3, 2]).loss(np.zeros(8), np.ones((2, 3)), y)


@pytest.mark.parametrize(
    ("y", "message"),
    [([1.0, 2.0], r"y must have shape \(samples, 2\)"), ([[1.0, np.inf], [0.0, 0.0]], "y must be finite")],
)
def test_numbers_that_do_not_fit_are_refused(y: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Network([3, 2], loss="mean_squared").loss(np.zeros(8), np.ones((2, 3)), y)
