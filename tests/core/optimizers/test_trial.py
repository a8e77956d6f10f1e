"""Each guess against functions whose lowest place is known by hand."""

from typing import Any

import numpy as np
import pytest

from fallline.optimizers.trial import Interval, Spot, lowest


def spot(polynomial: Any, length: float) -> Spot:
    return Spot(length, float(polynomial(length)), float(polynomial.deriv()(length)))


def guess(polynomial: Any, best: float, seen: float, limits: tuple[float, float] = (1.1, 5.0)) -> float:
    at = spot(polynomial, best)
    return lowest(Interval(at, at), spot(polynomial, seen), limits)


@pytest.mark.parametrize("seen", [1.0, 3.0, 5.0], ids=["falls on", "turned", "risen"])
def test_lowest_place_of_a_parabola_is_found_at_once(seen: float) -> None:
    parabola = np.polynomial.Polynomial([4.0, -4.0, 1.0])

    assert guess(parabola, 0.0, seen) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("seen", "wanted"),
    [
        # The parabola through the values is lowest at 2/3, nearer to 0 than the cubic's 1: halfway between them.
        (3.0, (1.0 + 2.0 / 3.0) / 2.0),
        # The slopes 1.75 and −2 say 0.8, farther from 1.5 than the cubic's 1.
        (1.5, 0.8),
        # The slopes −0.29 and −2 say 1.8/1.71, farther from 0.9 than the cubic's 1.
        (0.9, 1.8 / 1.71),
    ],
    ids=["risen", "turned", "falls on"],
)
def test_guesses_at_a_cubic_are_chosen_by_the_cases_of_the_paper(seen: float, wanted: float) -> None:
    # Its slope is (α − 1)(α + 2).
    cubic = np.polynomial.Polynomial([0.0, -2.0, 0.5, 1.0 / 3.0])

    assert guess(cubic, 0.0, seen, limits=(0.0, 5.0)) == pytest.approx(wanted)


def test_steeper_and_steeper_is_followed_as_far_as_allowed() -> None:
    assert guess(np.polynomial.Polynomial([0.0, -1.0, -1.0]), 0.0, 1.0, limits=(2.1, 5.0)) == 5.0


def test_line_taken_off_moves_the_lowest_place_as_it_should() -> None:
    parabola = np.polynomial.Polynomial([4.0, -4.0, 1.0])
    at = spot(parabola, 0.0)

    # α² − 4α + α is lowest at 1.5.
    assert lowest(Interval(at, at), spot(parabola, 1.0), (0.0, 5.0), slope=-1.0) == pytest.approx(1.5)


def test_interval_closes_around_the_lowest_place() -> None:
    parabola = np.polynomial.Polynomial([4.0, -4.0, 1.0])
    start = spot(parabola, 0.0)

    risen = Interval(start, start).narrowed(spot(parabola, 5.0))
    turned = risen.narrowed(spot(parabola, 3.0))
    nearer = turned.narrowed(spot(parabola, 2.5))

    assert [one.bracketed for one in (risen, turned, nearer)] == [True] * 3
    assert [one.ends() for one in (risen, turned, nearer)] == [(0.0, 5.0), (0.0, 3.0), (0.0, 2.5)]


@pytest.mark.parametrize("seen", [Spot(0.0, 1.0, -4.0), Spot(1.0, 1.0, 0.0), Spot(5e-324, 1.0, -4.0)])
def test_places_that_tell_nothing_give_a_finite_guess(seen: Spot) -> None:
    start = Spot(0.0, 1.0, -4.0)

    assert np.isfinite(lowest(Interval(start, start), seen, (0.0, 5.0)))
