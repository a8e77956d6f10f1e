"""np.gradient used as it is meant: a function sampled on a grid, its slope field, and descent on the samples alone.

>>> from fallline.objectives import himmelblau
>>> surface = sampled(himmelblau, even_grid(himmelblau.domain, 241))
>>> surface.gradient([3.0, 2.0]).round(2)
array([0.03, 0.02])
"""

from fallline.grids.field import field_memory, gradient_field, numpy_memory
from fallline.grids.grid import Grid, even_grid, uneven_grid
from fallline.grids.ripple import Ripple
from fallline.grids.sampled import Sampled, interpolate, sampled

__all__ = [
    "Grid",
    "Ripple",
    "Sampled",
    "even_grid",
    "field_memory",
    "gradient_field",
    "interpolate",
    "numpy_memory",
    "sampled",
    "uneven_grid",
]
