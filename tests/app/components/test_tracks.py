from __future__ import annotations

from bokeh.models import HoverTool

from fallline_app.components.plots import new_plot
from fallline_app.components.tracks import CUES, Tooltip, draw_labels, draw_tracks, new_track


def test_no_two_lines_look_alike_without_colour() -> None:
    assert len(set(CUES.values())) == len(CUES)


def test_track_carries_its_dashes() -> None:
    assert new_track("RMSProp", "rmsprop", ["x"]).dash == CUES["rmsprop"].dash


def test_tooltip_prints_each_of_its_columns() -> None:
    assert Tooltip("x, y", ("x", "y"), "%.4f").text() == "@x{%.4f}, @y{%.4f}"


def test_lines_and_heads_are_tagged_with_the_colour_of_their_series() -> None:
    plot = new_plot("x", "y")

    draw_tracks(plot, [new_track(series, series, ["x", "y"]) for series in CUES], "x", "y", [])

    lines, heads = plot.renderers[len(CUES) : 2 * len(CUES)], plot.renderers[2 * len(CUES) :]
    assert [drawn.glyph.tags for drawn in lines] == [[f"line_color={series}"] for series in CUES]
    assert all(f"fill_color={series}" in drawn.glyph.tags for series, drawn in zip(CUES, heads, strict=True))


def test_no_line_is_cut_by_the_casing_of_another() -> None:
    plot = new_plot("x", "y")

    draw_tracks(plot, [new_track(series, series, ["x", "y"]) for series in CUES], "x", "y", [])

    tags = [drawn.glyph.tags for drawn in plot.renderers]
    casings = [index for index, tag in enumerate(tags) if tag == ["line_color=casing"]]
    lowest = [index for index, drawn in enumerate(plot.renderers) if getattr(drawn.glyph, "casing", False)]
    assert casings == lowest == list(range(len(CUES)))


def test_tracks_can_be_read_out_by_hovering() -> None:
    plot = new_plot("x", "y")
    tracks = [new_track(label, series, ["x", "y"]) for label, series in (("A", "adam"), ("M", "momentum"))]

    draw_tracks(plot, tracks, "x", "y", [Tooltip("x, y", ("x", "y"), "%.4f")])

    (hover,) = plot.select({"type": HoverTool})
    asked = [(drawn.name, drawn.data_source) for drawn in hover.renderers]
    assert asked == [("A", tracks[0].path), ("M", tracks[1].path)]
    assert ("x, y", "@x{%.4f}, @y{%.4f}") in hover.tooltips


def test_labels_say_which_columns_they_follow() -> None:
    plot = new_plot("step", "height", y_scale="log")

    labels = draw_labels(plot, "step", "height")

    assert (labels.plot, labels.x, labels.y) == (plot, "step", "height")
    assert plot.renderers[0].data_source is labels.source
