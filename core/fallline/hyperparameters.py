"""Settings that describe themselves: range, default, unit and meaning stand with the field, once.

An optimizer is a frozen dataclass; its fields are declared by `setting`, checked by `check_settings` when one is made,
and read by `settings` wherever someone needs them: an interface for its sliders, documentation for its tables.
"""

import math
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Scale = Literal["linear", "log", "complement"]


@dataclass(frozen=True)
class Interval:
    """The values that make mathematical sense, wider than the range worth a slider.

    Examples
    --------
    >>> 1.0 in FRACTION
    False
    >>> FRACTION
    Interval(low=0.0, high=1.0, with_low=True, text='at least 0 and below 1')
    """

    low: float
    high: float
    with_low: bool
    text: str

    def __contains__(self, value: float) -> bool:
        return (self.low < value or (self.with_low and value == self.low)) and value < self.high


POSITIVE = Interval(0.0, math.inf, with_low=False, text="positive and finite")
NOT_NEGATIVE = Interval(0.0, math.inf, with_low=True, text="at least 0 and finite")
FRACTION = Interval(0.0, 1.0, with_low=True, text="at least 0 and below 1")


@dataclass(frozen=True)
class Setting:
    """What is known of one field of an optimizer.

    Parameters
    ----------
    name
        The field's name.
    default
        Its value where none is given.
    low, high
        The range worth exploring; values outside it are still allowed where `valid` holds them.
    scale
        How that range is best divided: "linear"; "log", for equal factors; or "complement", for equal factors of what
        is missing to 1, as suits a decay: from 0.9 to 0.99 is as far as from 0.99 to 0.999.
    unit
        What it is measured in; empty for a pure number.
    help
        What it does, in one sentence.
    valid
        The values that make sense.
    """

    name: str
    default: float
    low: float
    high: float
    scale: Scale
    unit: str
    help: str
    valid: Interval


def setting(
    default: float,
    *,
    low: float,
    high: float,
    valid: Interval,
    help: str,
    scale: Scale = "linear",
    unit: str = "",
) -> float:
    """Declare a field of a frozen dataclass, with all that is known of it: see `Setting`."""
    known = {
        "default": default,
        "low": low,
        "high": high,
        "scale": scale,
        "unit": unit,
        "help": help,
        "valid": valid,
    }
    # To a type checker a declared default is a value of the field's type, as with `dataclasses.field`.
    declared: float = field(default=default, metadata=known)
    return declared


def settings(optimizer: Any) -> tuple[Setting, ...]:
    """Read the settings of an optimizer, or of its class.

    Parameters
    ----------
    optimizer
        A dataclass whose fields are declared by `setting`, or an instance of one.

    Raises
    ------
    TypeError
        If it is no dataclass.

    Examples
    --------
    >>> from fallline import Momentum
    >>> [setting.name for setting in settings(Momentum)]
    ['rate', 'momentum']
    """
    return tuple(
        Setting(name=declared.name, **declared.metadata)
        for declared in fields(optimizer)
        if "valid" in declared.metadata
    )


def check_settings(optimizer: Any) -> None:
    """Refuse an optimizer with a setting that makes no sense; meant as a dataclass's `__post_init__`.

    Raises
    ------
    TypeError
        If a setting is no number.
    ValueError
        If a setting lies outside its valid interval.
    """
    for known in settings(optimizer):
        value = getattr(optimizer, known.name)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(f"{known.name} must be a number, got {value!r}; its default is {known.default}")
        if value not in known.valid:
            raise ValueError(
                f"{known.name} must be {known.valid.text}, got {value}; its default is {known.default}"
            )
