from __future__ import annotations

import numpy as np

from fallline_app.demos.batches.law import DRAWS, noise_law
from fallline_app.demos.batches.model import Batches


def test_batches_that_are_drawn_are_as_noisy_as_the_formula_says() -> None:
    model = Batches()
    model.n = "200"

    law = model.law()

    said = np.interp(law.tried, law.sizes, law.exact)
    # Four standard errors of a deviation of so many draws.
    np.testing.assert_allclose(law.measured, said, rtol=4.0 / np.sqrt(2.0 * DRAWS) + 0.01)


def test_measured_noise_falls_by_the_root_of_the_size() -> None:
    model = Batches()
    model.n = "200"
    law = model.law()

    few = law.tried <= 16
    slope, _ = np.polyfit(np.log(law.tried[few]), np.log(law.measured[few]), 1)
    assert abs(slope + 0.5) < 0.05


def test_law_is_that_of_the_first_size_and_ends_with_nothing() -> None:
    law = Batches().law()

    assert law.sizes[0] == 1.0
    assert law.sizes[-1] == 50.0
    assert law.exact[-1] == 0.0
    np.testing.assert_allclose(law.exact / law.simple, np.sqrt((50.0 - law.sizes) / 49.0))


def test_place_without_noise_has_none() -> None:
    model = Batches()
    model.noise = 0.0

    law = noise_law(model.problem, (2.0, 1.0), 0)

    assert law.exact.max() < 1e-12
    assert law.measured.max() < 1e-12
