"""A wave that no sample sees: added to a function it makes another one, of which np.gradient says the same."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Points, Vector
from fallline.grids.grid import Grid


@dataclass(frozen=True, eq=False)
class Ripple:
    """A wave that is 0 at every point of a grid, and as steep as can be there.

    r(x) = a Σᵢ sin(π uᵢ(xᵢ)), where uᵢ counts the coordinates along axis i: 0 at the first, 1 at the second, straight between.
    Its period is two spacings, the shortest that a grid could tell of if it lay elsewhere (Nyquist's); outside the grid it is 0.

    Parameters
    ----------
    grid
        Where it is 0, to the last bit.
    height
        a, how high it is.

    Examples
    --------
    >>> from fallline.grids.grid import even_grid
    >>> grid = even_grid([(0.0, 2.0)], 3)
    >>> ripple = Ripple(grid, height=0.5)
    >>> grid.sample(ripple), ripple(np.array([0.5])), ripple.gradient(np.array([1.0]))
    (array([0., 0., 0.]), np.float64(0.5), array([-1.57079633]))
    """

    grid: Grid
    height: float

    vectorized: ClassVar[bool] = True

    def __call__(self, x: Points) -> Any:
        """Value at a point, shape (n,), or at the columns of `x`, shape (n, m)."""
        waves = (self._wave(axis, places)[0] for axis, places in zip(self.grid.axes, x, strict=True))
        return self.height * sum(waves)

    def gradient(self, x: Points) -> Points:
        """Slope in the shape of `x`; where the spacing changes, the one to the right."""
        slopes = (self._wave(axis, places)[1] for axis, places in zip(self.grid.axes, x, strict=True))
        return self.height * np.stack(list(slopes))

    def _wave(self, axis: Vector, x: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Value and slope of sin(π u) along one axis; sin of what is left of u, since sin(π k) is no 0 in floating point."""
        u = np.interp(x, axis, np.arange(axis.size))
        cell = np.floor(u)
        sign = 1.0 - 2.0 * (cell % 2.0)
        gap = np.diff(axis)[np.minimum(cell, axis.size - 2).astype(int)]
        inside = (axis[0] <= x) & (x <= axis[-1])
        part = np.pi * (u - cell)
        return sign * np.sin(part), np.where(inside, sign * np.pi / gap * np.cos(part), 0.0)
