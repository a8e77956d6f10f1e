"""Activations: what a unit makes of the weighted sum that it receives.

Each knows its value. Most know their slope too, which backpropagation needs, and their *change*, φ(z + s) − φ(z), which
finite differences of networks are made of. A change can always be had by subtracting two values that are almost the
same, and then most digits cancel. Where an addition theorem gives it directly, nothing cancels and the step can be so
small that truncation vanishes too. No derivative enters it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from fallline.networks.error_function import erfc
from fallline.networks.products import Array


@dataclass(frozen=True)
class Activation:
    """A function that is applied to each number by itself.

    Parameters
    ----------
    name
        What people call it.
    value
        φ(z), for an array of any shape.
    slope
        φ′, from z and φ(z); without it `method="backprop"` is refused, and every other method works.
    change
        φ(z + s) − φ(z) from z, φ(z) and s without cancellation; without it, two values are subtracted.
    rise
        φ(z + h) − φ(z − h) from z, φ(z) and h, where that is quicker than two changes.
    kink
        Where φ′ jumps: nowhere ("none"), at 0 ("zero"), or nobody has said ("unknown"), and then kinks are looked for.

    Examples
    --------
    A network that learns with an activation of one's own, by finite differences:

    >>> from fallline.networks import Network
    >>> softsign = Activation("softsign", lambda z: z / (1 + abs(z)))
    >>> network = Network([2, 3, 1], activation=softsign)

    and with its slope, by backpropagation as well:

    >>> softsign = Activation("softsign", lambda z: z / (1 + abs(z)), slope=lambda z, a: (1 - abs(a)) ** 2)
    """

    name: str
    value: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array] | None = None
    change: Callable[[Array, Array, Array], Array] | None = None
    rise: Callable[[Array, Array, float], Array] | None = None
    kink: Literal["none", "zero", "unknown"] = "unknown"

    def shift(self, z: Array, a: Array, s: Array) -> Array:
        """φ(z + s) − φ(z), given a = φ(z), with as many digits as can be had; shapes broadcast."""
        if self.change is not None:
            return self.change(z, a, s)
        return self.value(z + s) - a

    def across(self, z: Array, a: Array, h: float) -> Array:
        """φ(z + h) − φ(z − h), given a = φ(z)."""
        if self.rise is not None:
            return self.rise(z, a, h)
        return self.shift(z, a, np.asarray(h)) - self.shift(z, a, np.asarray(-h))


_ALMOST_ZERO = 1e-300


def _tanh_change(z: Array, a: Array, s: Array) -> Array:
    # tanh(z + s) − tanh z = (1 − a²)·T/(1 + aT) with T = tanh s, written as (1 − a²)/(1/T + a): an addition and a division
    # where z and s are long, tanh and 1/T where s alone is. A weight of 0 makes T 0, and almost 0 is divided just as well.
    divisor = 1.0 / (np.tanh(s) + _ALMOST_ZERO) + a
    return np.divide(1.0 - a * a, divisor, out=divisor)


def _tanh_rise(z: Array, a: Array, h: float) -> Array:
    # tanh(z + h) − tanh(z − h) = (1 − a²)·2T/(1 − a²T²) with T = tanh h.
    t = np.tanh(h)
    square = a * a
    rise = 1.0 - square
    rise *= 2.0 * t
    square *= -t * t
    square += 1.0
    rise /= square
    return rise


def _sigmoid(z: Array) -> Array:
    return 0.5 * np.tanh(0.5 * z) + 0.5


def _sigmoid_change(z: Array, a: Array, s: Array) -> Array:
    return 0.5 * _tanh_change(z, 2.0 * a - 1.0, 0.5 * s)


def _sigmoid_rise(z: Array, a: Array, h: float) -> Array:
    return 0.5 * _tanh_rise(z, 2.0 * a - 1.0, 0.5 * h)


def _sine_change(z: Array, a: Array, s: Array) -> Array:
    half = np.sin(0.5 * s)
    return np.cos(z) * np.sin(s) - a * (2.0 * half * half)


def relu_change(z: Array, a: Array, s: Array) -> Array:
    """max(z + s, 0) − max(z, 0): s held between −max(z, 0) and nothing, once what is missing to 0 is paid."""
    change = s + np.minimum(z, 0.0)
    return np.maximum(change, -a, out=change)


def _relu_slope(z: Array, a: Array) -> Array:
    return z > 0.0


LEAK = 0.01


def _leaky(z: Array) -> Array:
    return np.maximum(z, LEAK * z)


def _leaky_change(z: Array, a: Array, s: Array) -> Array:
    return LEAK * s + (1.0 - LEAK) * relu_change(z, np.maximum(z, 0.0), s)


def _leaky_slope(z: Array, a: Array) -> Array:
    return np.where(z > 0.0, 1.0, LEAK)


def _gelu(z: Array) -> Array:
    return 0.5 * z * erfc(-np.sqrt(0.5) * z)


def _gelu_slope(z: Array, a: Array) -> Array:
    bell = np.exp(-0.5 * z * z) / np.sqrt(2.0 * np.pi)
    return 0.5 * erfc(-np.sqrt(0.5) * z) + z * bell


tanh = Activation("tanh", np.tanh, lambda z, a: 1.0 - a * a, _tanh_change, _tanh_rise, "none")
relu = Activation("relu", lambda z: np.maximum(z, 0.0), _relu_slope, relu_change, kink="zero")
leaky_relu = Activation("leaky_relu", _leaky, _leaky_slope, _leaky_change, kink="zero")
sigmoid = Activation("sigmoid", _sigmoid, lambda z, a: a * (1.0 - a), _sigmoid_change, _sigmoid_rise, "none")
gelu = Activation("gelu", _gelu, _gelu_slope, kink="none")
sine = Activation("sine", np.sin, lambda z, a: np.cos(z), _sine_change, kink="none")
linear = Activation("linear", np.copy, lambda z, a: np.ones_like(z), lambda z, a, s: s, kink="none")

ACTIVATIONS = {each.name: each for each in (tanh, relu, leaky_relu, sigmoid, gelu, sine, linear)}


def as_activation(activation: str | Activation | Callable[[Array], Any]) -> Activation:
    """Take an activation, the name of one, or any NumPy function that works number by number.

    Raises
    ------
    ValueError
        If the name is unknown.
    TypeError
        If it is neither a name nor callable.

    Examples
    --------
    >>> as_activation("relu").name
    'relu'
    >>> as_activation(np.arctan).value(np.array([1.0])).round(3)
    array([0.785])
    """
    if isinstance(activation, Activation):
        return activation
    if isinstance(activation, str):
        if activation not in ACTIVATIONS:
            raise ValueError(
                f"activation must be one of {', '.join(ACTIVATIONS)}, or a NumPy function; got {activation!r}"
            )
        return ACTIVATIONS[activation]
    if not callable(activation):
        raise TypeError(f"activation must be a name or a function, got {activation!r}")
    return Activation(getattr(activation, "__name__", "own"), activation)
