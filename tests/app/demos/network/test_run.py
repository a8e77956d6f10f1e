from __future__ import annotations

from itertools import pairwise
from typing import Any

import autograd.numpy as anp  # type: ignore[import-untyped]
import numpy as np
import pytest
from autograd import grad

from fallline_app.demos.network.model import METHODS, RULES, Training
from fallline_app.demos.network.pictures import SIDE, SMALL
from fallline_app.demos.network.run import MOMENTS, Run, moments, train
from fallline_app.demos.network.setup import Setup
from fallline_app.tints import SHADES


def settings(**values: Any) -> Setup:
    model = Training()
    model.param.update(**values)
    return model.setup()


def trained(**values: Any) -> Run:
    *_, run = train(settings(**values))
    return run


def loss(theta: Any, setup: Setup) -> Any:
    """The network's loss written anew, for autograd."""
    a, start, sizes = setup.X, 0, list(pairwise(setup.network.sizes))
    for layer, (n, k) in enumerate(sizes):
        weights, biases = theta[start : start + n * k].reshape(n, k), theta[start + n * k : start + n * k + k]
        start += n * k + k
        a = a @ weights + biases
        a = anp.tanh(a) if layer < len(sizes) - 1 else a
    return anp.mean(anp.logaddexp(0.0, a[:, 0]) - setup.y * a[:, 0])


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"spsa"}))
def test_full_batch_descends_as_autograd_does(method: str) -> None:
    setup = settings(optimizer="Gradient descent", batch=500, steps=20, gradient=method)
    *_, run = train(setup)
    theta, slope = run.thetas[0].copy(), grad(loss)

    for moment in range(21):
        np.testing.assert_allclose(run.thetas[moment], theta, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(run.column("loss")[0, moment], loss(theta, setup), rtol=1e-6)
        theta = theta - setup.optimizer.rate * slope(theta, setup)


@pytest.mark.parametrize("rule", RULES)
def test_every_optimizer_learns_circles_at_the_rate_that_it_brings(rule: str) -> None:
    assert trained(optimizer=rule).column("right")[1, -1] > 90.0


def test_plane_is_fitted_as_least_squares_does() -> None:
    setup = settings(
        data="tilted_plane",
        layers=0,
        noise=0.2,
        optimizer="Gradient descent",
        batch=500,
        steps=400,
        gradient="backprop",
    )
    *_, run = train(setup)

    columns = np.column_stack([setup.X, np.ones(len(setup.X))])
    theirs, *_ = np.linalg.lstsq(columns, setup.y, rcond=None)
    np.testing.assert_allclose(run.theta, theirs, atol=1e-6)
    off = np.array([setup.X_test @ theirs[:2] + theirs[2] - setup.y_test])
    assert run.column("off")[1, -1] == pytest.approx(np.sqrt(np.mean(off**2)), rel=1e-5)
    assert np.isnan(run.column("right")).all()
    assert run.column("loss")[0, -1] == pytest.approx(run.column("off")[0, -1] ** 2)


def test_bumps_are_learnt() -> None:
    run = trained(
        data="bumps", noise=0.0, units_1=12, units_2=12, points=500, steps=2000, gradient="backprop"
    )

    assert run.column("off")[1, -1] < 0.3 * run.setup.y_test.std()


@pytest.mark.parametrize("data", ["moons", "xor", "gaussians", "painted"])
def test_other_data_are_learnt_too(data: str) -> None:
    assert trained(data=data).column("right")[1, -1] > 85.0


@pytest.mark.parametrize("steps", [10, 60, 61, 300, 2999])
def test_moments_begin_at_the_start_and_end_at_the_end(steps: int) -> None:
    shown = moments(steps)

    assert (shown[0], shown[-1]) == (0, steps)
    assert len(shown) == min(steps, MOMENTS) + 1
    assert (np.diff(shown) > 0).all()


def test_run_comes_step_by_step() -> None:
    setup = settings(steps=100)

    runs = list(train(setup))

    assert [run.taken for run in runs] == list(range(101))
    assert [run.step for run in runs if run.step == run.taken] == moments(100).tolist()
    assert runs[50].done == 0.5


def test_pictures_say_what_the_network_says() -> None:
    run = trained(steps=100)
    setup = run.setup
    (left, right), (bottom, top) = setup.data.region

    x, y = (low + (high - low) * 0.5 / SIDE for low, high in ((left, right), (bottom, top)))
    corner = setup.network.outputs(run.theta, [[x, y]])[0, 0]
    last = run.film.said[len(run.film.at) - 1]

    assert run.film.at[-1] == run.last
    assert last[0, 0] // SHADES == (corner > 0.0)
    assert last[0, 0] % SHADES == pytest.approx(abs(np.tanh(corner / 2.0)) * (SHADES - 1), abs=0.51)
    assert run.film.units.shape[1:] == (2 + 6 + 4 + 1, SMALL, SMALL)


def test_picture_of_a_unit_is_what_the_unit_answers() -> None:
    run = trained(steps=50)
    setup = run.setup
    weights, biases = setup.network.layers(run.theta)[0]
    (left, right), (bottom, top) = setup.data.region

    place = np.array([left + (right - left) * 1.5 / SIDE, bottom + (top - bottom) * 1.5 / SIDE])
    answers = np.tanh(place @ weights + biases)

    pictured = run.film.units[len(run.film.at) - 1, 2:8, 0, 0].astype(float)
    np.testing.assert_allclose((pictured - 128.0) / 127.0, answers, atol=0.5 / 127.0 + 1e-9)


def test_weight_that_is_set_is_set_and_the_network_goes_on_from_there() -> None:
    before, after = trained(), trained(edits="2-6-4-1_100w3v5")
    moment = moments(300).tolist().index(100)

    np.testing.assert_array_equal(after.thetas[:moment], before.thetas[:moment])
    changed = np.flatnonzero(after.thetas[moment] != before.thetas[moment])
    assert changed.tolist() == [3]
    assert after.thetas[moment, 3] == 5.0
    assert 4.0 < after.thetas[moment + 1, 3] < 6.0


def test_weights_set_for_other_sizes_wait() -> None:
    same, other = trained(edits="2-8-8-1_100w3v5"), trained()

    np.testing.assert_array_equal(same.frames, other.frames)


def test_lack_of_a_class_gives_a_start_and_no_run() -> None:
    model = Training()
    model.param.update(data="painted", painted=model.painted.split(".")[0] + ".")

    *_, run = train(model.setup())

    assert run.last == 0
    assert np.isnan(run.column("loss")[1]).all()
