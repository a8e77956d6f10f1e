from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import log_softmax, softmax  # type: ignore[import-untyped]
from tests.app.demos.digits.handwriting import drawn
from tests.core.networks import with_autograd
from tests.running import printed_by

import fallline as fl
from fallline_app.bitmaps import to_text
from fallline_app.demos.digits.agreement import agree
from fallline_app.demos.digits.code import script
from fallline_app.demos.digits.model import BLACK_BOX, OPTIMIZERS, Digits
from fallline_app.demos.digits.training import COLUMNS, KEEP, TEST, TRAIN, WRITERS, Training
from fallline_app.demos.digits.units import unit_pictures


def digits(**settings: object) -> Digits:
    model = Digits()
    model.param.update(**settings)
    return model


@pytest.fixture(scope="module")
def trained() -> Training:
    return Digits().trained()


@pytest.mark.parametrize("seed", range(3))
def test_differences_alone_read_95_per_cent_of_the_test(seed: int) -> None:
    assert digits(seed=seed).trained().rows[-1][TEST].accuracy >= 95.0


def test_no_derivative_can_have_been_used_where_nobody_knows_one() -> None:
    model = digits(activation=BLACK_BOX, steps=100)
    X, y, *_ = model.task().parts()  # noqa: N806

    with pytest.raises(TypeError, match="backprop"):
        model.network.gradient(np.zeros(model.network.size), X, y, method="backprop")
    assert model.trained().rows[-1][TEST].accuracy >= 95.0


def evaluations(hidden: int, method: str) -> float:
    """Count how often a gradient evaluates the loss of each sample."""
    counts = []

    def counting(outputs: Any, y: Any) -> Any:
        counts.append(len(outputs))
        return -log_softmax(outputs, axis=1)[np.arange(len(y)), y]

    network, rng = fl.Network([64, hidden, 10], loss=counting), np.random.default_rng(1)
    theta, X, y = network.initial(rng), rng.random((40, 64)), rng.integers(0, 10, 40)  # noqa: N806
    network.gradient(theta, X, y, method=method)
    return sum(counts) / 40


def test_slopes_cost_two_evaluations_of_each_unit() -> None:
    by_node = evaluations(32, "node")

    # Beside those there are a few of the loss itself, to see that it does not mix samples.
    assert Digits().task().evaluations == 84
    assert 84 <= by_node <= 84 + 8
    assert evaluations(42, "node") - by_node == 20
    assert evaluations(32, "naive") >= 2 * Digits().network.size


def test_loss_and_accuracy_are_those_of_the_data(trained: Training) -> None:
    (w, b), (v, c) = trained.task.network.layers(trained.theta)

    parts = trained.task.parts()
    for part, (X, y) in ((TRAIN, parts[:2]), (TEST, parts[2:])):  # noqa: N806
        outputs = np.tanh(X @ w + b) @ v + c
        loss = -log_softmax(outputs, axis=1)[np.arange(len(y)), y].mean()
        row = trained.rows[-1][part]
        assert row.loss == pytest.approx(loss, rel=1e-12)
        assert row.accuracy == pytest.approx(100.0 * (outputs.argmax(axis=1) == y).mean())


def test_no_digit_is_both_learnt_and_tested() -> None:
    for model in (digits(), digits(test=WRITERS)):
        X, y, X_test, y_test = model.task().parts()  # noqa: N806
        everything = np.concatenate([X, X_test])

        assert len(np.unique(everything, axis=0)) == len(np.unique(fl.datasets.digits()[0], axis=0))
        assert len(y) + len(y_test) == 1797


def test_other_writers_are_harder() -> None:
    assert digits(test=WRITERS).trained().rows[-1][TEST].accuracy < Digits().trained().rows[-1][TEST].accuracy


def test_training_that_is_watched_is_the_same_as_one_that_is_not(trained: Training) -> None:
    seen = []
    for training in Digits().train():
        seen.append(
            (training.done, training.frames()[:, :, : training.last + 1].copy(), training.theta.copy())
        )

    assert [done for done, *_ in seen] == list(range(401))
    whole = trained.frames()
    for _, frames, _ in seen[::50]:
        np.testing.assert_array_equal(frames, whole[:, :, : frames.shape[2]])
    np.testing.assert_array_equal(seen[-1][2], trained.theta)


