from __future__ import annotations

import pytest
from bokeh.document import Document
from panel.io.state import set_curdoc

from fallline_app.components.ground import ground_settings
from fallline_app.ground import Ground, set_anew


@pytest.mark.parametrize(
    ("surface", "asked"),
    [("Himmelblau", []), ("Bowl", ["condition"]), ("own", ["own", "reach"]), ("Saddle", [])],
)
def test_setting_is_asked_for_where_the_surface_has_it(surface: str, asked: list[str]) -> None:
    ground = Ground()
    with set_curdoc(Document()):
        _, *others = ground_settings(ground)

        ground.surface = surface

    assert [setting.key for setting in others if setting.shown] == asked


def test_surface_brings_its_start_unless_one_was_set_by_hand() -> None:
    ground = Ground()
    ground.suit_start(ground.objective(), keep=False)
    brought = ground.start

    ground.start_x = 1.5
    ground.suit_start(ground.objective(), keep=True)

    assert brought == ground.objective().start
    assert ground.start == (1.5, brought[1])


def test_start_outside_the_new_surface_is_not_kept() -> None:
    ground = Ground()
    ground.suit_start(ground.objective(), keep=False)
    ground.start_x = 5.0

    ground.surface = "Saddle"
    ground.suit_start(ground.objective(), keep=True)

    assert ground.start_x == ground.objective().start[0]


def test_value_set_anew_is_the_default_to_go_back_to() -> None:
    ground = Ground()

    set_anew(ground, "condition", 40.0, keep=False)

    assert (ground.condition, ground.param.condition.default) == (40.0, 40.0)
    assert Ground().condition == 25.0
