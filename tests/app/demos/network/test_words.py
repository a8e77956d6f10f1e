from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from fallline_app.demos.network.blame import largest_curvature
from fallline_app.demos.network.model import Training
from fallline_app.demos.network.run import Run, train
from fallline_app.demos.network.words import note, summarize


def trained(**values: Any) -> Run:
    model = Training()
    model.param.update(**values)
    if "rate" in values:
        model.rate = values["rate"]
    *_, run = train(model.setup())
    return run


def test_summary_gives_the_numbers_of_the_run() -> None:
    run = trained()
    losses, right = run.column("loss"), run.column("right")

    said = summarize(run)

    assert f"fell from {losses[0, 0]:.3g} to {losses[0, -1]:.3g}" in said
    assert f"{right[1, -1]:.3g} % of the points that it never saw are right" in said
    assert note(run) == ""


def test_summary_before_the_first_step_says_of_nothing_that_it_fell() -> None:
    run = next(iter(train(Training().setup())))

    assert summarize(run).startswith(
        f"Before the first step the loss is {run.column('loss')[0, 0]:.3g}, and "
    )


def test_curvature_is_the_largest_eigenvalue_of_the_hessian() -> None:
    setup = Training().setup()
    theta = setup.network.initial(np.random.default_rng(3))
    steps = 1e-5 * np.eye(setup.network.size)

    def slope(point: Any) -> Any:
        return setup.network.gradient(point, setup.X, setup.y, method="backprop")

    hessian = np.array([slope(theta + step) - slope(theta - step) for step in steps]) / 2e-5

    largest = max(np.linalg.eigvalsh((hessian + hessian.T) / 2.0), key=abs)
    assert largest_curvature(setup, theta) == pytest.approx(largest, rel=0.02)


@pytest.mark.parametrize("rule", ["Gradient descent", "Momentum"])
def test_rate_above_what_the_curvature_stands_is_named(rule: str) -> None:
    run = trained(optimizer=rule, activation="linear", layers=4, rate=5.0)

    said = summarize(run)

    assert note(run)
    found = re.search(
        r"The rate 5 is above ([\d.]+), the most that .* stands where the loss curves by (\S+)\.( |$)", said
    )
    assert found is not None
    factor = 2.0 if rule == "Gradient descent" else 2.0 * (1.0 + run.setup.optimizer.momentum)
    assert float(found[1]) == pytest.approx(factor / float(found[2]), rel=0.02)


def test_adaptive_rule_that_goes_too_far_is_named() -> None:
    assert "Adam moves every weight by about its rate, 10" in summarize(
        trained(rate=10.0, activation="linear")
    )


def test_weight_decay_that_turns_weights_over_is_named() -> None:
    run = trained(optimizer="Gradient descent", activation="linear", layers=3, l2=0.1, rate=10.0, steps=10)

    # 10 · 0.1 is below 2: it is the curvature.
    assert "weight decay" not in summarize(run)


def test_activation_that_gives_no_number_is_named() -> None:
    run = trained(activation="own", own="np.where(abs(x) < 1, x, np.nan)")

    assert "no longer a number" in summarize(run)
    assert "Your activation gives no finite number" in summarize(run)


def test_learning_by_heart_is_named() -> None:
    run = trained(noise=0.4, steps=3000, layers=2, units_1=12, units_2=12)

    tested = run.column("loss")[1]
    lowest = int(run.column("step")[1, tested.argmin()])
    assert f"lowest at step {lowest}: since then it learns by heart" in summarize(run)
