"""Numerical gradients, the descents they drive and the networks they train, in pure NumPy.

>>> from itertools import islice
>>> import fallline as fl
>>> descent = fl.descend(fl.himmelblau, start=[1.0, 1.0], optimizer=fl.Adam(rate=0.1), gradient=fl.central)
>>> *_, last = islice(descent, 400)
>>> last.x.round(6)
array([3., 2.])
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fallline import objectives as objectives
    from fallline import schedules as schedules
    from fallline.batches import FullBatch as FullBatch
    from fallline.batches import MiniBatch as MiniBatch
    from fallline.batches import Stochastic as Stochastic
    from fallline.descent import stopping as stopping
    from fallline.descent.data import DataLoss as DataLoss
    from fallline.descent.data import train as train
    from fallline.descent.frames import Frame as Frame
    from fallline.descent.loop import descend as descend
    from fallline.descent.problem import exact as exact
    from fallline.descent.recording import Run as Run
    from fallline.descent.recording import record as record
    from fallline.descent.scripts import Descent as Descent
    from fallline.descent.scripts import call as call
    from fallline.differences import Scheme as Scheme
    from fallline.differences import backward as backward
    from fallline.differences import central as central
    from fallline.differences import forward as forward
    from fallline.differences import gradient as gradient
    from fallline.hyperparameters import Setting as Setting
    from fallline.hyperparameters import settings as settings
    from fallline.objectives import Objective as Objective
    from fallline.objectives import beale as beale
    from fallline.objectives import bowl as bowl
    from fallline.objectives import himmelblau as himmelblau
    from fallline.objectives import rastrigin as rastrigin
    from fallline.objectives import rosenbrock as rosenbrock
    from fallline.objectives import saddle as saddle
    from fallline.optimizers.adam import Adam as Adam
    from fallline.optimizers.adam import AdamW as AdamW
    from fallline.optimizers.adam import AMSGrad as AMSGrad
    from fallline.optimizers.adam_kin import Adamax as Adamax
    from fallline.optimizers.adam_kin import NAdam as NAdam
    from fallline.optimizers.adam_kin import RAdam as RAdam
    from fallline.optimizers.adaptive import AdaDelta as AdaDelta
    from fallline.optimizers.adaptive import AdaGrad as AdaGrad
    from fallline.optimizers.adaptive import RMSProp as RMSProp
    from fallline.optimizers.classical import GradientDescent as GradientDescent
    from fallline.optimizers.classical import Momentum as Momentum
    from fallline.optimizers.classical import Nesterov as Nesterov
    from fallline.optimizers.composition import ClipNorm as ClipNorm
    from fallline.optimizers.composition import ClipValue as ClipValue
    from fallline.optimizers.composition import Scheduled as Scheduled
    from fallline.optimizers.composition import WeightDecay as WeightDecay
    from fallline.optimizers.conjugate import ConjugateGradient as ConjugateGradient
    from fallline.optimizers.newton import Newton as Newton
    from fallline.optimizers.protocol import Optimizer as Optimizer
    from fallline.optimizers.protocol import Searcher as Searcher
    from fallline.optimizers.quasi_newton import BFGS as BFGS
    from fallline.optimizers.quasi_newton import LBFGS as LBFGS
    from fallline.optimizers.signs import Lion as Lion
    from fallline.optimizers.signs import Rprop as Rprop
    from fallline.optimizers.step_lengths import BarzilaiBorwein as BarzilaiBorwein
    from fallline.optimizers.step_lengths import PolyakStep as PolyakStep
    from fallline.optimizers.stochastic import SPSA as SPSA

# Where each public name is found, and imported when it is first asked for: `import fallline` takes next to nothing. The
# empty name is the module itself.
_WHERE = {
    "batches": ("FullBatch", "MiniBatch", "Stochastic"),
    "descent.data": ("DataLoss", "train"),
    "descent.frames": ("Frame",),
    "descent.loop": ("descend",),
    "descent.problem": ("exact",),
    "descent.recording": ("Run", "record"),
    "descent.scripts": ("Descent", "call"),
    "differences": ("Scheme", "backward", "central", "forward", "gradient"),
    "hyperparameters": ("Setting", "settings"),
    "objectives": ("Objective", "beale", "bowl", "himmelblau", "rastrigin", "rosenbrock", "saddle"),
    "optimizers.adam": ("AMSGrad", "Adam", "AdamW"),
    "optimizers.adam_kin": ("Adamax", "NAdam", "RAdam"),
    "optimizers.adaptive": ("AdaDelta", "AdaGrad", "RMSProp"),
    "optimizers.classical": ("GradientDescent", "Momentum", "Nesterov"),
    "optimizers.composition": ("ClipNorm", "ClipValue", "Scheduled", "WeightDecay"),
    "optimizers.conjugate": ("ConjugateGradient",),
    "optimizers.newton": ("Newton",),
    "optimizers.protocol": ("Optimizer", "Searcher"),
    "optimizers.quasi_newton": ("BFGS", "LBFGS"),
    "optimizers.signs": ("Lion", "Rprop"),
    "optimizers.step_lengths": ("BarzilaiBorwein", "PolyakStep"),
    "optimizers.stochastic": ("SPSA",),
}
_MODULES = {"objectives": "objectives", "schedules": "schedules", "stopping": "descent.stopping"}
_HOME = {name: module for module, names in _WHERE.items() for name in names}

__all__ = sorted([*_HOME, *_MODULES])  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if name in _MODULES:
        found: Any = import_module(f"fallline.{_MODULES[name]}")
    elif name in _HOME:
        found = getattr(import_module(f"fallline.{_HOME[name]}"), name)
    else:
        raise AttributeError(f"module 'fallline' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
