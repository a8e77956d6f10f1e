"""Slopes of any function from its values alone."""

from fallline.differences.complex_step import ComplexStep, complex_step
from fallline.differences.directions import directional, hessian_vector
from fallline.differences.gradients import gradient, jacobian
from fallline.differences.hessians import hessian
from fallline.differences.schemes import Scheme, backward, central, central4, central6, central8, forward
from fallline.differences.stencils import stencil

__all__ = [
    "ComplexStep",
    "Scheme",
    "backward",
    "central",
    "central4",
    "central6",
    "central8",
    "complex_step",
    "directional",
    "forward",
    "gradient",
    "hessian",
    "hessian_vector",
    "jacobian",
    "stencil",
]
