from __future__ import annotations

import re

import pytest

from fallline_app.demos.race.arithmetic import arithmetic
from fallline_app.demos.race.lap import COLUMNS
from fallline_app.demos.race.model import Race

RACE = Race()
KINDS = [
    (guest, title) for guest, entries in enumerate(one.entries for one in RACE.guests) for title in entries
]


def value(text: str, frame: dict[str, float]) -> float:
    """Compute what an equation writes."""
    written = re.sub(r"\{(\w+)\}", lambda found: repr(frame[found[1]]), text.removeprefix("= "))
    return float(eval(re.sub(r"·", "*", written.replace("−", "-"))))


@pytest.mark.parametrize("index", range(3))
@pytest.mark.parametrize("step", [0, 1, 17])
def test_numbers_of_the_equation_lead_to_the_next_point(index: int, step: int) -> None:
    frames = Race().run().frames[index]
    here, after = (dict(zip(COLUMNS, frames[:, at].tolist(), strict=True)) for at in (step, step + 1))

    _, *with_numbers, next_point = arithmetic(RACE.racers[index])

    assert value(" ".join(with_numbers), here) == pytest.approx(after["x"], rel=1e-12)
    assert value(next_point, here) == pytest.approx(after["x"], rel=1e-12)


@pytest.mark.parametrize(("guest", "title"), KINDS)
def test_every_equation_is_written_of_columns(guest: int, title: str) -> None:
    race = Race()
    race.guests[guest].kind = title

    parts = arithmetic(race.guests[guest])

    assert set(re.findall(r"\{(\w+)\}", "".join(parts))) <= set(COLUMNS)
    assert parts[-1] == "= {x} + ({move_x})"
