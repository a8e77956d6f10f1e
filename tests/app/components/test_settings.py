from __future__ import annotations

import param
import pytest

from fallline_app.components import models
from fallline_app.components.settings import ChoiceSetting, bound, group, number_setting


class Walk(param.Parameterized):  # type: ignore[misc]
    """An owner of settings of every kind."""

    step_size = param.Number(default=0.5, bounds=(0.0, 2.0), doc="How far to walk.")
    count = param.Integer(default=3, bounds=(1, 9), doc="How often.")
    ground = param.Selector(default="rock", objects=["rock", "sand"], doc="Where.")
    on = param.Boolean(default=True, doc="Whether.")


def test_number_setting_is_what_its_parameter_says() -> None:
    model = number_setting(Walk(), "step_size", unit="m", context="Walk").get_root()

    assert isinstance(model, models.NumberSetting)
    assert (model.title, model.value, model.default) == ("step size", 0.5, 0.5)
    assert (model.start, model.end, model.scale, model.whole) == (0.0, 2.0, "linear", False)
    assert (model.unit, model.context, model.help_text) == ("m", "Walk", "How far to walk.")


def test_integer_takes_whole_numbers_only() -> None:
    assert number_setting(Walk(), "count").get_root().whole is True


def test_setting_and_parameter_follow_each_other() -> None:
    walk = Walk()
    widget = number_setting(walk, "step_size")
    model = widget.get_root()

    widget.value = 1.5
    after_setting = walk.step_size
    walk.step_size = 0.25

    assert after_setting == 1.5
    assert widget.value == 0.25
    assert model.value == 0.25


def test_setting_follows_the_range_and_the_default_of_its_parameter() -> None:
    walk = Walk()
    model = number_setting(walk, "step_size").get_root()

    walk.param["step_size"].bounds = (-4.0, 4.0)
    walk.param["step_size"].default = -1.0
    # A parameter tells nobody of a new default until it is set.
    walk.step_size = -2.0

    assert (model.start, model.end, model.default, model.value) == (-4.0, 4.0, -1.0, -2.0)


def test_choice_offers_what_may_be_chosen() -> None:
    walk = Walk()
    widget = bound(ChoiceSetting, walk, "ground", options=[("rock", "Rock"), ("sand", "Sand")])
    model = widget.get_root()

    widget.value = "sand"

    assert walk.ground == "sand"
    assert model.options == [("rock", "Rock"), ("sand", "Sand")]
    assert model.title == "ground"


def test_setting_that_is_not_shown_is_invisible_until_it_is() -> None:
    widget = number_setting(Walk(), "step_size", shown=False)
    model = widget.get_root()
    before = model.visible

    widget.shown = True

    assert (before, model.visible) == (False, True)


def test_group_holds_its_settings_in_order() -> None:
    walk = Walk()

    model = group(
        "How", [number_setting(walk, name) for name in ("count", "step_size")], fold="narrow"
    ).get_root()

    assert [child.title for child in model.children] == ["count", "step size"]
    assert (model.title, model.active, model.fold) == ("How", None, "narrow")


def test_switch_of_a_group_is_its_parameter() -> None:
    walk = Walk()
    switched = group("How", [], switch=(walk, "on"))
    model = switched.get_root()

    switched.value = False

    assert walk.on is False
    assert model.active is False


def test_value_out_of_bounds_is_refused() -> None:
    widget = number_setting(Walk(), "step_size")

    with pytest.raises(ValueError, match="step_size"):
        widget.value = 3.0
