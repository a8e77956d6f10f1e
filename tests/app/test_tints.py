from __future__ import annotations

import numpy as np
import pytest

from fallline_app.tints import SHADES, signed, tinted


@pytest.mark.parametrize(
    ("shares", "kind", "shade"),
    [
        ([1.0, 0.0], 0, SHADES - 1),
        ([0.0, 1.0], 1, SHADES - 1),
        ([0.5, 0.5], 0, 0),
        ([0.25, 0.75], 1, round(0.5 * (SHADES - 1))),
        ([0.0, 0.0, 1.0], 2, SHADES - 1),
        ([0.2, 0.6, 0.2], 1, round(0.4 * (SHADES - 1))),
    ],
)
def test_byte_says_which_class_leads_and_by_how_much(shares: list[float], kind: int, shade: int) -> None:
    (byte,) = tinted(np.array([shares]))

    assert (byte // SHADES, byte % SHADES) == (kind, shade)


@pytest.mark.parametrize(
    ("number", "kind", "shade"),
    [
        (-2.0, 0, SHADES - 1),
        (2.0, 1, SHADES - 1),
        (0.0, 0, 0),
        (1.0, 1, 16),
        (-9.0, 0, SHADES - 1),
        (np.nan, 0, 0),
    ],
)
def test_byte_says_on_which_side_of_0_a_number_is_and_how_far(number: float, kind: int, shade: int) -> None:
    (byte,) = signed(np.array([number]), 2.0)

    assert (byte // SHADES, byte % SHADES) == (kind, shade)
