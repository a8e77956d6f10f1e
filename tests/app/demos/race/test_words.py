from __future__ import annotations

import numpy as np
import pytest

import fallline as fl
from fallline_app.demos.race.lap import COLUMNS, Columns, Lap
from fallline_app.demos.race.looking import METHODS
from fallline_app.demos.race.words import Terms, describe_losses, describe_tracks, summarize

BOWL = fl.bowl()


def terms(steps: int, target: float = 1e-6, method: str = "central") -> Terms:
    return Terms(steps, target, METHODS[method])


def lap(name: str, *losses: float, note: str = "") -> Lap:
    """Make a lap of these losses with four evaluations for each slope."""
    counted = 4.0 * np.arange(1.0, len(losses) + 1.0, dtype=np.float64)
    blank = Columns(*[np.zeros(len(losses))] * len(COLUMNS))
    return Lap(name, blank._replace(loss=np.array(losses), evaluations=counted), note)


def test_first_to_arrive_is_named_with_the_evaluations_that_brought_it_there() -> None:
    laps = [lap("Late", 1.0, 0.5, 1e-7), lap("Early", 1.0, 1e-6, 0.0)]

    assert summarize(laps, BOWL, terms(2)) == (
        "Early is the first within 10⁻⁶ of the minimum: after 1 steps and 4 evaluations."
    )


def test_who_starts_at_the_minimum_has_evaluated_nothing() -> None:
    assert "after 0 steps and 0 evaluations" in summarize([lap("Lucky", 0.0, 0.0)], BOWL, terms(1))


def test_nearest_is_named_where_nobody_arrives() -> None:
    laps = [lap("Far", 1.0, 0.5), lap("Near", 1.0, 0.25), lap("Gone", 1.0, 1e13, note="gone")]

    assert summarize(laps, BOWL, terms(1)).endswith(
        "nobody is within 10⁻⁶ of the minimum; Near is nearest, 0.25 above."
    )


def test_rates_are_to_be_lowered_where_every_loss_left_all_bounds() -> None:
    assert summarize([lap("Gone", 1.0, 1e13, note="gone")], BOWL, terms(1)).endswith("lower the rates.")


SADDLES = [
    ([lap("A", 1.0, -2.0), lap("B", 1.0, -30.0)], "after 1 steps B has fallen furthest, to −30."),
    ([lap("A", 1.0, -2.0), lap("B", 1.0, 1e13, note="gone")], "after 1 steps A has fallen furthest, to −2."),
    (
        [lap("A", 1.0, 0.0, -2e12, note="gone"), lap("B", 1.0, -1e13, note="gone")],
        "B is the first to fall below −1e12, after 1 steps.",
    ),
]


@pytest.mark.parametrize(("laps", "said"), SADDLES)
def test_without_a_bottom_who_fell_furthest_is_named(laps: list[Lap], said: str) -> None:
    assert summarize(laps, fl.saddle, terms(1)) == f"This surface has no bottom: {said}"


def test_on_a_saddle_rates_are_to_be_lowered_where_everyone_went_up() -> None:
    assert summarize([lap("A", 1.0, 1e13, note="gone")], fl.saddle, terms(1)).endswith("lower the rates.")


def test_pictures_are_described_in_a_sentence_each() -> None:
    laps = [lap("Adam", 1.0, -0.5)]

    assert describe_tracks(laps, BOWL) == "Contour map of Bowl with the tracks from (0, 0): Adam to (0, 0)."
    assert describe_losses(laps).endswith("the losses end with Adam at −0.5 after 1 steps.")
    assert describe_tracks([], BOWL) == "Contour map of Bowl, without a track."
    assert describe_losses([]).endswith("without a line.")


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("forward", "0 evaluations. Slopes by forward differences."),
        ("exact", "Slopes by the exact formula, which evaluates nothing."),
    ],
)
def test_method_is_named_where_it_is_not_the_usual_one(method: str, said: str) -> None:
    assert summarize([lap("A", 0.0, 0.0)], BOWL, terms(1, method=method)).endswith(said)


def test_arrival_is_judged_by_the_target() -> None:
    laps = [lap("A", 1.0, 0.004, 0.0)]

    assert "within 0.01 of the minimum: after 1 steps" in summarize(laps, BOWL, terms(2, target=1e-2))
    assert "within 2·10⁻⁵ of the minimum: after 2 steps" in summarize(laps, BOWL, terms(2, target=2e-5))
