"""Numerical gradients, the descents they drive and the networks they train, in pure NumPy.

>>> from itertools import islice
>>> import fallline as fl
>>> descent = fl.descend(fl.himmelblau, start=[1.0, 1.0], optimizer=fl.Adam(rate=0.1), gradient=fl.central)
>>> *_, last = islice(descent, 400)
>>> last.x.round(6)
array([3., 2.])
"""

from fallline import objectives
from fallline.descent import Frame, descend, exact
from fallline.differences import (
    ComplexStep,
    Scheme,
    backward,
    central,
    central4,
    central6,
    central8,
    complex_step,
    forward,
    gradient,
)
from fallline.differences.automatic import Estimate, estimate_gradient
from fallline.hyperparameters import Setting, settings
from fallline.objectives import Objective, beale, bowl, himmelblau, rastrigin, rosenbrock, saddle
from fallline.optimizers import AdaGrad, Adam, GradientDescent, Momentum, Nesterov, Optimizer, RMSProp

__all__ = [
    "AdaGrad",
    "Adam",
    "ComplexStep",
    "Estimate",
    "Frame",
    "GradientDescent",
    "Momentum",
    "Nesterov",
    "Objective",
    "Optimizer",
    "RMSProp",
    "Scheme",
    "Setting",
    "backward",
    "beale",
    "bowl",
    "central",
    "central4",
    "central6",
    "central8",
    "complex_step",
    "descend",
    "estimate_gradient",
    "exact",
    "forward",
    "gradient",
    "himmelblau",
    "objectives",
    "rastrigin",
    "rosenbrock",
    "saddle",
    "settings",
]
