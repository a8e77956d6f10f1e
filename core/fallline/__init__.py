"""Numerical gradients, the descents they drive and the networks they train, in pure NumPy.

>>> from itertools import islice
>>> import fallline as fl
>>> descent = fl.descend(fl.himmelblau, start=[1.0, 1.0], optimizer=fl.Adam(rate=0.1), gradient=fl.central)
>>> *_, last = islice(descent, 400)
>>> last.x.round(6)
array([3., 2.])

Every public name is listed here once (and for type checkers in `__init__.pyi`), by the module that has it; a module is imported when the first of its names is
asked for, so that `import fallline` costs little.
"""

from importlib import import_module
from typing import Any

_NAMES = {
    "batches": "FullBatch MiniBatch Stochastic batch_covariance",
    "descent.data": "DataLoss train",
    "descent.frames": "Frame",
    "descent.loop": "descend",
    "descent.measured": "Measured",
    "descent.problem": "exact",
    "descent.recording": "Run record",
    "descent.scripts": "Descent call",
    "differences": (
        "ComplexStep Scheme backward central central4 central6 central8 complex_step directional forward gradient hessian "
        "hessian_vector jacobian stencil"
    ),
    "differences.automatic": "Estimate estimate_gradient",
    "differences.checking": "GradientCheck assert_gradient check_gradient",
    "differences.stochastic": "RandomDirections spsa",
    "grids": "Grid Sampled even_grid gradient_field sampled",
    "hyperparameters": "Setting settings",
    "networks": "Activation Network decision_surface filter_normalized loss_surface",
    "objectives": "Objective beale bowl himmelblau rastrigin rosenbrock saddle",
    "optimizers.adam": "AMSGrad Adam AdamW",
    "optimizers.adam_variants": "Adamax NAdam RAdam",
    "optimizers.adaptive": "AdaDelta AdaGrad RMSProp",
    "optimizers.classical": "GradientDescent Momentum Nesterov",
    "optimizers.composition": "ClipNorm ClipValue Scheduled WeightDecay",
    "optimizers.conjugate": "ConjugateGradient",
    "optimizers.newton": "Newton",
    "optimizers.protocol": "Optimizer Searcher",
    "optimizers.quasi_newton": "BFGS LBFGS",
    "optimizers.signs": "Lion Rprop",
    "optimizers.step_lengths": "BarzilaiBorwein PolyakStep",
    "optimizers.stochastic": "SPSA",
}
# Modules that are public as a whole, by the package that holds them.
_MODULES = {"": "datasets grids networks objectives schedules trees", "descent": "stopping"}
_HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}
_WHOLE = {
    name: f"{package}.{name}".lstrip(".") for package, names in _MODULES.items() for name in names.split()
}

__all__ = sorted([*_HOMES, *_WHOLE])  # noqa: PLE0605 (a list, as the rule wants; it cannot see that)


def __getattr__(name: str) -> Any:
    """Import the module that has `name`, or is it; from then on the name is here."""
    if name in _WHOLE:
        value: Any = import_module(f"fallline.{_WHOLE[name]}")
    elif name in _HOMES:
        value = getattr(import_module(f"fallline.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module 'fallline' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
