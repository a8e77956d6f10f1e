from __future__ import annotations

import param
import pytest

import fallline as fl
from fallline_app.components.settings import NumberSetting, group, number_setting


class Owner(param.Parameterized):  # type: ignore[misc]
    """Something with a setting."""

    rate = param.Number(default=0.1, bounds=(0.01, 1.0), doc="How far to walk.")
    walks = param.Boolean(default=True, doc="Whether it walks.")


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
