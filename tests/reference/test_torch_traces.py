"""Our optimizers against PyTorch's, step by step; `make_torch_traces.py` says how the file was made."""

import inspect
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline import optimizers

with np.load(Path(__file__).with_name("torch_traces.npz")) as stored:
    ABOUT: dict[str, Any] = json.loads(str(stored["about"]))
    SLOPES, POINTS = stored["slopes"], stored["points"]

CASES = [(name, settings) for name, settings, _, _ in ABOUT["cases"]]


def our_trace(optimizer: fl.Optimizer[Any]) -> Any:
    x = np.array(ABOUT["start"])
    state = optimizer.init(x)
    points = []
    for slope in SLOPES:
        x, state = optimizer.step(x, slope, state)
        points.append(x)
    return np.array(points)


@pytest.mark.parametrize(
    ("name", "settings", "theirs"),
    [(*case, points) for case, points in zip(CASES, POINTS, strict=True)],
    ids=[f"{name}-{settings}" for name, settings in CASES],
)
def test_optimizer_walks_as_pytorch_does(name: str, settings: dict[str, float], theirs: Any) -> None:
    optimizer = getattr(fl, name)(**settings)

    ours = our_trace(optimizer)

    # Where a coordinate crosses 0 only the digits of the places it came from can agree.
    reach = np.abs(theirs).max(axis=0)
    np.testing.assert_array_less(np.abs(ours - theirs), 1e-12 * np.abs(theirs) + 1e-14 * reach)


def test_every_optimizer_has_traces_of_several_settings() -> None:
    names = [name for name, kind in inspect.getmembers(optimizers, inspect.isclass) if hasattr(kind, "step")]

    few = [name for name in names if name != "Optimizer" and [n for n, _ in CASES].count(name) < 2]

    assert few == []


def test_trace_tells_two_rates_apart() -> None:
    ours = our_trace(fl.Adam(rate=0.1 * (1 + 1e-10)))
    theirs = POINTS[CASES.index(("Adam", {"rate": 0.1}))]

    assert not np.allclose(ours, theirs, rtol=1e-12, atol=0.0)
