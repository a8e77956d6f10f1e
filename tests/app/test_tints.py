from __future__ import annotations

import numpy as np
import pytest

from fallline_app.tints import SHADES, tinted


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
