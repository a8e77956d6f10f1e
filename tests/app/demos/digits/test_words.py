from __future__ import annotations

from fallline_app.demos.digits.model import Digits
from fallline_app.demos.digits.training import TEST, Training
from fallline_app.demos.digits.words import (
    describe_accuracy,
    describe_loss,
    summarize,
)


def trained(**settings: object) -> Training:
    model = Digits()
    model.param.update(**settings)
    return model.trained()


def test_summary_says_what_was_reached_by_how_many_evaluations() -> None:
    training = trained()
    said = summarize(training)

    right = training.rows[-1][TEST].accuracy
    assert said.startswith(
        f"After 400 steps, 33 684 evaluations and no derivative, {right:.1f} % of the test digits are read right."
    )
    first = next(
        step for step in range(0, 401, 4) if (training.column(TEST, "accuracy")[step // 4 :] >= 95.0).all()
    )
    assert said.endswith(f"From step {first} on it is 95 % or more.")


def test_summary_blames_a_rate_that_is_too_high() -> None:
    said = summarize(trained(rate=10.0, steps=40))

    assert "little more than guessing" in said
    assert "with the rate 10 the loss is larger than at first" in said
    assert "the rate is too high" in said


def test_summary_names_the_step_where_the_numbers_end() -> None:
    model = Digits()
    model.activation = "relu"
    model.optimizer = "GradientDescent"
    model.param.rate.bounds = None
    model.rate = 1e200
    training = model.trained()

    assert (
        f"The loss grew past all numbers at step {training.done}: the rate 1e200 is too high."
        in summarize(training)
    )


def test_short_training_promises_nothing() -> None:
    said = summarize(trained(steps=25))

    assert "95 %" not in said
    assert "% of the test digits are read right." in said


def test_plots_are_described_by_where_they_begin_and_end() -> None:
    training = trained(steps=20)

    first, last = training.rows[0][TEST], training.rows[-1][TEST]
    assert f"from {first.accuracy:.0f} % to {last.accuracy:.1f} %" in describe_accuracy(training)
    assert "in 20 steps; a line marks 95 %." in describe_accuracy(training)
    assert "on a logarithmic axis" in describe_loss(training)
