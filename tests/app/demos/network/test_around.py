from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from fallline_app.demos.network.agreement import agreeing_digits, compare
from fallline_app.demos.network.answers import confusion
from fallline_app.demos.network.around import SAMPLES, look_around, losses
from fallline_app.demos.network.model import Training
from fallline_app.demos.network.run import Run, train


def trained(**values: Any) -> Run:
    model = Training()
    model.param.update(**values)
    *_, run = train(model.setup())
    return run


def test_plane_is_the_one_in_which_the_path_varies_most() -> None:
    run = trained()
    around = look_around(run)
    assert around is not None
    offsets = run.thetas - run.thetas[-1]

    # The eigenvectors of the scatter around the end, found without a singular value decomposition.
    values, vectors = np.linalg.eigh(offsets.T @ offsets)

    for index in (0, 1):
        assert abs(around.directions[index] @ vectors[:, -1 - index]) == pytest.approx(1.0, abs=1e-6)
    assert around.share == pytest.approx(values[-2:].sum() / values.sum())
    np.testing.assert_allclose(around.path, offsets @ around.directions.T, atol=1e-12)


def test_losses_of_the_plane_are_the_networks() -> None:
    run = trained(steps=60)
    around = look_around(run)
    assert around is not None
    x, y = (np.linspace(low, high, SAMPLES) for low, high in around.domain)

    found = losses(run, around, np.stack(np.meshgrid(x, y)).reshape(2, -1)).reshape(SAMPLES, SAMPLES)

    theta = run.theta + x[3] * around.directions[0] + y[7] * around.directions[1]
    assert found[7, 3] == pytest.approx(run.setup.network.loss(theta, run.setup.X, run.setup.y))


@pytest.mark.parametrize("values", [{"initialization": "zeros", "layers": 2, "steps": 10}, {"data": "file"}])
def test_path_that_goes_nowhere_has_no_plane_or_one(values: dict[str, Any]) -> None:
    around = look_around(trained(**values))

    assert around is None or np.isfinite(around.path).all()


def test_differences_agree_with_backpropagation_in_nine_digits_or_more() -> None:
    run = trained()

    found = {one.method: one for one in compare(run.setup, run.theta)}

    assert set(found) == {"backprop", "node", "layerwise", "weight", "naive", "spsa"}
    assert found["backprop"].digits == 16.0
    assert all(found[name].digits > 9.0 for name in ("node", "layerwise", "weight"))
    assert found["naive"].digits > 7.0
    assert np.isnan(found["spsa"].digits)
    assert found["naive"].cost == f"{2 * run.setup.network.size} runs"
    assert all(one.milliseconds > 0.0 for one in found.values())


def test_slow_methods_are_left_out_for_many_parameters_and_backprop_for_an_activation_of_ones_own() -> None:
    large = compare(
        trained(units_1=12, units_2=12, steps=10).setup, trained(units_1=12, units_2=12, steps=10).theta
    )
    own = trained(activation="own", steps=10)

    assert {one.method for one in large} == {"backprop", "node", "layerwise", "spsa"}
    assert "backprop" not in {one.method for one in compare(own.setup, own.theta)}


def test_digits_are_counted_from_the_largest_slope() -> None:
    reference = np.array([100.0, 1.0])

    assert agreeing_digits(reference + np.array([0.0, 1e-4]), reference) == pytest.approx(6.0)
    assert agreeing_digits(reference, reference) == 16.0
    assert np.isnan(agreeing_digits(reference + np.nan, reference))


def test_confusion_counts_what_is_taken_for_what() -> None:
    run = trained(steps=40)
    setup = run.setup

    counts = confusion(setup, run.theta)

    said = setup.network.predict(run.theta, setup.X_test)
    assert counts.tolist() == [
        [int(((setup.y_test == i) & (said == j)).sum()) for j in (0, 1)] for i in (0, 1)
    ]
    assert 100.0 * np.trace(counts) / counts.sum() == pytest.approx(run.column("right")[1, -1])
