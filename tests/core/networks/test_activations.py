from __future__ import annotations

from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from scipy import special  # type: ignore[import-untyped]

from fallline.networks.activations import ACTIVATIONS, Activation, as_activation
from fallline.networks.error_function import erfc

Z = np.linspace(-4.0, 4.0, 41)

EXACT: dict[str, Any] = {
    "tanh": mpmath.tanh,
    "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
    "sine": mpmath.sin,
    "relu": lambda z: max(z, mpmath.mpf(0)),
    "leaky_relu": lambda z: z if z > 0 else mpmath.mpf(0.01) * z,
    "linear": lambda z: z,
    "gelu": lambda z: z * mpmath.ncdf(z),
}

each = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=lambda activation: activation.name)


def exact_change(name: str, s: float) -> Any:
    with mpmath.workdps(50):
        phi = EXACT[name]
        return np.array([float(phi(mpmath.mpf(z) + mpmath.mpf(s)) - phi(mpmath.mpf(z))) for z in Z])


@each
@pytest.mark.parametrize("s", [1e-8, -1e-5, 0.3])
def test_change_keeps_its_digits(activation: Activation, s: float) -> None:
    reference = exact_change(activation.name, s)

    change = activation.shift(Z, activation.value(Z), np.array([s]))

    # A difference of two values would keep 1e-16/|s| of them only.
    accuracy = 1e-14 if activation.change else 1e-15 / abs(s)
    np.testing.assert_allclose(
        np.broadcast_to(change, Z.shape), reference, rtol=1e-13, atol=accuracy * abs(s)
    )


@each
def test_difference_across_is_that_of_two_changes(activation: Activation) -> None:
    reference = exact_change(activation.name, 1e-6) - exact_change(activation.name, -1e-6)

    across = activation.across(Z, activation.value(Z), 1e-6)

    np.testing.assert_allclose(np.broadcast_to(across, Z.shape), reference, rtol=0.0, atol=1e-15)


@each
def test_shift_by_nothing_changes_nothing(activation: Activation) -> None:
    change = activation.shift(Z, activation.value(Z), np.zeros(1))

    np.testing.assert_allclose(change, 0.0, atol=1e-290)


def test_error_function_agrees_with_scipy() -> None:
    x = np.linspace(-6.0, 6.0, 2001)

    np.testing.assert_allclose(erfc(x), special.erfc(x), rtol=2e-14)


def test_error_function_is_continued_to_complex_numbers() -> None:
    x = np.linspace(-3.0, 3.0, 61)

    slope = erfc(x + 1e-30j).imag / 1e-30

    np.testing.assert_allclose(slope, -2.0 / np.sqrt(np.pi) * np.exp(-x * x), rtol=1e-12)


def test_activation_is_taken_as_it_is() -> None:
    own = Activation("own", np.tanh)

    assert as_activation(own) is own
