from __future__ import annotations

import re
from typing import Any

import pytest
from tests.running import printed_by

from fallline_app.demos.network.code import script
from fallline_app.demos.network.model import Training
from fallline_app.demos.network.run import train
from fallline_app.heights import GROWN_TOO_FAR

SETTINGS: list[dict[str, Any]] = [
    {},
    {"data": "painted", "test": 0.2},
    {"data": "moons", "noise": 0.25, "points": 77, "seed": 5},
    {"activation": "own", "own": "np.arctan(x) + 0.1 * x", "gradient": "backprop"},
    {"xx": True, "sin_x": True, "x": False, "layers": 0, "loss": "hinge", "l2": 0.01, "initialization": "he"},
    {"optimizer": "Nesterov", "batch": 500, "l1": 0.001, "gradient": "weight"},
    {"edits": "2-6-4-1_100w3v5_0w0v-1.5_250w7v0"},
    {"gradient": "spsa", "steps": 40},
    {"data": "bumps", "steps": 40, "number_loss": "huber"},
    {"data": "tilted_plane", "layers": 0, "steps": 40},
    {"activation": "linear", "optimizer": "Gradient descent", "layers": 4, "rate": 9.0},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: ",".join(settings) or "default")
def test_script_prints_the_numbers_of_the_page(settings: dict[str, Any]) -> None:
    model = Training()
    model.param.update(**settings)
    model.rate = settings.get("rate", model.rate)
    setup = model.setup()
    *_, run = train(setup)

    said = printed_by(script(model, run, GROWN_TOO_FAR))

    found = re.search(r"step (\d+): loss (\S+) on what it learnt from, (\S+) on the rest", said)
    assert found is not None
    assert (int(found[1]), *map(float, found.groups()[1:])) == (run.step, *run.column("loss")[:, -1])
    if not setup.data.is_classed:
        off = [*map(float, re.findall(r"off by (\S+) on", said))]
        assert off == pytest.approx(run.column("off")[:, -1], rel=1e-12)
        return
    shares = re.search(r"right: (\S+)% and (\S+)%", said)
    assert shares is not None
    assert [float(share) for share in shares.groups()] == pytest.approx(run.column("right")[:, -1], abs=0.051)


@pytest.mark.parametrize("edits", ["", "2-6-4-1_50w3v5_100w0v-1.5_250w7v0"])
def test_script_of_a_training_that_was_stopped_goes_as_far(edits: str) -> None:
    model = Training()
    model.edits = edits
    run = next(run for run in train(model.setup()) if run.step >= 100)

    said = printed_by(script(model, run, GROWN_TOO_FAR))

    assert f"step {run.step}: loss {float(run.column('loss')[0, -1])!r} on" in said