def test_weights_are_kept_every_few_frames_and_at_the_end(trained: Training) -> None:
    assert trained.keys == list(range(0, 101, KEEP))
    assert len(trained.thetas) == len(trained.keys)
    short = digits(steps=13).trained()
    assert short.keys == [0, 5, 10, 13]
    assert short.frames()[TEST, 0].tolist() == list(range(14))


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"optimizer": "Momentum", "test": WRITERS, "steps": 130, "seed": 3},
        {"activation": BLACK_BOX, "stepped": True, "h": 0.01, "steps": 20, "batch": 7, "hidden": 5},
        {"activation": "relu", "optimizer": "GradientDescent", "steps": 20, "drawing": ""},
    ],
)
def test_script_prints_the_numbers_of_the_page_bit_for_bit(settings: dict[str, object]) -> None:
    model = digits(**settings)
    training = model.trained()

    said = printed_by(script(model, training.task.stride)).splitlines()

    chances = model.chances(model.network, training.thetas)
    if len(chances):
        assert said.pop() == str(chances[-1].tolist())
    printed = np.array([[float(number) for number in row.split()] for row in said])
    wanted = [COLUMNS.index(name) for name in ("step", "loss", "accuracy")]
    ours = training.frames()[:, wanted].transpose(2, 0, 1).reshape(-1, 3)
    np.testing.assert_array_equal(printed, ours)


def test_comparison_is_with_the_slopes_that_autograd_finds(trained: Training) -> None:
    task = trained.task

    agreements = agree(trained, Digits().transparent)

    X, y = (part[:128] for part in task.parts()[:2])  # noqa: N806
    for agreement, theta in ((agreements[0], trained.thetas[0]), (agreements[-1], trained.theta)):
        functions = with_autograd.tanh, with_autograd.cross_entropy
        true = with_autograd.gradient(theta, X, y, task.network.sizes, *functions)
        ours = task.network.gradient(theta, X, y, method="node")
        off = np.abs(ours - true).max() / np.abs(true).max()
        assert agreement.off == pytest.approx(off, abs=1e-14)
        assert agreement.digits > 14.0
        assert agreement.angle < 1e-28
    assert [agreement.step for agreement in agreements] == [0, 100, 200, 300, 400]


def test_wide_step_agrees_in_few_digits_and_learns_all_the_same() -> None:
    model = digits(stepped=True, h=0.1)
    training = model.trained()

    agreements = agree(training, model.transparent)

    # The error of a central difference goes by h².
    assert 1.5 < agreements[0].digits < 3.5
    assert training.rows[-1][TEST].accuracy >= 95.0


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_optimizer_brings_a_rate_that_suits_it(name: str) -> None:
    model = digits(optimizer=name)

    assert model.rate == model.param.rate.default == OPTIMIZERS[name].rate
    assert model.trained().rows[-1][TEST].accuracy >= 95.0


def test_too_high_a_rate_ends_where_the_numbers_do() -> None:
    model = digits(optimizer="GradientDescent", activation="relu")
    model.param.rate.bounds = None
    model.rate = 1e200

    training = model.trained()

    assert training.broken
    assert training.done < 10
    assert np.isfinite(training.theta).all()


def test_drawing_is_read_by_every_kept_network(trained: Training) -> None:
    model = Digits()
    chances = model.chances(model.network, trained.thetas)

    (w, b), (v, c) = trained.task.network.layers(trained.thetas[4])
    picture = model.seen().reshape(1, -1) / 16.0
    np.testing.assert_allclose(chances[4], softmax(np.tanh(picture @ w + b) @ v + c, axis=1)[0], rtol=1e-12)
    assert chances[-1].argmax() == 3
    assert chances[-1, 3] > 0.9
    assert digits(drawing="").chances(model.network, trained.thetas).shape == (0, 10)


def test_drawn_digits_are_read_wherever_they_stand(trained: Training) -> None:
    places = [(6.0, 3.0, 20.0, 26.0), (2.0, 2.0, 14.0, 20.0), (14.0, 8.0, 15.0, 22.0)]
    read = [
        [
            digits(drawing=to_text(drawn(digit, *place)), fits=fits)
            .chances(trained.task.network, trained.thetas[-1:])
            .argmax()
            == digit
        ]
        for fits in (True, False)
        for digit in range(10)
        for place in places
    ]
    fitted, unfitted = np.reshape(read, (2, -1)).mean(axis=1)

    assert fitted >= 0.8
    assert unfitted < 0.6


@pytest.mark.parametrize("slant", [-0.35, 0.35])
def test_drawn_digits_are_read_however_they_lean(trained: Training, slant: float) -> None:
    leaning = [to_text(drawn(digit, 8.0, 3.0, 15.0, 26.0, slant)) for digit in range(10)]
    read = [
        digits(drawing=drawing).chances(trained.task.network, trained.thetas[-1:]).argmax()
        for drawing in leaning
    ]

    assert np.mean(read == np.arange(10)) >= 0.8


def test_units_are_pictures_of_their_weights(trained: Training) -> None:
    network = trained.task.network
    pictures = unit_pictures(network, trained.thetas)

    weights = network.layers(trained.theta)[0][0]
    assert pictures.shape == (21, 32, 8, 8)
    largest = max(np.abs(network.layers(theta)[0][0]).max() for theta in trained.thetas)
    back = (pictures[-1].reshape(32, 64).T - 128.0) / 127.0 * largest
    np.testing.assert_allclose(back, weights, atol=largest / 254.0 * 1.001)
