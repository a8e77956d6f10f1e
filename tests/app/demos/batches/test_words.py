from __future__ import annotations

import numpy as np
import pytest

from fallline_app.demos.batches.film import COLUMNS
from fallline_app.demos.batches.model import Batches
from fallline_app.demos.batches.standings import HEADINGS, explain, standing
from fallline_app.demos.batches.words import arithmetic, axis_of, describe, summarize


def model(**settings: object) -> Batches:
    made = Batches()
    for name, value in settings.items():
        setattr(made, name, value)
    return made


def summary(made: Batches) -> str:
    return summarize(made.run().running, made.problem, made.target)


def test_summary_says_the_price_of_coming_near_and_how_near_everyone_stays() -> None:
    assert summary(model()) == (
        "To come within 0.1 of the minimum, Full batch needs 350 samples in 7 updates, Mini-batch 8 needs 58 samples in "
        "8 updates and Stochastic needs 10 samples in 10 updates; over the last third of their updates they are 0.038, "
        "0.0048 and 0.054 above it on average."
    )


def test_who_does_not_come_near_needs_more() -> None:
    said = summary(model(epochs=1))

    assert "Full batch needs more than 50 samples" in said


def test_classes_without_a_minimum_are_learnt_down_to_a_loss() -> None:
    said = summary(model(data="clouds", noise=0.1))

    assert said.startswith("To come down to 0.1, ")
    assert said.endswith("above 0 on average.")


def test_nobody_arrives_where_every_loss_left_all_bounds() -> None:
    assert summary(model(rate=5.0)) == "Nobody arrives, every loss left all bounds: lower the rate."


def test_nobody_runs() -> None:
    made = model()
    for racer in made.racers:
        racer.runs = False
    run = made.run()

    assert summarize(run.running, made.problem, 0.1) == "Nobody runs: switch one on."
    told = dict(describe(run.running, None, made.problem, "seen", made.law()))
    assert told["map"] == "Contour map of the loss over all data, without a path."
    assert told["order"].endswith("the one that is watched does not run.")


def test_plots_are_described_by_their_numbers() -> None:
    made = model()
    run = made.run()

    told = dict(describe(run.running, run.laps[1], made.problem, "updates", made.law()))

    assert "Stochastic to (2.17, 1.18)" in told["map"]
    assert told["curve"].startswith("Loss above the minimum against updates")
    assert "those in the current batch of Mini-batch 8 are marked" in told["data"]
    assert "cut into batches of 8, the last of 2; every epoch" in told["order"]
    assert "4.31 for 1, " in told["noise"]
    assert dict(describe(run.running, run.laps[0], made.problem, "seen", made.law()))["order"].endswith(
        "all at once."
    )


def test_axis_has_updates_where_backprop_evaluates_nothing() -> None:
    laps = model(gradient="backprop").run().running

    assert axis_of(laps, "evaluations") == "updates: backprop evaluates nothing"
    assert axis_of(laps, "seen") == "samples seen"
    assert axis_of(model().run().running, "evaluations") == "evaluations"


@pytest.mark.parametrize("size", [1, 8, 25])
def test_arithmetic_gives_the_noise_of_the_step(size: int) -> None:
    made = model()
    made.racers[1].param.update(size=size)
    run = made.run()
    short = 50 % size > 0

    for step in (0, 49, 250):
        frame = dict(zip(COLUMNS, run.frames[1, :, step].tolist(), strict=True))
        _, numbers, _ = arithmetic(50, size, short)
        text = numbers.format(**frame).removeprefix("= ").replace("√", "sqrt ").replace("·", "*")
        text = text.replace("−", "-").replace("sqrt (", "np.sqrt(")
        spread, rest = text.split("/", 1)
        root, rest = rest.strip().removeprefix("sqrt ").split(" ", 1)
        value = eval(f"{spread} / np.sqrt({root}) {rest}", {"np": np})
        assert value == pytest.approx(frame["noise"], rel=1e-9)


def test_row_of_the_table_has_price_and_noise() -> None:
    made = model()
    _, mini, _, stochastic = made.run().laps
    assert mini is not None
    assert stochastic is not None

    assert standing(mini, made.problem, 0.1, "fl.MiniBatch(8)") == [
        *("Mini-batch 8", "8", "1.41", "8", "58", "32", "0.0048", "fl.MiniBatch(8)")
    ]
    assert len(HEADINGS) == 8
    assert standing(stochastic, made.problem, 1e-9, "")[3:6] == ["not within 500", "–", "–"]
    assert "σ = 4.31 at the start" in explain(made.problem, made.start, 0.1)
