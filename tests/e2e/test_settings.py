"""Settings as a visitor changes them: what follows is native NumPy's, and nonsense is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from fallline_app.demos.race.lap import COLUMNS
from fallline_app.demos.race.model import Race

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.e2e.visitor import Visitor

RACERS = [racer.title for racer in Race().racers if racer.runs]
LAST = Race().steps


def set_rate(race: Race, racer: str, rate: float) -> None:
    race.racers[RACERS.index(racer)].param.update(rate=rate)


def column(frames: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    return frames[:, COLUMNS.index(name)]


def test_typed_rate_changes_that_racer_alone(race: Visitor) -> None:
    ours = Race()
    before = column(ours.run().frames, "x")

    race.type("RMSProp: rate", "0,0123")

    set_rate(ours, "RMSProp", 0.0123)
    race.assert_runs_as(ours)
    pairs = zip(column(race.frames(), "x"), before, strict=True)
    changed = [not np.array_equal(after, was, equal_nan=True) for after, was in pairs]
    assert changed == [racer.title == "RMSProp" for racer in ours.racers]


def test_slider_by_keyboard_changes_the_numbers(race: Visitor) -> None:
    ours = Race()

    for _ in range(3):
        race.slider("Momentum: rate").press("ArrowLeft")
    race.settle()

    rate = race.sent("value")
    set_rate(ours, "Momentum", rate)
    assert 0.0 < rate < 0.01
    assert float(race.field("Momentum: rate").input_value()) == rate
    race.assert_runs_as(ours)


def test_folded_settings_count_too(race: Visitor) -> None:
    ours = Race()
    ours.racers[RACERS.index("Momentum")].param.update(momentum=0.5)
    more = race.page.get_by_text("more", exact=True).first
    more.click()

    race.type("Momentum: momentum", "0.5")

    more.click()
    race.assert_runs_as(ours)


def test_racer_that_is_switched_off_leaves_the_table_and_comes_back_the_same(race: Visitor) -> None:
    race.stand(30)
    before = race.numbers()

    race.switch("Nesterov").uncheck()
    race.settle()
    without = race.numbers()
    race.switch("Nesterov").check()
    race.settle()

    assert without == {name: row for name, row in before.items() if name != "Nesterov"}
    assert race.numbers() == before


def test_nobody_runs_when_all_are_switched_off(race: Visitor) -> None:
    for name in RACERS:
        race.switch(name).uncheck()
    race.settle()

    assert race.numbers() == {}
    expect(race.page.locator("[data-part=summary]")).to_contain_text("switch a racer on")


def test_steps_set_the_length_of_the_run(race: Visitor) -> None:
    ours = Race()
    ours.steps = 37

    race.type("steps", "37")

    assert race.last == 37
    race.assert_runs_as(ours)


def test_condition_of_the_bowl_is_asked_for_only_there(race: Visitor) -> None:
    ours = Race()
    ours.surface, ours.condition = "Bowl", 3.0
    expect(race.slider("condition")).to_be_hidden()

    race.choose("Bowl")
    expect(race.slider("condition")).to_be_visible()
    race.type("condition", "3")

    race.assert_runs_as(ours)


def test_reset_brings_every_setting_back(race: Visitor) -> None:
    race.type("Adam: rate", "0.03")
    race.switch("Nesterov").uncheck()
    race.settle()
    race.choose("Bowl")
    race.type("condition", "7")
    race.type("steps", "20")
    race.map.get_by_label("Start").press("ArrowUp")
    race.settle()

    race.reset()

    race.assert_runs_as(Race())
    assert list(race.numbers()) == RACERS
    expect(race.slider("condition")).to_be_hidden()


def test_button_beside_a_setting_brings_it_back(race: Visitor) -> None:
    back = race.page.get_by_role("button", name="Adam: rate: back to 0.2")
    expect(back).to_be_hidden()
    race.type("Adam: rate", "0.03")

    back.click()
    race.settle()

    expect(race.field("Adam: rate")).to_have_value("0.2")
    expect(back).to_be_hidden()
    race.assert_runs_as(Race())


def test_divergence_is_shown_and_explained(race: Visitor) -> None:
    race.choose("Bowl")
    explained = race.page.locator("[data-part=notes]").get_by_text("Gradient descent:")
    expect(explained).to_be_hidden()

    race.type("Gradient descent: rate", "0.9")
    race.stand(LAST)

    expect(explained).to_be_visible()
    said = re.search(
        r"the loss grew past 1e12 at step (\d+): the rate 0.9 is above 2/L = 0.08", explained.inner_text()
    )
    assert said
    step = int(said[1])
    losses = column(race.frames(), "loss")[0]
    assert abs(losses[step]) > 1e12
    assert (np.abs(losses[:step]) <= 1e12).all()
    assert np.isnan(losses[step + 1 :]).all()
    race.stand(step)
    expect(explained).to_be_visible()
    race.stand(step - 1)
    expect(explained).to_be_hidden()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("Gradient descent: rate", "fast", "rate takes a number from"),
        ("Gradient descent: rate", "", "rate takes a number from"),
        ("Gradient descent: rate", "-0.1", "rate takes a number from"),
        ("Gradient descent: rate", "11", "to 10"),
        ("Gradient descent: rate", "Infinity", "rate takes a number from"),
        ("Gradient descent: rate", "NaN", "rate takes a number from"),
        ("steps", "501", "steps takes a number from 10 to 500"),
        ("steps", "9", "steps takes a number from 10 to 500"),
    ],
)
def test_bad_input_is_refused_with_a_message_and_the_old_value_stays(
    race: Visitor, field: str, text: str, said: str
) -> None:
    before = race.slider(field).get_attribute("aria-valuetext")
    sent = race.page.evaluate("spy.sent.length")

    race.type(field, text)

    message = race.page.get_by_role("alert").filter(has_text=said)
    expect(message).to_be_visible()
    expect(race.field(field)).to_have_attribute("aria-invalid", "true")
    assert race.slider(field).get_attribute("aria-valuetext") == before
    assert race.page.evaluate("spy.sent.length") == sent
    race.type(field, (before or "").split()[0])
    expect(message).to_have_count(0)
    expect(race.field(field)).to_have_attribute("aria-invalid", "false")
