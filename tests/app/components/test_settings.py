from __future__ import annotations

import param
import pytest

import fallline as fl
from fallline_app.components.settings import ChoiceSetting, NumberSetting, bound, group, number_setting


class Owner(param.Parameterized):  # type: ignore[misc]
    """Something with a setting."""

    rate = param.Number(default=0.1, bounds=(0.01, 1.0), doc="How far to walk.")
    walks = param.Boolean(default=True, doc="Whether it walks.")
    paces = param.Integer(default=3, bounds=(1, 9), doc="How often.")
    ground = param.Selector(default="rock", objects=["rock", "sand"], doc="Where.")


def test_setting_shows_what_is_known_of_its_parameter() -> None:
    made = number_setting(Owner(rate=0.2), "rate", scale="log")

    assert (made.value, made.default, made.start, made.end) == (0.2, 0.1, 0.01, 1.0)
    assert (made.label, made.help_text, made.whole) == ("rate", "How far to walk.", False)


def test_setting_and_parameter_follow_each_other() -> None:
    owner = Owner()
    made = number_setting(owner, "rate")

    made.value = 0.5
    by_setting = owner.rate
    owner.rate = 0.25

    assert (by_setting, made.value) == (0.5, 0.25)


def test_setting_follows_the_bounds_and_the_default_of_its_parameter() -> None:
    owner = Owner(rate=0.1)
    made = number_setting(owner, "rate")

    owner.param.rate.bounds = (2.0, 4.0)
    owner.param.rate.default = 3.0
    owner.rate = 3.0

    assert (made.start, made.end, made.default, made.value) == (2.0, 4.0, 3.0, 3.0)


def test_default_is_followed_even_where_the_value_was_the_same_before() -> None:
    owner = Owner(rate=0.5)
    made = number_setting(owner, "rate")

    owner.param.rate.default = 0.5
    owner.param.update(rate=0.5)

    assert made.default == 0.5


def test_switch_of_a_group_is_its_parameter() -> None:
    owner = Owner()
    made = group("Walker", [], switch=(owner, "walks"), dash="6 3")

    made.value = False

    assert (owner.walks, made.label, made.dash) == (False, "Walker", "6 3")


@pytest.mark.parametrize("optimizer", [fl.Momentum, fl.RMSProp, fl.Adam])
def test_setting_knows_every_scale_of_the_library(optimizer: type) -> None:
    scales = {setting.scale for setting in fl.settings(optimizer)}

    made = [NumberSetting(scale=scale).scale for scale in sorted(scales)]

    assert "complement" in made


def test_model_of_a_setting_follows_it() -> None:
    owner = Owner()
    made = number_setting(owner, "rate", unit="m", context="Walker", shown=False)
    model = made.get_root()
    before = (model.title, model.value, model.unit, model.context, model.visible)

    made.shown = True
    owner.rate = 0.25

    assert before == ("rate", 0.1, "m", "Walker", False)
    assert (model.value, model.visible) == (0.25, True)


def test_integer_takes_whole_numbers_alone() -> None:
    assert number_setting(Owner(), "paces").whole


def test_choice_offers_what_may_be_chosen() -> None:
    owner = Owner()
    made = bound(ChoiceSetting, owner, "ground", options=[("rock", "Rock"), ("sand", "Sand")])

    made.value = "sand"

    assert owner.ground == "sand"
    assert made.get_root().options == [("rock", "Rock"), ("sand", "Sand")]


def test_group_holds_its_settings_in_order() -> None:
    owner = Owner()

    model = group(
        "Walker", [number_setting(owner, name) for name in ("paces", "rate")], fold="narrow"
    ).get_root()

    assert [child.title for child in model.children] == ["paces", "rate"]
    assert (model.title, model.active, model.fold) == ("Walker", None, "narrow")


def test_value_out_of_bounds_is_refused() -> None:
    made = number_setting(Owner(), "rate")

    with pytest.raises(ValueError, match="rate"):
        made.value = 3.0


def test_setting_watches_nothing_that_the_document_does_not_have() -> None:
    made = number_setting(Owner(), "rate")

    watched = {name for watcher in made._internal_callbacks for name in watcher.parameter_names}
    assert {"value", "start", "shown"} <= watched
    assert not {"width", "margin", "visible", "stylesheets"} & watched


def test_group_hears_of_its_switch() -> None:
    made = group("Walk", [], switch=(owner := Owner(), "walks"))

    made._process_events({"active": False})

    assert made._linked_properties == ("active",)
    assert owner.walks is False
