from __future__ import annotations

import numpy as np
import pytest

from fallline_app.curves import BY_TEXT, OWN, choose, own_curve


def test_own_curve_has_a_slope_although_nobody_wrote_it_down() -> None:
    assert own_curve("np.sin(x)").derivative(1.0) == pytest.approx(np.cos(1.0), abs=1e-10)


def test_constant_can_be_drawn() -> None:
    x, y = own_curve("3").sample()

    assert y.shape == x.shape
    assert set(y) == {3.0}


def test_pole_does_not_flatten_the_rest() -> None:
    low, high = own_curve("1/x**4").range()

    assert high < 1e6
    assert low >= 0.0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("foo(x)", "NameError: name 'foo' is not defined"),
        ("x.nothing", "AttributeError"),
        ("np.log(-1 - x**2)", "nowhere finite"),
        ("x + 1j", "complex128"),
        ("x > 0", "bool"),
        ("'text'", "real number"),
        ("[x, x]", "real number"),
        ("np.zeros(3)", "shape"),
        ("x if x > 0 else -x", "ambiguous.*np.where"),
        ("np.arange(401)", "real number for each x"),
        ("x if np.ndim(x) else 'one'", "real number for each x"),
        ("np.add(x, 1, out=x)", "read-only"),
        ("(_ for _ in ()).throw(KeyboardInterrupt)", "KeyboardInterrupt"),
        ("1/0", "ZeroDivisionError"),
        ("np.zeros(10**15)", "MemoryError|allocate"),
        ("lambda: x", "real number"),
        ("None", "real number"),
        ("(yield)", "no Python expression"),
        ("exit()", "NameError|SystemExit|real number"),
    ],
)
def test_what_gives_no_curve_is_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        own_curve(text)


def test_choice_names_a_curve_or_the_visitors_own() -> None:
    assert choose("np.sin(x)", "") is BY_TEXT["np.sin(x)"]
    assert choose(OWN, "x + 1").text == "x + 1"
