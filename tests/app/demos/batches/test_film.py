from __future__ import annotations

import numpy as np
import pytest

import fallline as fl
from fallline_app.demos.batches.film import COLUMNS, MOST_STEPS, Columns
from fallline_app.demos.batches.model import Batches, Run

DRAWS = 40_000


def run(**settings: object) -> tuple[Batches, Run]:
    model = Batches()
    for name, value in settings.items():
        setattr(model, name, value)
    return model, model.run()


def track(run: Run, index: int) -> Columns:
    return Columns(*run.frames[index])


def test_step_is_a_sample_for_everyone() -> None:
    _, film = run()

    steps = np.arange(501)
    assert film.frames.shape == (4, len(COLUMNS), 501)
    np.testing.assert_array_equal(track(film, 3).seen, steps)
    np.testing.assert_array_equal(track(film, 0).seen, steps // 50 * 50)
    assert (track(film, 1).seen <= steps).all()
    assert (steps - track(film, 1).seen < 8).all()
    assert film.lasts == (500, 500, 0, 500)


def test_step_is_an_update_for_everyone() -> None:
    _, film = run(count="updates")

    assert film.lasts == (10, 70, 0, 500)
    np.testing.assert_array_equal(track(film, 0).update[:11], np.arange(11))
    assert np.isnan(track(film, 0).update[11:]).all()


@pytest.mark.parametrize("count", ["seen", "updates", "evaluations"])
def test_long_runs_are_shown_in_fewer_steps_up_to_their_end(count: str) -> None:
    _, film = run(n="200", epochs=7, count=count, gradient="backprop")

    assert film.clock.stride == 3
    assert film.clock.steps <= MOST_STEPS
    assert [float(film.frames[i, COLUMNS.index("seen"), film.lasts[i]]) for i in (0, 1, 3)] == [1400.0] * 3


def test_cost_is_what_the_axis_counts() -> None:
    for count, costs in (("seen", 500), ("updates", 10), ("evaluations", 40)):
        _, film = run(count=count)
        cost = track(film, 0).cost

        assert np.isnan(cost[0])
        assert cost[film.lasts[0]] == costs


def test_backprop_has_updates_where_nothing_is_evaluated() -> None:
    _, film = run(count="evaluations", gradient="backprop")

    assert track(film, 3).cost[500] == 500.0


@pytest.mark.parametrize("index", [1, 3])
@pytest.mark.parametrize("step", [0, 49, 200])
@pytest.mark.parametrize("momentum", [False, True])
def test_next_moves_scatter_as_the_ellipse_says(index: int, step: int, momentum: bool) -> None:
    settings = {"optimizer": "momentum", "rate": 0.03} if momentum else {}
    model, film = run(**settings)
    frame = dict(zip(COLUMNS, film.frames[index, :, step].tolist(), strict=True))
    rng, x, y = np.random.default_rng(7), model.problem.X[:, 0], model.problem.y
    here = np.array([frame["slope"], frame["intercept"]])
    nominal = model.racers[index].count(50)
    lap = film.laps[index]
    assert lap is not None
    k = int(frame["update"])

    # What chance leaves alone: the place, and how far the velocity of before carries on.
    before = lap.updates.x[k - 1] if k else here
    carried = 0.9 * (here - before) if momentum else np.zeros(2)
    picked = rng.permuted(np.tile(np.arange(50), (DRAWS, 1)), axis=1)[:, : int(frame["size"])]
    residual = here[0] * x[picked] + here[1] - y[picked]
    slopes = 2.0 / nominal * np.stack([(residual * x[picked]).sum(axis=1), residual.sum(axis=1)])
    ends = here[:, None] + carried[:, None] - float(model.rate) * slopes

    deviation = np.sqrt(frame["cov_xx"] + frame["cov_yy"])
    np.testing.assert_allclose(ends.mean(axis=1), [frame["mid_x"], frame["mid_y"]], atol=0.02 * deviation)
    said = np.array([[frame["cov_xx"], frame["cov_xy"]], [frame["cov_xy"], frame["cov_yy"]]])
    np.testing.assert_allclose(np.cov(ends), said, atol=0.03 * deviation**2)
    assert frame["noise"] == pytest.approx(np.sqrt(np.trace(np.cov(slopes))), rel=0.02)


def test_full_batch_has_no_noise() -> None:
    _, film = run()

    assert (track(film, 0).noise == 0.0).all()
    assert (track(film, 0).spread > 0.1).all()


def test_noise_is_the_price_of_a_cheap_gradient() -> None:
    """At one place the deviation times the root of the size is the same, but for batches that are much of all data."""
    model = Batches()
    model.n = "200"
    slopes = model.problem.network.sample_gradients(model.start, model.problem.X, model.problem.y)

    noise = [np.sqrt(np.trace(fl.batch_covariance(slopes, size))) for size in (1, 2, 4, 8)]

    np.testing.assert_allclose(noise * np.sqrt([1, 2, 4, 8]), noise[0], rtol=0.02)


def test_track_that_diverges_ends_where_it_does() -> None:
    _, film = run(rate=5.0)

    for index in (0, 1, 3):
        last = film.lasts[index]
        assert last < 500
        assert abs(track(film, index).loss[last]) > 1e12
        assert np.isnan(film.frames[index, :, last + 1 :]).all()


def test_loss_that_overflows_is_no_error() -> None:
    _, film = run(data="sine", noise=2.0, rate=10.0)

    assert all(lap.note for lap in film.running)
