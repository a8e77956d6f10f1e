from itertools import count, islice
from typing import Any

import numpy as np
import pytest

import fallline as fl


@pytest.mark.parametrize("optimizer", [fl.Adam(), fl.LBFGS()], ids=repr)
def test_run_holds_every_number_of_every_frame(optimizer: Any) -> None:
    def descent() -> Any:
        ticks = count(10.0, 0.5)
        return fl.descend(
            fl.himmelblau, (1.0, 1.0), optimizer, stop=[fl.stopping.Budget(200)], clock=lambda: next(ticks)
        )

    run, frames = fl.record(descent()), list(descent())

    assert len(run) == len(frames)
    for name in ("x", "value", "slope", "evaluations", "rate", "gradients", "samples", "epoch", "seconds"):
        column = getattr(run, name)
        np.testing.assert_array_equal(
            column, np.array([getattr(frame, name) for frame in frames]), strict=False
        )
        assert column.dtype in (np.float64, np.int64)
    assert run.stopped == frames[-1].stopped


def test_time_is_told_only_when_asked() -> None:
    ticks = iter([100.0, 101.0, 103.0])
    timed = fl.descend(fl.himmelblau, (1.0, 1.0), fl.Adam(), clock=lambda: next(ticks))

    assert [frame.seconds for frame in islice(timed, 2)] == [1.0, 3.0]
    assert np.isnan(next(fl.descend(fl.himmelblau, (1.0, 1.0), fl.Adam())).seconds)


def test_run_is_compact() -> None:
    run = fl.record(islice(fl.descend(fl.himmelblau, (1.0, 1.0), fl.Adam()), 100))

    arrays = [column for column in vars(run).values() if isinstance(column, np.ndarray)]
    assert sum(column.nbytes for column in arrays) == 100 * 8 * (2 * 2 + 7)


def test_run_without_a_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one frame"):
        fl.record([])
