from __future__ import annotations

import numpy as np

from fallline_app.components.paths import NONE, WHOLE, draw_paths, encoded
from fallline_app.components.plots import new_plot
from fallline_app.components.tracks import new_track

X, Y = (-30.0, 45.0), (-1.0, 30.0)


def decoded(paths: np.ndarray) -> np.ndarray:
    low, high = np.array([X[0], Y[0]]), np.array([X[1], Y[1]])
    shares = np.where(paths == NONE, np.nan, paths / WHOLE)
    back: np.ndarray = low[None, :, None] + shares * (high - low)[None, :, None]
    return back


def test_paths_come_back_to_half_a_millimetre_or_so() -> None:
    paths = np.random.default_rng(1).uniform([[X[0]], [Y[0]]], [[X[1]], [Y[1]]], (7, 2, 20))

    back = decoded(encoded(paths, X, Y))

    assert np.abs(back - paths)[:, 0].max() <= 0.5 * 75.0 / WHOLE + 1e-12
    assert np.abs(back - paths)[:, 1].max() <= 0.5 * 31.0 / WHOLE + 1e-12


def test_what_is_past_the_end_stays_away_and_what_is_beyond_the_range_is_at_its_end() -> None:
    paths = np.array([[[0.0, 100.0, np.nan], [0.0, -5.0, np.nan]]])

    back = encoded(paths, X, Y)

    assert back.dtype == np.uint16
    assert (back[0, :, 2] == NONE).all()
    assert back[0, 0, 1] == WHOLE
    assert back[0, 1, 1] == 0


def test_each_track_has_a_path_in_its_own_colour_and_dash() -> None:
    plot = new_plot("distance", "height")
    tracks = [new_track("SPSA", "spsa", ("path",)), new_track("step h", "central", ("path",))]

    paths = draw_paths(plot, tracks, "path")

    assert [source.data for source in paths.sources] == [{"x": [], "y": []}] * 2
    lines = [renderer for renderer in plot.renderers if renderer.name]
    assert [line.glyph.tags for line in lines] == [["line_color=spsa"], ["line_color=central"]]
    assert [line.name for line in lines] == ["SPSA", "step h"]
