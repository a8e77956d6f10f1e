from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import fallline as fl
from fallline_app.surfaces import OBJECTIVES, OPTIONS, OWN, TOO_SLOW, is_unknown, own_surface, surface

DOMAIN = ((-2.0, 2.0), (-1.0, 1.0))


def made(code: str) -> Any:
    """Run the Python of a surface."""
    names: dict[str, Any] = {"fl": fl, "np": np}
    exec(code, names)  # noqa: S102
    return names["objective"]


def test_every_plane_objective_of_the_library_can_be_chosen() -> None:
    plane = {objective.name for objective in fl.objectives.ALL if len(objective.start) == 2}

    assert set(OBJECTIVES) == plane - set(TOO_SLOW)
    assert [value for value, _ in OPTIONS] == [*OBJECTIVES, OWN]


@pytest.mark.parametrize("name", OBJECTIVES)
def test_python_of_a_surface_makes_the_surface(name: str) -> None:
    there = np.array([[0.3, -1.2], [0.7, 0.1]])

    chosen = surface(name, 25.0)

    np.testing.assert_array_equal(made(chosen.code)(there), chosen.objective(there))
    assert "objectives.himmelblau" not in chosen.code


def test_python_of_the_visitors_function_makes_the_same_function() -> None:
    there = np.array([[0.3, -1.2], [0.7, 0.1]])

    chosen = own_surface(" np.sin(x) * y ", DOMAIN)

    again = made(chosen.code)
    np.testing.assert_array_equal(again(there), chosen.objective(there))
    assert again.vectorized
    assert is_unknown(chosen.objective)


def test_start_of_the_visitors_function_is_on_its_map() -> None:
    assert own_surface("x + y", ((0.0, 8.0), (-1.0, 1.0))).objective.start == (1.0, 0.4)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "type a function of x and y, such as"),
        ("x +", "no Python expression"),
        ("z", "NameError: name 'z'"),
        ("max(x, y)", "ValueError: .* ambiguous.*np.maximum"),
        ("3", "one real number for each x and y, got int64 of shape"),
        ("x + 1j * y", "got complex128"),
        ("x * np.nan", "nowhere finite"),
        ("0 * x", "flat"),
        ("1 / 0 + x", "ZeroDivisionError"),
        ("exit()", "SystemExit|NameError"),
    ],
)
def test_what_cannot_be_descended_is_refused_by_reason(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        own_surface(text, DOMAIN)


def test_function_with_holes_warns_nobody() -> None:
    values = own_surface("np.log(x) + y", DOMAIN).objective(np.array([[-1.0, 0.0, 1.0], [0.0, 0.0, 0.5]]))

    np.testing.assert_array_equal(values, [np.nan, -np.inf, 0.5])
