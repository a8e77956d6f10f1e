"""Rates that suit a surface nobody knows follow from its curvature at the start, and from the size of its map."""

import pytest

import fallline as fl
from fallline_app.rates import HIGHEST, LOWEST, TABLE, rates_of
from fallline_app.surfaces import OBJECTIVES, own_surface

SQUARE = ((-6.0, 6.0), (-6.0, 6.0))


def test_every_surface_has_its_rates() -> None:
    assert TABLE.keys() == OBJECTIVES.keys()
    assert rates_of(fl.himmelblau) == TABLE["Himmelblau"]


def test_rates_are_shares_of_the_inverse_of_the_curvature_rounded_down() -> None:
    rates = rates_of(own_surface("1.5 * x**2 + 0.5 * y**2", SQUARE).objective)

    # L = 3: 0.5/L is 0.17, 0.1/L is 0.033.
    assert rates[:3] == pytest.approx((0.1, 0.03, 0.03))
    # Half of the map's side is 6: a twelfth, a 120th, a thirtieth.
    assert rates[3:] == pytest.approx((0.5, 0.05, 0.2))


def test_map_that_is_not_square_counts_by_its_shorter_side() -> None:
    wide = own_surface("1.5 * x**2 + 0.5 * y**2", ((-60.0, 60.0), (-6.0, 6.0)))

    assert rates_of(wide.objective)[3:] == pytest.approx((0.5, 0.05, 0.2))


@pytest.mark.parametrize(
    ("code", "rates"),
    [
        ("1e9 * x**2 + y**2", (LOWEST, LOWEST, LOWEST)),
        ("x + y", (HIGHEST, HIGHEST, HIGHEST)),
        # No number at the start, so nothing is known of the curvature: as if it were 1.
        ("np.sqrt(x + 3)", (0.5, 0.1, 0.1)),
    ],
)
def test_rates_stay_within_their_sliders(code: str, rates: tuple[float, ...]) -> None:
    assert rates_of(own_surface(code, SQUARE).objective)[:3] == rates
