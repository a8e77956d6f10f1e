from __future__ import annotations

import numpy as np
import pytest

from fallline_app.demos.grid.memory import DIMENSIONS, MOST, measure_memory, peak

# Python's own objects, in bytes; of gradient_field in slabs more than of one call.
OVERHEAD = 9_000


@pytest.mark.parametrize("even", [True, False], ids=["even", "uneven"])
@pytest.mark.parametrize("samples", [3, 5, 9, 13, 25])
def test_npgradient_takes_what_is_predicted(samples: int, even: bool) -> None:
    memory = measure_memory(samples, even)

    seen = np.isfinite(memory.measured_numpy)
    assert memory.measured == seen.sum() >= 2
    measured, predicted = memory.measured_numpy[seen], memory.numpy[seen]
    assert (measured <= 1.05 * predicted + 4 * OVERHEAD).all()
    # What is worked on has no edges, which of a few samples each way is a part that counts.
    assert (measured >= (1.0 - 2.0 / samples) * predicted).all()


@pytest.mark.parametrize("samples", [5, 13, 25])
def test_slabs_take_no_more_than_is_predicted(samples: int) -> None:
    memory = measure_memory(samples, even=True)

    seen = np.isfinite(memory.measured_field)
    assert (memory.measured_field[seen] <= 1.05 * memory.field[seen] + 2 * OVERHEAD).all()


def test_measurement_is_the_same_each_time_but_for_a_few_of_pythons_small_objects() -> None:
    one, other = measure_memory(9, even=True), measure_memory(9, even=True)

    np.testing.assert_allclose(one.measured_numpy, other.measured_numpy, atol=200.0)
    np.testing.assert_allclose(one.measured_field, other.measured_field, atol=200.0)


def test_nothing_is_measured_that_takes_more_than_a_page_should_give() -> None:
    for samples in (3, 13, 61):
        memory = measure_memory(samples, even=True)
        assert np.nanmax(memory.measured_numpy) <= MOST * 1.05
        assert np.isnan(memory.measured_numpy[memory.numpy > MOST]).all()


def test_first_that_has_no_room_is_named() -> None:
    assert measure_memory(13, even=True).first_too_large == 7
    assert measure_memory(3, even=True).first_too_large is None
    assert len(measure_memory(3, even=True).samples) == len(DIMENSIONS)


def test_peak_counts_what_work_has_at_once_and_not_what_it_had() -> None:
    def twice() -> None:
        for _ in range(3):
            np.zeros(100_000)

    assert peak(twice) == pytest.approx(800_000, rel=0.01)
