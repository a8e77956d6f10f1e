import inspect
from dataclasses import fields
from typing import Any

import pytest

import fallline as fl
from fallline import optimizers

OPTIMIZERS = [
    kind
    for _, kind in inspect.getmembers(optimizers, inspect.isclass)
    if hasattr(kind, "step") and kind is not fl.Optimizer
]
each_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda kind: kind.__name__)
each_setting = pytest.mark.parametrize(
    ("optimizer", "setting"),
    [(kind, setting) for kind in OPTIMIZERS for setting in fl.settings(kind)],
    ids=lambda value: getattr(value, "name", getattr(value, "__name__", None)),
)


@each_optimizer
def test_every_field_describes_itself(optimizer: Any) -> None:
    described = [setting.name for setting in fl.settings(optimizer)]

    assert described == [field.name for field in fields(optimizer)]
    assert described[0] == "rate"


@each_optimizer
def test_defaults_are_the_ones_described(optimizer: Any) -> None:
    made = optimizer()

    assert {s.name: s.default for s in fl.settings(made)} == vars(made)


@each_setting
def test_range_is_worth_a_slider(optimizer: Any, setting: fl.Setting) -> None:
    assert setting.low <= setting.default <= setting.high
    assert setting.low < setting.high
    assert setting.scale != "log" or setting.low > 0.0
    assert setting.scale != "complement" or setting.high < 1.0
    assert setting.help[0].isupper()
    assert setting.help.endswith(".")


@each_setting
def test_fractions_near_one_are_told_apart_by_what_is_missing_to_one(
    optimizer: Any, setting: fl.Setting
) -> None:
    assert (setting.scale == "complement") == (setting.valid.text == "at least 0 and below 1")


@each_setting
def test_both_ends_of_the_range_are_accepted(optimizer: Any, setting: fl.Setting) -> None:
    for value in (setting.low, setting.high):
        made = optimizer(**{setting.name: value})

        assert getattr(made, setting.name) == value


@each_setting
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), -0.1])
def test_value_without_sense_is_refused_by_name(optimizer: Any, setting: fl.Setting, value: float) -> None:
    with pytest.raises(ValueError, match=rf"{setting.name} must be .*, got {value}; its default is"):
        optimizer(**{setting.name: value})


@each_setting
@pytest.mark.parametrize("value", ["0.1", None, True, 1j])
def test_value_that_is_no_number_is_refused_by_name(optimizer: Any, setting: fl.Setting, value: Any) -> None:
    with pytest.raises(TypeError, match=f"{setting.name} must be a number, got"):
        optimizer(**{setting.name: value})


@pytest.mark.parametrize(
    ("optimizer", "settings"),
    [
        (fl.GradientDescent, {"rate": 0.0}),
        (fl.Momentum, {"momentum": 1.0}),
        (fl.Nesterov, {"momentum": 1.0}),
        (fl.RMSProp, {"alpha": 1.0}),
        (fl.Adam, {"beta1": 1.0}),
        (fl.Adam, {"beta2": 1.0}),
    ],
)
def test_edge_that_makes_no_sense_is_refused(optimizer: Any, settings: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        optimizer(**settings)


def test_value_outside_the_slider_is_allowed_where_it_makes_sense() -> None:
    assert fl.GradientDescent(rate=50).rate == 50
