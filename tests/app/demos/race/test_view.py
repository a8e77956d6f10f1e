from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from bokeh.document import Document
from bokeh.models import HoverTool
from panel.io.state import set_curdoc

from fallline_app.components.models import NumberSetting
from fallline_app.demos.race.lap import COLUMNS
from fallline_app.demos.race.model import Race
from fallline_app.demos.race.view import RaceView
from fallline_app.surfaces import OBJECTIVES

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def view() -> Iterator[RaceView]:
    document = Document()
    with set_curdoc(document):
        view = RaceView(Race())
        for root in view.roots.values():
            document.add_root(root)
        yield view


def settings(view: RaceView) -> dict[str, Any]:
    """Each number setting by its title, after the racer it belongs to."""
    return {
        f"{model.context} {model.title}".strip(): model
        for model in view.roots["settings"].references()
        if isinstance(model, NumberSetting)
    }


def record(view: RaceView) -> list[tuple[str, str]]:
    """Note each change of the document from now on: the kind of its model and the name of its property."""
    changes: list[tuple[str, str]] = []
    view.tape.document.on_change(
        lambda event: changes.append((type(event.model).__name__, getattr(event, "attr", "data")))
    )
    return changes


@pytest.mark.parametrize(
    "change",
    [
        lambda race: race.param.update(surface="Rosenbrock"),
        lambda race: race.param.update(surface="Saddle"),
        lambda race: race.param.update(steps=77),
        lambda race: race.param.update(start_x=1.0, start_y=2.0),
        lambda race: race.racers[2].param.update(rate=0.02),
        lambda race: race.racers[0].param.update(runs=False),
        lambda race: race.guests[0].param.update(runs=True),
        lambda race: race.param.update(schedule="cosine"),
        lambda race: race.param.update(gradient="exact"),
    ],
)
def test_any_change_is_answered_by_one_run_of_the_new_settings(view: RaceView, change: Any) -> None:
    changes = record(view)

    change(view.race)

    assert changes.count(("Tape", "frames")) == 1
    np.testing.assert_array_equal(view.tape.frames, view.race.run().frames)


def test_ranges_and_notes_go_before_the_frames_that_they_are_for(view: RaceView) -> None:
    changes = record(view)

    view.race.param.update(surface="Saddle")

    before = changes[: changes.index(("Tape", "frames"))]
    after = changes[changes.index(("Tape", "frames")) + 1 :]
    assert {("Range1d", "start"), ("Range1d", "end"), ("LogAxis", "axis_label")} <= set(before)
    told = {"start", "end", "axis_label", "last", "mark", "note"}
    assert not told & {name for kind, name in after if kind != "Table"}


def test_start_can_be_set_on_the_map_and_by_numbers(view: RaceView) -> None:
    view.start.point = (1.0, 2.0)
    by_map = view.race.start, settings(view)["start x"].value, settings(view)["start y"].value
    settings(view)["start x"].value = 3.0

    assert by_map == ((1.0, 2.0), 1.0, 2.0)
    assert view.race.start == view.start.point == (3.0, 2.0)


def test_marker_of_the_start_stands_in_the_document_and_is_the_pages_from_then_on(view: RaceView) -> None:
    marker = view.start.source
    assert marker.data == {"x": [-5.0], "y": [0.5]}
    changes = record(view)

    view.start.point = (1.0, 2.0)
    view.race.param.update(surface="Bowl")

    assert marker.data == {"x": [-5.0], "y": [0.5]}
    assert ("PointTool", "point") in changes


@pytest.mark.parametrize("surface", ["Bowl", "Himmelblau", "Booth", "Saddle"])
def test_settings_follow_the_surface(view: RaceView, surface: str) -> None:
    view.race.surface = surface

    shown = settings(view)
    for axis, bounds, value in zip("xy", OBJECTIVES[surface].domain, OBJECTIVES[surface].start, strict=True):
        number = shown[f"start {axis}"]
        assert ((number.start, number.end), number.value, number.default) == (bounds, value, value)
    for racer in view.race.racers:
        number = shown[f"{racer.name} rate"]
        assert number.value == number.default == racer.rate


def test_every_setting_begins_at_its_default(view: RaceView) -> None:
    assert {name: model.value for name, model in settings(view).items()} == {
        name: model.default for name, model in settings(view).items()
    }


def test_axis_says_what_heights_are_counted_from(view: RaceView) -> None:
    labels = []
    for surface in ("Himmelblau", "Saddle", "Bowl"):
        view.race.surface = surface
        labels.append(view.curve.yaxis[0].axis_label)

    assert [label.split(",")[0] for label in labels] == [
        "height above the minimum",
        "height above the lowest seen",
        "height above the minimum",
    ]


def test_ranges_stay_sensible_when_everyone_is_switched_off(view: RaceView) -> None:
    for racer in view.race.racers:
        racer.runs = False

    assert 0.0 < view.curve.y_range.start < view.curve.y_range.end
    assert view.tape.summary == "Nobody runs: switch a racer on."


