from __future__ import annotations

import numpy as np
import pytest
from tests.running import printed_by

from fallline_app.demos.step_size.code import script
from fallline_app.demos.step_size.model import ENTRIES, PER_DECADE, STEPS, Comparison, Errors, StepSize


def compare(**settings: object) -> Comparison:
    model = StepSize()
    model.param.update(**settings)
    return model.compare()


def errors(comparison: Comparison, title: str) -> Errors:
    (found,) = (errors for errors in comparison.errors if errors is not None and errors.title == title)
    return found


# Order of accuracy p: the best step of a difference of order p is near ε^(1/(p + 1)).
@pytest.mark.parametrize(("title", "order"), [("forward", 1), ("central", 2), ("central, order 4", 4)])
def test_best_step_lies_where_truncation_meets_roundoff(title: str, order: int) -> None:
    found = errors(compare(curve="np.exp(x)", x=1.0), title)

    best = found.columns.h[found.best]
    assert abs(np.log10(best) - np.log10(2.2e-16 ** (1 / (order + 1)))) < 1.5


@pytest.mark.parametrize(
    ("title", "order"), [("forward", 1), ("central", 2), ("central, order 4", 4), ("central, order 6", 6)]
)
def test_error_of_a_large_step_falls_as_its_order_says(title: str, order: int) -> None:
    found = errors(compare(curve="np.exp(x)", x=1.0), title)

    tenfold = found.columns.error[2] / found.columns.error[2 + PER_DECADE // 2]
    assert np.log10(tenfold) * 2.0 == pytest.approx(order, abs=0.2)


def test_roundoff_grows_as_the_step_shrinks_but_not_for_the_complex_step() -> None:
    comparison = compare(curve="np.exp(x)", x=1.0)

    small = STEPS < 1e-11
    assert np.nanmedian(errors(comparison, "central").columns.error[small]) > 1e-6
    assert np.nanmax(errors(comparison, "complex step").columns.error[small]) < 1e-15


def test_law_follows_the_central_difference() -> None:
    comparison = compare(curve="np.exp(x)", x=1.0)
    central = errors(comparison, "central").columns.error

    coarse = (STEPS > 1e-4) & (STEPS < 1e-1)
    np.testing.assert_allclose(comparison.law.truncation[coarse], central[coarse], rtol=0.02)
    fine = STEPS < 1e-7
    assert 0.01 < np.median(central[fine] / comparison.law.roundoff[fine]) < 3.0


def test_single_precision_is_useless_where_double_is_best() -> None:
    found = errors(compare(curve="np.sin(x)", x=1.0, precision="float32"), "central")

    assert found.columns.h[found.best] > 1e-3
    assert found.columns.error[np.argmin(np.abs(STEPS - 6e-6))] > 1e-3


def test_noise_moves_the_best_step_up_and_the_automatic_one_with_it() -> None:
    quiet, noisy = compare(curve="np.sin(x)"), compare(curve="np.sin(x)", noisy=True, noise=1e-5)

    assert errors(noisy, "central").columns.h[errors(noisy, "central").best] > 1e-3
    assert noisy.automatic.steps[0] > quiet.automatic.steps[0]
    assert abs(noisy.automatic.value[0] - noisy.derivative) <= noisy.automatic.error[0]


def test_same_seed_gives_the_same_noise() -> None:
    first, second, other = (compare(noisy=True, seed=seed).frames() for seed in (3, 3, 4))

    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, other, equal_nan=True)


@pytest.mark.parametrize("settings", [{}, {"noisy": True}, {"precision": "float32", "curve": "np.sin(x)"}])
def test_script_prints_the_slopes_of_the_page(settings: dict[str, object]) -> None:
    model = StepSize()
    model.param.update(**settings)
    model.takers[2].runs = False

    said = printed_by(script(model, STEPS.size, PER_DECADE))

    printed = [float(line.split(":")[1]) for line in said.splitlines() if line.startswith("h = ")]
    slopes = [errors.columns.slope for errors in model.compare().errors if errors is not None]
    np.testing.assert_array_equal(np.reshape(printed, (len(ENTRIES) - 1, -1)), slopes)


@pytest.mark.parametrize("text", ["abs(x)", "1 / x", "np.sqrt(x)"])
def test_where_there_is_no_slope_nothing_is_off_by_anything(text: str) -> None:
    model = StepSize()
    model.own = text
    model.curve = "own"
    model.x = 0.0

    comparison = model.compare()

    assert all(errors is not None and errors.best is None for errors in comparison.errors)
    assert "has no slope at 0 that could be told" in comparison.summary


def test_function_that_takes_no_complex_numbers_has_no_complex_step() -> None:
    comparison = compare(own="np.heaviside(x, 0.5) + x", curve="own")

    assert np.isnan(errors(comparison, "complex step").columns.slope).all()
    assert "takes no complex numbers" in errors(comparison, "complex step").note
    assert errors(comparison, "central").best is not None
