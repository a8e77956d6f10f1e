from __future__ import annotations

import re
import subprocess
import sys

import numpy as np
import pytest

from fallline_app.demos.race.code import script
from fallline_app.demos.race.lap import Columns
from fallline_app.demos.race.looking import METHODS
from fallline_app.demos.race.model import Race
from fallline_app.demos.race.planning import PLANS
from fallline_app.demos.race.racers import OTHERS, SEARCHES, Entry
from fallline_app.heights import GROWN_TOO_FAR
from fallline_app.surfaces import OWN

LINE = re.compile(r"(.+): step (\d+), x = \[(.+)\], f\(x\) = (\S+), (\d+) evaluations")


def race(surface: str = "Himmelblau", gradient: str = "central") -> Race:
    made = Race()
    made.surface, made.gradient, made.steps, made.seed = surface, gradient, 40, 3
    return made


def printed(script: str) -> list[tuple[str, ...]]:
    """Run a script and read what it prints."""
    code = f"import sys; sys.path[:] = {sys.path!r}\n{script}"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, check=True, text=True
    )
    return [match.groups() for match in map(LINE.fullmatch, done.stdout.splitlines()) if match]


@pytest.mark.parametrize("gradient", METHODS)
def test_script_prints_the_ends_of_the_page_for_every_gradient_method(gradient: str) -> None:
    assert_prints_ends(race(gradient=gradient))


@pytest.mark.parametrize("surface", ["Bowl", "Ravine", "Booth", "Saddle", OWN])
def test_script_prints_the_ends_of_the_page_on_surfaces_that_are_made_otherwise(surface: str) -> None:
    assert_prints_ends(race(surface))


def test_script_ends_where_a_loss_has_left_all_bounds() -> None:
    ours = race("Bowl")
    ours.racers[0].rate = 3.0

    assert_prints_ends(ours)


@pytest.mark.parametrize("plan", PLANS)
def test_script_prints_the_ends_of_the_page_under_every_schedule(plan: str) -> None:
    ours = race()
    ours.schedule = plan

    assert_prints_ends(ours)


@pytest.mark.parametrize("entry", [*OTHERS, *SEARCHES], ids=lambda entry: entry.title)
def test_script_prints_the_ends_of_every_guest(entry: Entry) -> None:
    ours = race("Goldstein–Price")
    for racer in ours.racers:
        racer.runs = False
    (guest,) = (guest for guest in ours.guests if entry.title in guest.entries)
    guest.param.update(kind=entry.title, runs=True)

    assert_prints_ends(ours)


def assert_prints_ends(ours: Race) -> None:
    run = ours.run()

    ends = printed(script(ours, GROWN_TOO_FAR))

    assert [name for name, *_ in ends] == [racer.title for racer in ours.racers if racer.runs]
    running = [
        (frames, last)
        for frames, last, racer in zip(run.frames, run.lasts, ours.racers, strict=True)
        if racer.runs
    ]
    for (frames, last), (_, step, x, loss, evaluations) in zip(running, ends, strict=True):
        shown = Columns(*frames[:, last])
        assert [float(step), float(loss), float(evaluations)] == [
            last,
            float(shown.loss),
            float(shown.evaluations),
        ]
        np.testing.assert_allclose(
            [float(part) for part in x.split()], [shown.x, shown.y], rtol=1e-7, atol=1e-8
        )