def test_a_plot_has_one_hover_for_all_its_tracks(view: RaceView) -> None:
    for plot in (view.map.plot, view.curve):
        (hover,) = (tool for tool in plot.tools if isinstance(tool, HoverTool))

        assert [path.name for path in hover.renderers] == [racer.title for racer in view.race.racers]
        assert all(heading for heading, _ in hover.tooltips)


def test_places_are_described_as_they_are_shown(view: RaceView) -> None:
    view.race.surface = "Beale"

    described = dict(view.tape.descriptions)
    assert list(described) == ["map", "curve"]
    assert "Beale" in described["map"]


def test_readout_names_columns_of_the_frames(view: RaceView) -> None:
    assert {column for column, _, _ in view.tape.readout} <= set(COLUMNS)
    assert [format for column, _, format in view.tape.readout if column == "evaluations"] == ["whole"]


def test_groups_carry_the_dashes_of_their_tracks(view: RaceView) -> None:
    groups = {
        model.series: model.dash for model in view.roots["settings"].references() if hasattr(model, "dash")
    }

    assert {track.series: track.dash for track in view.tracks}.items() <= groups.items()


def test_change_of_one_racer_leaves_the_others_alone(view: RaceView) -> None:
    before = view.tape.frames.copy()

    view.race.racers[2].param.update(rate=0.002)

    pairs = zip(view.tape.frames, before, strict=True)
    same = [np.array_equal(new, old, equal_nan=True) for new, old in pairs]
    assert same == [index != 2 for index in range(len(view.tracks))]


def test_frames_are_sent_as_a_new_array(view: RaceView) -> None:
    before = view.tape.frames

    view.race.racers[0].param.update(rate=0.002)

    assert not np.shares_memory(view.tape.frames, before)


def test_racer_that_comes_back_runs_from_where_the_others_do(view: RaceView) -> None:
    ours = Race()
    ours.param.update(start_x=2.0, start_y=-1.0)

    view.race.racers[3].runs = False
    view.race.param.update(start_x=2.0, start_y=-1.0)
    view.race.racers[3].runs = True

    np.testing.assert_array_equal(view.tape.frames, ours.run().frames)


def test_surface_that_is_chosen_again_undoes_the_rates(view: RaceView) -> None:
    view.race.racers[0].param.update(rate=0.5)

    view.race.surface = "Bowl"
    view.race.surface = "Himmelblau"

    assert view.race.racers[0].optimizer().rate == Race().racers[0].optimizer().rate
    np.testing.assert_array_equal(view.tape.frames, Race().run().frames)


@pytest.mark.parametrize("kind", ["L-BFGS", "Newton"])
def test_guest_that_becomes_another_is_named_and_run_once(view: RaceView, kind: str) -> None:
    guest = view.race.guests[1]
    guest.param.update(kind="BFGS", runs=True)
    changes = record(view)

    guest.kind = kind

    assert view.tracks[7].label == kind
    assert [paths[7].name for paths in view.paths] == [kind, kind]
    assert changes.count(("Tape", "frames")) == 1


def test_map_shows_basins_instead_of_heights_and_says_so(view: RaceView) -> None:
    view.race.map_shows = "Adam"

    images = [drawn for drawn in view.map.plot.renderers if type(drawn.glyph).__name__ == "Image"]
    assert [drawn.visible for drawn in images] == [False, True]
    assert "where Adam ends" in view.tape.summary
    assert "where Adam ends" in dict(view.tape.descriptions)["map"]

    view.race.map_shows = "height"

    assert [drawn.visible for drawn in images] == [True, False]
    assert "where Adam ends" not in view.tape.summary


def test_table_has_a_row_for_each_who_takes_part(view: RaceView) -> None:
    view.race.racers[0].runs = False
    view.race.guests[1].runs = True

    names = [cells[0] for _, _, cells in view.standings.rows]
    assert names == [racer.title for racer in view.race.racers if racer.runs]


def test_target_is_judged_anew_without_a_run(view: RaceView) -> None:
    before = [cells[1] for _, _, cells in view.standings.rows]

    view.race.target = 1.0

    after = [cells[1] for _, _, cells in view.standings.rows]
    assert "within 1 of the minimum" in view.tape.summary
    assert [int(late) > int(early) for late, early in zip(before, after, strict=True)] == [True] * 6


def test_arrows_are_drawn_where_they_are_asked_for(view: RaceView) -> None:
    assert [strokes.visible for strokes in view.strokes] == [False] * 3

    view.race.arrows = True

    assert [strokes.visible for strokes in view.strokes] == [True] * 3
    columns = {name for arrows in view.tape.arrows for name in (arrows.x, arrows.y, arrows.u, arrows.v)}
    assert columns <= set(COLUMNS)


def test_surface_from_aside_has_the_heights_of_the_map(view: RaceView) -> None:
    view.race.surface = "Booth"

    (tint, _) = (drawn for drawn in view.map.plot.renderers if type(drawn.glyph).__name__ == "Image")
    np.testing.assert_array_equal(view.relief.heights, tint.data_source.data["image"][0][::5, ::5])
    assert view.relief.domain == [(-10.0, 10.0), (-10.0, 10.0)]
    assert view.relief.levels == sorted(view.relief.levels)
