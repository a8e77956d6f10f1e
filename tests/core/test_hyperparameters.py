from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import pytest

import fallline as fl
from fallline.hyperparameters import AT_LEAST_ONE, check_settings, choice, switch, whole

WRAPPERS = {fl.WeightDecay, fl.ClipNorm, fl.ClipValue}
KINDS = [getattr(fl, name) for name in fl.__all__ if isinstance(getattr(fl, name), type)]
OPTIMIZERS = [
    kind
    for kind in KINDS
    if callable(getattr(kind, "step", None))
    and hasattr(kind, "__dataclass_fields__")
    and kind not in {fl.Frame, fl.Scheduled}
]
OTHERS = [
    *(
        kind
        for kind in vars(fl.schedules).values()
        if getattr(kind, "__module__", "") == fl.schedules.__name__
    ),
    *(kind for kind in vars(fl.stopping).values() if getattr(kind, "__module__", "") == fl.stopping.__name__),
    fl.MiniBatch,
]
OTHERS = [kind for kind in OTHERS if hasattr(kind, "__dataclass_fields__")]


def make(kind: Any, **settings: Any) -> Any:
    return kind(fl.Adam(), **settings) if kind in WRAPPERS else kind(**settings)


each_optimizer = pytest.mark.parametrize(
    "optimizer", [kind for kind in OPTIMIZERS if kind not in WRAPPERS], ids=lambda kind: kind.__name__
)
ROWS = [(partial(make, kind), setting) for kind in [*OPTIMIZERS, *OTHERS] for setting in fl.settings(kind)]


def each(*kinds: str) -> pytest.MarkDecorator:
    rows = [(kind, setting) for kind, setting in ROWS if setting.kind in kinds]
    return pytest.mark.parametrize(
        ("optimizer", "setting"), rows, ids=[f"{kind.args[0].__name__}-{known.name}" for kind, known in rows]
    )


each_setting = each("number", "whole", "switch", "choice")
each_number = each("number")
each_whole = each("whole")


@each_optimizer
def test_every_field_describes_itself(optimizer: Any) -> None:
    described = [setting.name for setting in fl.settings(optimizer)]

    assert described == [field.name for field in fields(optimizer)]
    assert described[0] == "rate"


def test_settings_that_are_no_optimizers_describe_themselves_too() -> None:
    assert len(OTHERS) >= 13
    for kind in OTHERS:
        nested = {"then"}

        assert {one.name for one in fl.settings(kind)} == {one.name for one in fields(kind)} - nested


@each_optimizer
def test_defaults_are_the_ones_described(optimizer: Any) -> None:
    made = optimizer()

    assert {s.name: s.default for s in fl.settings(made)} == vars(made)


@each("number", "whole")
def test_range_is_worth_a_slider(optimizer: Any, setting: fl.Setting) -> None:
    assert setting.low <= setting.default <= setting.high
    assert setting.low < setting.high
    assert setting.scale != "log" or setting.low > 0.0
    assert setting.scale != "complement" or setting.high < 1.0


@each_setting
def test_help_is_a_sentence(optimizer: Any, setting: fl.Setting) -> None:
    assert setting.help[0].isupper()
    assert setting.help.endswith(".")


@each("choice")
def test_default_is_one_of_the_options_and_all_are_accepted(optimizer: Any, setting: fl.Setting) -> None:
    assert setting.default in setting.options
    for option in setting.options:
        assert getattr(optimizer(**{setting.name: option}), setting.name) == option


@each_number
def test_decays_near_one_are_told_apart_by_what_is_missing_to_one(
    optimizer: Any, setting: fl.Setting
) -> None:
    assert setting.scale != "complement" or setting.valid.text == "at least 0 and below 1"
    assert setting.scale == "complement" or not setting.help.endswith("survives each step.")


@each("number", "whole")
def test_both_ends_of_the_range_are_accepted(optimizer: Any, setting: fl.Setting) -> None:
    for value in (setting.low, setting.high):
        made = optimizer(**{setting.name: value})

        assert getattr(made, setting.name) == value


@each_number
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_value_without_sense_is_refused_by_name(optimizer: Any, setting: fl.Setting, value: float) -> None:
    with pytest.raises(ValueError, match=rf"{setting.name} must be .*, got {value}; its default is"):
        optimizer(**{setting.name: value})


@each_whole
def test_whole_number_without_sense_is_refused_by_name(optimizer: Any, setting: fl.Setting) -> None:
    with pytest.raises(ValueError, match=f"{setting.name} must be .*, got -1; its default is"):
        optimizer(**{setting.name: -1})


@each_whole
@pytest.mark.parametrize("value", ["1", None, True, 1.0, 1j])
def test_value_that_is_no_whole_number_is_refused_by_name(
    optimizer: Any, setting: fl.Setting, value: Any
) -> None:
    with pytest.raises(TypeError, match=f"{setting.name} must be a whole number, got"):
        optimizer(**{setting.name: value})


@each("switch")
@pytest.mark.parametrize("value", ["on", None, 1, 0.0])
def test_value_that_is_no_switch_is_refused_by_name(optimizer: Any, setting: fl.Setting, value: Any) -> None:
    with pytest.raises(TypeError, match=f"{setting.name} must be True or False, got"):
        optimizer(**{setting.name: value})


@each("choice")
def test_value_that_is_no_option_is_refused_by_name(optimizer: Any, setting: fl.Setting) -> None:
    with pytest.raises(ValueError, match=f"{setting.name} must be one of .*, got 'none of them'"):
        optimizer(**{setting.name: "none of them"})
    with pytest.raises(TypeError, match=f"{setting.name} must be a string, got 1"):
        optimizer(**{setting.name: 1})


@each_number
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
        (fl.Adam, {"epsilon": -0.1}),
        (fl.Rprop, {"eta_minus": 1.0}),
        (fl.Rprop, {"step_min": 1.0, "step_max": 0.5}),
        (fl.LBFGS, {"c1": 0.5, "c2": 0.4}),
        (fl.BFGS, {"c1": 0.5, "c2": 0.5}),
        (fl.Newton, {"c1": 0.5, "c2": 0.4}),
        (fl.ConjugateGradient, {"c1": 0.2}),
    ],
)
def test_edge_that_makes_no_sense_is_refused(optimizer: Any, settings: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        optimizer(**settings)


def test_value_outside_the_slider_is_allowed_where_it_makes_sense() -> None:
    assert fl.GradientDescent(rate=50).rate == 50


@dataclass(frozen=True)
class Oven:
    """Settings of every kind but plain numbers."""

    minutes: int = whole(20, low=1, high=90, valid=AT_LEAST_ONE, unit="min", help="How long.")
    fan: bool = switch(False, help="Whether it blows.")
    heat: str = choice("both", ("top", "bottom", "both"), help="Where from.")

    def __post_init__(self) -> None:
        check_settings(self)


def test_interface_can_be_built_from_what_settings_say() -> None:
    known = {setting.name: setting for setting in fl.settings(Oven)}

    assert [setting.kind for setting in known.values()] == ["whole", "switch", "choice"]
    assert (known["minutes"].low, known["minutes"].high, known["minutes"].unit) == (1, 90, "min")
    assert known["heat"].options == ("top", "bottom", "both")
    assert Oven(5, True, "top") == Oven(minutes=5, fan=True, heat="top")
