from __future__ import annotations

import numpy as np
import pytest

from fallline_app.demos.digits.mistakes import MOST, describe_wrong, stacked, wrong_answers
from fallline_app.demos.digits.model import Digits
from fallline_app.demos.digits.training import Training


@pytest.fixture(scope="module")
def training() -> Training:
    model = Digits()
    model.steps = 40
    return model.trained()


def test_wrong_answers_are_those_of_the_network_the_surest_first(training: Training) -> None:
    parts, network = training.task.parts(), training.task.network
    wrong = wrong_answers(network, training.theta, parts, 40)

    read = network.predict(training.theta, parts.X_test)
    missed = np.flatnonzero(read != parts.y_test)
    assert wrong.total == len(missed)
    said = [f"{parts.y_test[at]} read as {read[at]}" for at in missed]
    assert len(wrong.captions) == min(MOST, len(missed))
    assert all(wrong.captions.count(caption) <= said.count(caption) for caption in wrong.captions)
    surest = [int(sentence.split(" with ")[1].split(" ")[0]) for sentence in wrong.sentences]
    assert surest == sorted(surest, reverse=True)
    for picture, caption in zip(wrong.pictures, wrong.captions, strict=True):
        same = (np.rint(16 * parts.X_test[missed]) == picture.ravel()).all(axis=1)
        assert parts.y_test[missed[same]][0] == int(caption[0])


def test_of_many_wrong_answers_some_are_shown_and_all_are_counted(training: Training) -> None:
    first = wrong_answers(training.task.network, training.thetas[0], training.task.parts(), 0)

    assert len(first.captions) == len(first.pictures) == MOST
    assert first.total > 200
    assert (
        describe_wrong(first)
        == f"At step 0, {first.total} of the test’s digits are read wrong, the surest {MOST} are shown."
    )
    none = first._replace(total=0, step=7)
    assert describe_wrong(none) == "At step 7 the network reads every digit of the test right."


def test_moments_with_fewer_wrong_answers_are_filled_up_with_white(training: Training) -> None:
    parts, network = training.task.parts(), training.task.network
    many = wrong_answers(network, training.thetas[0], parts, 0)
    few = many._replace(pictures=many.pictures[:2])

    pictures = stacked([few, many])

    assert pictures.shape == (2, MOST, 8, 8)
    np.testing.assert_array_equal(pictures[0, :2], many.pictures[:2])
    assert not pictures[0, 2:].any()
    np.testing.assert_array_equal(pictures[1], many.pictures)
