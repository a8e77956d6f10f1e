from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from tests.running import printed_by

from fallline_app.demos.grid.code import script
from fallline_app.demos.grid.model import Sampling
from fallline_app.surfaces import OWN

SETTINGS: dict[str, dict[str, Any]] = {
    "as at first": {},
    "another surface": {"surface": "Ravine", "samples": 9, "steps": 30},
    "a bowl": {"surface": "Bowl", "condition": 7.5, "edge_order": "2"},
    "uneven": {"spacing": "uneven", "seed": 5, "edge_order": "2", "samples": 21},
    "a ripple": {"ripple": 0.2, "rate": 0.004},
    "a ripple on an uneven grid": {"ripple": 0.1, "spacing": "uneven", "surface": "Rastrigin"},
    "one's own": {"surface": OWN, "own": "np.sin(x) * y + x**2", "steps": 50},
    "one's own with a ripple": {"surface": OWN, "ripple": 0.3, "reach": "3"},
    "one that leaves": {"surface": "Booth"},
    "another start": {"start_x": 2.5, "start_y": -1.25},
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_script_ends_where_the_page_does(settings: dict[str, Any]) -> None:
    model = Sampling()
    for name, value in settings.items():
        model.param.update(**{name: value})
    seen = model.look()
    run = model.run(seen)

    said = printed_by(script(model, seen))

    found = re.findall(r"^(.*): step (\d+), x = \[(.*)\], f\(x\) = (\S+)$", said, re.MULTILINE)
    assert [(name, int(step)) for name, step, _, _ in found] == [
        (path.title, path.last) for path in run.paths
    ]
    for (_, _, x, value), path in zip(found, run.paths, strict=True):
        np.testing.assert_allclose(np.fromstring(x, sep=" "), path.end, rtol=1e-7, atol=5e-9)
        assert float(value) == path.columns.loss[-1]
