"""Settings that describe themselves: range, default, unit and meaning stand with the field, once.

An optimizer is a frozen dataclass; its fields are declared by `setting` (a number), `whole` (a whole number), `switch`
(on or off) and `choice` (one of a few), checked by `check_settings` when one is made, and read by `settings` wherever
someone needs them: an interface for its sliders, documentation for its tables.
"""

import math
from dataclasses import dataclass, field, fields
from numbers import Integral, Real
from typing import Any, Literal

Kind = Literal["number", "whole", "switch", "choice"]
Scale = Literal["linear", "log", "complement"]
Value = float | bool | str


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
FINITE = Interval(-math.inf, math.inf, with_low=False, text="finite")
AT_LEAST_ONE = Interval(1.0, math.inf, with_low=True, text="at least 1 and finite")
ANYTHING = Interval(-math.inf, math.inf, with_low=True, text="anything")


@dataclass(frozen=True)
class Setting:
    """What is known of one field of an optimizer, a schedule, or whatever else has settings.

    Parameters
    ----------
    name
        The field's name.
    default
        Its value where none is given.
    low, high
        The range worth exploring; values outside it are still allowed where `valid` holds them. 0 and 1 for what is no
        number.
    scale
        How that range is best divided: "linear"; "log", for equal factors; or "complement", for equal factors of what
        is missing to 1, as suits a decay: from 0.9 to 0.99 is as far as from 0.99 to 0.999.
    unit
        What it is measured in; empty for a pure number.
    help
        What it does, in one sentence.
    valid
        The numbers that make sense.
    kind
        "number"; "whole" for a whole number; "switch" for True or False; "choice" for one of `options`.
    options
        What a choice chooses from.

    Examples
    --------
    >>> from fallline import Adam
    >>> rate, *_ = settings(Adam)
    >>> rate.name, rate.default, rate.scale, rate.help
    ('rate', 0.001, 'log', 'Length of a step on a steady slope.')
    """

    name: str
    default: Any
    low: float
    high: float
    scale: Scale
    unit: str
    help: str
    valid: Interval
    kind: Kind = "number"
    options: tuple[str, ...] = ()


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
    """Declare a field of a frozen dataclass that holds a number, with all that is known of it: see `Setting`."""
    known = {"low": low, "high": high, "scale": scale, "unit": unit, "help": help, "valid": valid}
    declared: float = _declare(default, known)
    return declared


def whole(
    default: int,
    *,
    low: int,
    high: int,
    valid: Interval,
    help: str,
    scale: Scale = "linear",
    unit: str = "",
) -> int:
    """Declare a field that holds a whole number: see `Setting`."""
    known = {"low": low, "high": high, "scale": scale, "unit": unit, "help": help, "valid": valid}
    declared: int = _declare(default, {**known, "kind": "whole"})
    return declared


def switch(default: bool, *, help: str) -> bool:
    """Declare a field that is on or off: see `Setting`."""
    declared: bool = _declare(default, {**_NO_NUMBER, "help": help, "kind": "switch"})
    return declared


def choice(default: str, options: tuple[str, ...], *, help: str) -> Any:
    """Declare a field that is one of a few words: see `Setting`."""
    return _declare(default, {**_NO_NUMBER, "help": help, "kind": "choice", "options": options})


_NO_NUMBER = {"low": 0.0, "high": 1.0, "scale": "linear", "unit": "", "valid": ANYTHING}


def _declare(default: Value, known: dict[str, Any]) -> Any:
    # To a type checker a declared default is a value of the field's type, as with `dataclasses.field`.
    return field(default=default, metadata={"default": default, **known})


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
        If a setting is not of its kind.
    ValueError
        If a setting lies outside its valid interval, or is none of its options.
    """
    for known in settings(optimizer):
        value = getattr(optimizer, known.name)
        if not _is_of_kind(value, known.kind):
            raise TypeError(
                f"{known.name} must be {_ARTICLE[known.kind]}, got {value!r}; its default is {known.default!r}"
            )
        if known.kind == "choice" and value not in known.options:
            options = ", ".join(known.options)
            raise ValueError(f"{known.name} must be one of {options}, got {value!r}")
        if known.kind in ("number", "whole") and value not in known.valid:
            raise ValueError(
                f"{known.name} must be {known.valid.text}, got {value}; its default is {known.default}"
            )


_ARTICLE = {
    "number": "a number",
    "whole": "a whole number",
    "switch": "True or False",
    "choice": "a string",
}


def _is_of_kind(value: Any, kind: Kind) -> bool:
    if kind == "switch":
        return isinstance(value, bool)
    if kind == "choice":
        return isinstance(value, str)
    # NumPy's scalars are such numbers too.
    return isinstance(value, Integral if kind == "whole" else Real) and not isinstance(value, bool)
