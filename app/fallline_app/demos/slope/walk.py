"""The tutorial's walk from 2.0 to 1.6 and on, as its snippet has it, and by the two routes that work."""

from __future__ import annotations

from typing import NamedTuple

AS_WRITTEN = """
import numpy as np

def loss_function(param):
    return param**2

param = 2.0
learning_rate = 0.1
gradient = np.gradient(loss_function(param))
print("gradient:", gradient)
param = param - learning_rate * gradient
print("param:", param)
"""
BY_SAMPLES = """
import numpy as np

samples = np.linspace(-3, 3, 61)
slopes = np.gradient(samples**2, samples)

param, learning_rate = 2.0, 0.1
for step in range(1, 6):
    slope = np.interp(param, samples, slopes)
    start = param
    param = param - learning_rate * slope
    print(f"{start:.5f} - 0.1 * {slope:.5f} =",
          f"{param:.5f}")
"""
BY_DIFFERENCE = """
import fallline as fl

def loss_function(param):
    return param**2

param, learning_rate = 2.0, 0.1
for step in range(1, 6):
    slope = fl.gradient(loss_function, param)
    start = param
    param = param - learning_rate * slope
    print(f"{start:.5f} - 0.1 * {slope:.5f} =",
          f"{param:.5f}")
"""


class Route(NamedTuple):
    """A piece of Python, what it is, and what its output shows."""

    title: str
    code: str
    note: str


ROUTES = (
    Route(
        "As it is often written: it fails",
        AS_WRITTEN,
        "np.gradient differentiates samples, one slope for each. A single number holds no samples along any axis, so "
        "there is no slope to return but an empty tuple; 0.1 times a tuple is an error.",
    ),
    Route(
        "Route 1: np.gradient of samples",
        BY_SAMPLES,
        "Sample the loss on a grid, let np.gradient differentiate the samples, and read the slope off between them.",
    ),
    Route(
        "Route 2: a difference at the point",
        BY_DIFFERENCE,
        "Look at the loss a little before and a little after the point: a central difference, which needs no grid.",
    ),
)
