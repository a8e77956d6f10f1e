from __future__ import annotations

import pytest

from fallline_app.curve_point import CurvePoint
from fallline_app.curves import BY_TEXT, OWN, OWN_DOMAIN, OWN_START
from fallline_app.demos.step_size.model import StepSize


@pytest.mark.parametrize("kind", [CurvePoint, StepSize])
@pytest.mark.parametrize("text", ["x**3 - 3*x", "np.exp(x)"])
def test_curve_brings_its_range_and_its_point(kind: type[CurvePoint], text: str) -> None:
    model = kind()
    model.curve = "abs(x)"
    model.x = 1.5

    model.curve = text

    curve = BY_TEXT[text]
    assert model.chosen is curve
    assert (model.x, model.param.x.default, model.param.x.bounds) == (curve.start, curve.start, curve.domain)


@pytest.mark.parametrize("kind", [CurvePoint, StepSize])
def test_curve_that_is_chosen_at_first_has_its_own_range(kind: type[CurvePoint]) -> None:
    model = kind()

    assert (model.x, model.param.x.bounds) == (model.chosen.start, model.chosen.domain)


def test_curve_of_ones_own_brings_its_range_too() -> None:
    model = CurvePoint()

    model.own, model.curve = "x * x", OWN

    assert model.chosen.text == "x * x"
    assert (model.x, model.param.x.bounds) == (OWN_START, OWN_DOMAIN)
