"""What type checkers see of the package: the names of `_NAMES` in `__init__.py`, which a test compares with these."""

from fallline import datasets as datasets
from fallline import grids as grids
from fallline import objectives as objectives
from fallline import trees as trees
from fallline.descent import Frame as Frame
from fallline.descent import descend as descend
from fallline.descent import exact as exact
from fallline.differences import ComplexStep as ComplexStep
from fallline.differences import Scheme as Scheme
from fallline.differences import backward as backward
from fallline.differences import central as central
from fallline.differences import central4 as central4
from fallline.differences import central6 as central6
from fallline.differences import central8 as central8
from fallline.differences import complex_step as complex_step
from fallline.differences import directional as directional
from fallline.differences import forward as forward
from fallline.differences import gradient as gradient
from fallline.differences import hessian as hessian
from fallline.differences import hessian_vector as hessian_vector
from fallline.differences import jacobian as jacobian
from fallline.differences import stencil as stencil
from fallline.differences.stochastic import RandomDirections as RandomDirections
from fallline.differences.stochastic import spsa as spsa
from fallline.grids import Grid as Grid
from fallline.grids import Sampled as Sampled
from fallline.grids import even_grid as even_grid
from fallline.grids import gradient_field as gradient_field
from fallline.grids import sampled as sampled
from fallline.hyperparameters import Setting as Setting
from fallline.hyperparameters import settings as settings
from fallline.objectives import Objective as Objective
from fallline.objectives import beale as beale
from fallline.objectives import bowl as bowl
from fallline.objectives import himmelblau as himmelblau
from fallline.objectives import rastrigin as rastrigin
from fallline.objectives import rosenbrock as rosenbrock
from fallline.objectives import saddle as saddle
from fallline.optimizers import AdaGrad as AdaGrad
from fallline.optimizers import Adam as Adam
from fallline.optimizers import GradientDescent as GradientDescent
from fallline.optimizers import Momentum as Momentum
from fallline.optimizers import Nesterov as Nesterov
from fallline.optimizers import Optimizer as Optimizer
from fallline.optimizers import RMSProp as RMSProp

__all__: list[str]  # noqa: PYI035 (the list is made from the table)
_HOMES: dict[str, str]
