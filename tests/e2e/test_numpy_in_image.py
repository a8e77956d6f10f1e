"""NumPy that was put back from the image computes what NumPy from its archives computes, to the last bit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.e2e.laboratory import Laboratory

if TYPE_CHECKING:
    from tests.e2e.visitor import Visitor

ALL_CALLS = "import json; from tests.e2e import numpy_calls; json.dumps(numpy_calls.answers())"
ENOUGH = 4_000
RESTORES = 200
ONE_RESTORE = """
import json, random
import numpy as np
a = np.sin(np.arange(1.0, 10.0)).reshape(3, 3)
exact = [np.linalg.inv(a).tobytes().hex(), float(np.random.default_rng(7).normal()), np.fft.fft(a[0]).tobytes().hex()]
chance = [random.random(), float(np.random.random()), float(np.random.default_rng().random()), hash("text")]
json.dumps({"exact": exact, "chance": chance})
"""


@pytest.fixture
def laboratory(visitor: Visitor) -> Laboratory:
    return Laboratory(visitor.page, visitor.site)


@pytest.mark.slow
def test_thousands_of_calls_give_the_same_bits(laboratory: Laboratory) -> None:
    restored, started = (
        json.loads(laboratory.run(way, ALL_CALLS, "numpy_calls", "numpy_draws"))
        for way in ("image", "archives")
    )

    answered = {name for name, answer in started.items() if ":" not in answer}
    assert len(answered) >= ENOUGH
    assert {name for name in started if restored[name] != started[name]} == set()
    assert restored.keys() == started.keys()


@pytest.mark.slow
def test_hundreds_of_restores_give_the_same_numbers_and_never_the_same_chance(laboratory: Laboratory) -> None:
    restores = [json.loads(laboratory.run("image", ONE_RESTORE)) for _ in range(RESTORES)]

    first = restores[0]["exact"]
    assert all(restore["exact"] == first for restore in restores)
    *chances, hashes = zip(*(restore["chance"] for restore in restores), strict=True)
    assert [len(set(chance)) for chance in chances] == [RESTORES] * 3
    # The seed of hashes is the image's own, so that sets keep their order.
    assert len(set(hashes)) == 1
