from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import linregress  # type: ignore[import-untyped]

from fallline_app.demos.cost.fitting import SPAN, Fit, fit

SIZES = 100.0 * 2.0 ** np.arange(8.0)


def test_exponent_and_its_error_are_scipys() -> None:
    values = 3e-6 * SIZES**1.9 * np.exp(np.random.default_rng(0).normal(0.0, 0.1, SIZES.size))
    upper = SIZES[-1] / SPAN <= SIZES

    ours, theirs = fit(SIZES, values), linregress(np.log(SIZES[upper]), np.log(values[upper]))

    assert upper.sum() == 5
    np.testing.assert_allclose(
        [ours.exponent, ours.error, ours.level], [theirs.slope, theirs.stderr, theirs.intercept]
    )


def test_power_without_noise_is_found_with_no_error() -> None:
    line = fit(SIZES, 5.0 * SIZES**2)

    assert line.exponent == pytest.approx(2.0)
    assert line.error == pytest.approx(0.0, abs=1e-12)
    assert line.value(10.0) == pytest.approx(500.0)
    assert line.parameters(500.0) == pytest.approx(10.0)


def test_line_is_of_the_upper_sizes_that_have_a_value() -> None:
    values = SIZES**1.0
    values[-2:] = np.nan
    values[:1] = 1e9

    line = fit(SIZES, values)

    assert line.exponent == pytest.approx(1.0)
    assert (line.start, line.end) == (SIZES[1], SIZES[5])


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_of_too_few_sizes_no_line_is_drawn(seen: int) -> None:
    values = np.where(np.arange(SIZES.size) < seen, SIZES, np.nan)

    *line, points = fit(SIZES, values)
    assert np.isnan(line).all()
    assert points == seen


def test_line_that_does_not_rise_reaches_no_budget() -> None:
    assert Fit(-0.1, 0.0, 0.0, 1.0, 2.0).parameters(1e6) == np.inf
