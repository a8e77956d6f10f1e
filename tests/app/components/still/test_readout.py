from __future__ import annotations

import numpy as np
import pytest

from fallline_app.components.models import Tape, Track
from fallline_app.components.still.readout import fixed, readout

# As `numbers.js` writes them.
WRITTEN = [
    (0.0, ("0", "")),
    (-2.805118, ("−2", ".805")),
    (3.0, ("3", ".000")),
    (1234.0, ("1234", "")),
    (12345.0, ("1", ".23e4")),
    (9999.96, ("1", ".00e4")),
    (0.0012345678, ("0", ".001235")),
    (6.7054e-21, ("6", ".71e−21")),
    (-1e12, ("−1", ".00e12")),
    (np.nan, ("–", "")),
    (np.inf, ("∞", "")),
    (-np.inf, ("−∞", "")),
]


@pytest.mark.parametrize(("value", "parts"), WRITTEN)
def test_number_is_cut_before_its_decimal_point(value: float, parts: tuple[str, str]) -> None:
    assert fixed(value) == parts


def test_table_has_the_last_step_of_each_track_that_takes_part() -> None:
    tracks = [
        Track(label="A", series="adam", last=1, note="fell", active=True),
        Track(label="B", series="momentum", last=2, active=False),
    ]
    frames = np.array([[[0.0, 1.0, np.nan], [5.0, 2.5, np.nan]], [[0.0, 1.0, 2.0], [5.0, 4.0, 3.0]]])
    tape = Tape(
        tracks=tracks, columns=["step", "loss"], readout=[("loss", "f", "fixed"), ("step", "steps", "whole")]
    )
    tape.frames = frames

    table = readout(tape)

    assert table["last"] == 1
    assert table["headings"] == [["fixed", "f"], ["whole", "steps"]]
    (row,) = table["rows"]
    assert (row["label"], row["note"]) == ("A", "fell")
    assert row["cells"] == [["fixed", "2", ".500"], ["whole", "1", ""]]
