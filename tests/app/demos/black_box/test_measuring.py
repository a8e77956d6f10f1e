"""What many descents tell: who survives how much noise, what the step does, and what dimensions do."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from fallline_app.demos.black_box import dimensions, measuring
from fallline_app.demos.black_box.methods import METHODS
from fallline_app.demos.black_box.model import BlackBox

TITLES = [method.title for method in METHODS]
KNOWN = measuring.measured(measuring.question(BlackBox()))


def row(title: str) -> tuple[measuring.Cell, ...]:
    return KNOWN.cells[TITLES.index(title)]


def test_tiny_step_survives_no_noise_and_only_that() -> None:
    quiet, *noisy = row("tiny step")

    assert quiet.arrived == quiet.seeds
    assert [cell.arrived for cell in noisy] == [0] * len(noisy)


def test_step_by_the_noise_and_spsa_survive_all_of_it() -> None:
    for title in ("step h", "SPSA"):
        assert [cell.arrived for cell in row(title)] == [measuring.SEEDS] * len(measuring.NOISES)


def test_short_steps_drown_and_long_ones_jump() -> None:
    losses = np.array(KNOWN.losses)

    assert losses[0] > 10.0
    assert losses[-1] > 10.0
    assert losses.min() < 0.01
    # The step that the noise asks for is among the good ones.
    at = np.argmin(np.abs(np.log(np.array(measuring.STEPS) / BlackBox().terms().step)))
    assert losses[at] < 0.09


def test_cell_is_the_median_of_descents_with_seeds_of_their_own() -> None:
    model = BlackBox()
    model.noise = 1.0
    ends = []
    for seed in range(measuring.SEEDS):
        model.seed = seed
        descents = dict(zip(TITLES, model.run().descents, strict=True))
        ends.append([descents[title].losses[-1] for title in TITLES])  # type: ignore[union-attr]

    cells = [row(title)[-1] for title in TITLES]
    np.testing.assert_array_equal([cell.loss for cell in cells], np.median(ends, axis=0))
    np.testing.assert_array_equal(
        [cell.arrived for cell in cells], np.sum(np.array(ends) <= model.goal, axis=0)
    )


def test_measuring_tells_more_with_every_yield_and_counts_its_descents() -> None:
    told = list(measuring.measure(measuring.question(BlackBox())))

    assert len(told) == measuring.COUNT + 1
    assert told[0] == measuring.Answers(((),))
    assert told[-1] == KNOWN
    for before, after in pairwise(told):
        assert sum(map(len, before.cells)) <= sum(map(len, after.cells))
        assert after.losses[: len(before.losses)] == before.losses


def test_question_depends_on_settings_and_not_on_the_seed() -> None:
    first, same, other = BlackBox(), BlackBox(), BlackBox()
    same.seed = 9
    other.rate = 0.02

    assert measuring.question(first) == measuring.question(same)
    assert measuring.question(first) != measuring.question(other)


def test_spsa_wins_in_many_dimensions_alone_at_equal_evaluations() -> None:
    coordinates, spsa = dimensions.grown()

    ratios = [theirs.loss / ours.loss for theirs, ours in zip(coordinates, spsa, strict=True)]
    assert 0.8 < ratios[0] < 1.25
    assert ratios[-1] > 1.5
    assert [best.steps for best in coordinates] == [100, 25, 5]
    assert [best.steps for best in spsa] == [200, 200, 200]


def test_best_rate_of_nobody_is_the_least_that_was_tried_in_many_dimensions() -> None:
    assert all(bests[-1].rate > min(dimensions.RATES) for bests in dimensions.grown())
