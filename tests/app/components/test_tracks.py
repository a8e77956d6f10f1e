from __future__ import annotations

from fallline_app.components.tracks import CUES, Tooltip, new_track


def test_no_two_lines_look_alike_without_colour() -> None:
    assert len(set(CUES.values())) == len(CUES)


def test_track_carries_its_dashes() -> None:
    assert new_track("RMSProp", "rmsprop", ["x"]).dash == CUES["rmsprop"].dash


def test_tooltip_prints_each_of_its_columns() -> None:
    assert Tooltip("x, y", ("x", "y"), "%.4f").text() == "@x{%.4f}, @y{%.4f}"
