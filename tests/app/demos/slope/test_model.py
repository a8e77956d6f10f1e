from __future__ import annotations

import numpy as np
import pytest
from tests.running import printed_by

from fallline_app.curves import CURVES, Curve
from fallline_app.demos.slope.code import script
from fallline_app.demos.slope.model import COLUMNS, HALVINGS, STEPS, Sight, Slope


def look(curve: str = "np.sin(x)", x: float = 1.0) -> Sight:
    slope = Slope()
    slope.curve = curve
    slope.x = x
    return slope.look()


def column(sight: Sight, scheme: int, name: str) -> np.ndarray:
    values: np.ndarray = sight.frames()[scheme, COLUMNS.index(name)]
    return values


def test_forward_error_halves_with_the_step_and_central_error_quarters() -> None:
    sight = look()

    forward, central = (column(sight, scheme, "error")[5:10] for scheme in (0, 2))
    np.testing.assert_allclose(forward[:-1] / forward[1:], 2.0, rtol=0.05)
    np.testing.assert_allclose(central[:-1] / central[1:], 4.0, rtol=0.01)


def test_smaller_steps_end_in_the_wrong_digits_and_then_in_none() -> None:
    sight = look()

    errors = column(sight, 2, "error")
    last = sight.secants[2].last
    assert np.nanmin(errors) < 1e-11
    assert errors[last] > 1e-3
    assert last < HALVINGS or not sight.secants[2].note


@pytest.mark.parametrize("x", [1.0, 2.0, 3.9])
def test_tracks_end_where_the_step_moves_nothing(x: float) -> None:
    forward = look(x=x).secants[0]

    assert x + STEPS[forward.last] != x
    assert forward.last == HALVINGS or x + STEPS[forward.last + 1] == x


def test_kink_has_three_slopes_and_no_derivative() -> None:
    sight = look("abs(x)", 0.0)

    assert [secants.columns.slope[-1] for secants in sight.secants] == [1.0, -1.0, 0.0]
    assert np.isnan(sight.derivative)
    assert "kink" in sight.summary


def test_secant_goes_through_the_points_it_looks_at() -> None:
    sight = look()

    for scheme in range(3):
        left, right, y_left, y_right = (
            column(sight, scheme, name)[3] for name in ("x_left", "x_right", "y_left", "y_right")
        )
        for side in ("before", "after"):
            x, y = (column(sight, scheme, f"{axis}_{side}")[3] for axis in "xy")
            assert y == pytest.approx(y_left + (y_right - y_left) * (x - left) / (right - left))
            assert y == pytest.approx(np.sin(x))


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.text)
def test_script_prints_the_slopes_of_the_page(curve: Curve) -> None:
    sight = look(curve.text, curve.start)

    said = printed_by(script(sight.curve, sight.x, HALVINGS))

    numbers = [[float(number) for number in line.split(":")[1].split()] for line in said.splitlines()]
    np.testing.assert_array_equal(
        np.transpose(numbers), [column(sight, scheme, "slope") for scheme in range(3)]
    )


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.text)
def test_derivatives_of_the_curves_are_right(curve: Curve) -> None:
    x = np.linspace(*curve.domain, 23)
    x = x[x != 0.0]
    by_hand = [curve.derivative(float(point)) for point in x]

    h = 1e-6
    np.testing.assert_allclose(by_hand, (curve.function(x + h) - curve.function(x - h)) / (2 * h), atol=1e-5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3", "The slope is 0"),
        ("np.log(x)", "it is not finite there"),
        ("1 / x", "it is not finite there"),
        ("np.sqrt(x)", "has no slope at 0 that could be told"),
        ("abs(x)", "has no slope at 0, where it has a kink"),
    ],
)
def test_own_function_without_a_slope_at_the_point_is_said_to_have_none(text: str, said: str) -> None:
    slope = Slope()
    slope.own, slope.curve, slope.x = text, "own", 0.0

    assert said in slope.look().summary


def test_slope_of_a_constant_is_nothing_at_every_step() -> None:
    slope = Slope()
    slope.own, slope.curve = "3", "own"

    slopes = column(slope.look(), 2, "slope")
    assert (slopes[np.isfinite(slopes)] == 0.0).all()
