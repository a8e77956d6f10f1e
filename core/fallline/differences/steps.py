"""The best fixed step of each coordinate, when nothing is known of a function but where it is evaluated.

A difference has two errors: truncation, (h/a)ᵖ where f varies over the length a, and roundoff, ε·(b/h)ᵈ for the
d-th derivative where the values of f change by their own size over the length b. From x alone nobody can say which
lengths those are; they lie somewhere between 1 and |x|. So each coordinate gets the step that is best in the
worst case, truncation over the shorter of the two and roundoff over the longer:

    h^(p+d) = ε · max(1, |x|)ᵈ · min(1, |x|)ᵖ

which is the well-known ε^(1/2) for one-sided and ε^(1/3) for central differences where |x| is 1. A coordinate
below 2⁻²⁷ counts as 0, which tells of no length but 1; above 2²⁷ the step grows in proportion to it. ε is that of
float64: a function that computes in float32 needs `step=1e-2` or so, or `method="automatic"`.
"""

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector

# ε = 2⁻⁵²; the exponents that `frexp` gives; how many powers of two from 1 the two lengths may lie apart.
_BITS = 52
_SMALLEST_EXPONENT, _LARGEST_EXPONENT = -1073, 1024
_REACH = 27


def step_table(order: int, derivative: int = 1) -> Vector:
    """Tabulate the best steps, powers of two, by the binary exponent of a coordinate: see the module's text."""
    # A table, because it is quicker than the formula and has a step even for NaN, whose exponent can be anything.
    # Negative exponents stand at its end, where an index that wraps around finds them.
    exponent = np.r_[0 : _LARGEST_EXPONENT + 1, _SMALLEST_EXPONENT:0]
    length = np.where(exponent < -_REACH, 0, exponent)
    longer = np.maximum(length, 0)
    shorter = np.maximum(np.minimum(length, 0), length - _REACH)
    power = np.rint((derivative * longer + order * shorter - _BITS) / (order + derivative))
    table: Vector = np.ldexp(1.0, power.astype(np.intc))
    return table


def look_up(table: Vector, x: Vector) -> Vector:
    """Find the step of each coordinate of `x` in a table that `step_table` made."""
    steps: Vector = table.take(np.frexp(x)[1], mode="wrap")
    return steps


def power_of_two_below(h: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round positive steps down to powers of two, so that x + oh is exact; 0 stays 0."""
    mantissa, exponent = np.frexp(h)
    below: NDArray[np.float64] = np.where(mantissa > 0.0, np.ldexp(0.5, exponent), 0.0)
    return below
