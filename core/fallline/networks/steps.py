"""How far a difference reaches: the step of finite differences, real or imaginary."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Where digits cancel: about the cube root of ε, which balances truncation and roundoff.
PLAIN = 2.0**-17
# Where none do: truncation falls below rounding.
FINE = 2.0**-26
# Of the complex step, which subtracts nothing at all.
TINY = 2.0**-66


@dataclass(frozen=True)
class Step:
    """A shift, and what it is compared with.

    Parameters
    ----------
    shift
        The first shift: h, or ih for the complex step.
    opposite
        The second, in units of the first: −1 for central differences, 0 for the complex step.

    Examples
    --------
    >>> step = central_step(0.5)
    >>> step.slope(np.array([3.0]))
    array([3.])
    """

    shift: Any
    opposite: float

    def slope(self, difference: NDArray[Any]) -> NDArray[np.float64]:
        """Slope from what a function gave at the first shift, less what it gave at the second."""
        if isinstance(self.shift, complex):
            slope: NDArray[np.float64] = difference.imag / self.shift.imag
            return slope
        difference /= (1.0 - self.opposite) * self.shift
        return difference


def central_step(h: float) -> Step:
    """f(x + h) − f(x − h), over 2h."""
    return Step(h, -1.0)


def complex_step(h: float) -> Step:
    """Im f(x + ih)/h (Squire and Trapp, 1998)."""
    return Step(complex(0.0, h), 0.0)
