from __future__ import annotations

import numpy as np

from fallline_app.demos.digits.model import Digits
from fallline_app.demos.digits.training import TEST, Training
from fallline_app.demos.digits.words import (
    describe_accuracy,
    describe_loss,
    describe_wrong,
    summarize,
    wrong_answers,
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
        f"The loss grew past all numbers at step {training.done}: the rate 1e+200 is too high."
        in summarize(training)
    )


def test_short_training_promises_nothing() -> None:
    said = summarize(trained(steps=25))

    assert "95 %" not in said
    assert "% of the test digits are read right." in said


def test_wrong_answers_are_those_of_the_network_the_surest_first() -> None:
    training = trained(steps=40)
    wrong = wrong_answers(training)

    parts, network = training.task.parts(), training.task.network
    read = network.predict(training.theta, parts.X_test)
    missed = np.flatnonzero(read != parts.y_test)
    assert wrong.total == len(missed)
    assert sorted(wrong.captions) == sorted(f"{parts.y_test[at]} read as {read[at]}" for at in missed)
    surest = [int(sentence.split(" with ")[1].split(" ")[0]) for sentence in wrong.sentences]
    assert surest == sorted(surest, reverse=True)
    for picture, caption in zip(wrong.pictures, wrong.captions, strict=True):
        same = (np.rint(16 * parts.X_test[missed]) == picture.ravel()).all(axis=1)
        assert parts.y_test[missed[same]][0] == int(caption[0])


def test_of_many_wrong_answers_some_are_shown_and_all_are_counted() -> None:
    wrong = wrong_answers(trained(steps=10, rate=0.0001))

    assert len(wrong.captions) == len(wrong.pictures) == 40
    assert (
        describe_wrong(wrong)
        == f"{wrong.total} of the test’s digits are read wrong, the surest 40 are shown."
    )
    assert describe_wrong(wrong._replace(total=0)) == "The network reads every digit of the test right."


def test_plots_are_described_by_where_they_begin_and_end() -> None:
    training = trained(steps=20)

    first, last = training.rows[0][TEST], training.rows[-1][TEST]
    assert f"from {first.accuracy:.0f} % to {last.accuracy:.1f} %" in describe_accuracy(training)
    assert "in 20 steps; a line marks 95 %." in describe_accuracy(training)
    assert "on a logarithmic axis" in describe_loss(training)
