"""The ways to find a slope, by value or by name."""

from typing import Any, TypeAlias

from fallline.differences.complex_step import ComplexStep, complex_step
from fallline.differences.schemes import SCHEMES, Scheme

Method: TypeAlias = Scheme | ComplexStep

METHODS: tuple[Method, ...] = (*SCHEMES, complex_step)


def as_method(method: Any, also: tuple[str, ...] = ()) -> Method:
    """Take a scheme as it is, or find the one of a name.

    Parameters
    ----------
    method
        A scheme, or the name of one.
    also
        Names that are known to the caller alone, for the message.

    Raises
    ------
    ValueError
        If it is neither; the message lists the names.

    Examples
    --------
    >>> as_method("forward")
    forward difference: order 1, 1 evaluation a coordinate, 1 shared
    """
    if isinstance(method, Scheme | ComplexStep):
        return method
    for known in METHODS:
        if known.name == method:
            return known
    names = ", ".join([*(known.name for known in METHODS), *also])
    raise ValueError(f"method must be a scheme or one of {names}, got {method!r}")
