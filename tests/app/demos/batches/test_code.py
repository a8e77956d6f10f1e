from __future__ import annotations

import re

import pytest
from tests.running import printed_by

from fallline_app.demos.batches.code import script
from fallline_app.demos.batches.film import COLUMNS
from fallline_app.demos.batches.model import Batches

LINE = re.compile(r"(.+): (\d+) updates, slope (\S+), intercept (\S+), loss (\S+), noise (\S+)")
SHOWN = ("update", "slope", "intercept", "loss")


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"data": "sine", "gradient": "backprop"},
        {"data": "clouds", "n": "25"},
        {"loss": "huber", "optimizer": "momentum", "rate": 0.02},
        {"left_over": "drop", "seed": 5, "data_seed": 7},
        {"count": "updates", "epochs": 3},
        {"rate": 4.0},
    ],
    ids=str,
)
def test_script_prints_the_ends_of_the_page(settings: dict[str, object]) -> None:
    model = Batches()
    for name, value in settings.items():
        setattr(model, name, value)
    model.racers[2].runs = True
    run = model.run()

    ends = [match.groups() for match in map(LINE.fullmatch, printed_by(script(model)).splitlines()) if match]

    assert [name for name, *_ in ends] == [racer.title for racer in model.racers]
    for head, (_, *numbers) in zip(run.heads, ends, strict=True):
        assert [float(number) for number in numbers[:4]] == [head[name] for name in SHOWN]


def test_noise_that_is_printed_is_that_of_the_page_where_no_batch_is_short() -> None:
    model = Batches()
    model.n = "200"
    model.racers[1].param.update(size=20)
    run = model.run()

    lines = printed_by(script(model)).splitlines()

    printed = [float(match[6]) for match in map(LINE.fullmatch, lines) if match]
    shown = [head["noise"] for head, lap in zip(run.heads, run.laps, strict=True) if lap is not None]
    assert printed == pytest.approx(shown, rel=1e-12)
    assert COLUMNS.index("noise") > 0
