from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from tests.running import printed_by

from fallline_app.demos.black_box.code import script
from fallline_app.demos.black_box.model import BY_HAND, BlackBox
from fallline_app.demos.black_box.run import COLUMNS


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"simulation": "thermostat"},
        {"noisy": False, "target": 3.0},
        {"step_by": BY_HAND, "step": 0.1, "seed": 7},
        {"optimizer": "gradient descent", "budget": 100},
        {"optimizer": "gradient descent", "rate": 0.1},
    ],
)
def test_script_prints_where_each_method_ends(settings: dict[str, Any]) -> None:
    model = BlackBox()
    for name, value in settings.items():
        model.param.update(**{name: value})
    model.takers[3].runs = len(settings) < 2
    run = model.run()

    lines = printed_by(script(model)).splitlines()

    running = [i for i, one in enumerate(run.descents) if one is not None]
    assert len(lines) == len(running)
    for line, i in zip(lines, running, strict=True):
        title, step, place, loss = re.fullmatch(r"(.+): step (\d+), at \[(.+)\], loss (.+)", line).groups()  # type: ignore[union-attr]
        end = dict(zip(COLUMNS, run.frames[i, :, run.lasts[i]], strict=True))
        assert title == run.methods[i].title
        assert (int(step), float(loss)) == (end["steps"], end["loss"])
        np.testing.assert_array_equal([float(number) for number in place.split(", ")], [end["x"], end["y"]])
