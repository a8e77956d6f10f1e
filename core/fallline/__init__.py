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
    "": "datasets grids networks objectives trees",
    "descent": "Frame descend exact",
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
    "optimizers": "AdaGrad Adam GradientDescent Momentum Nesterov Optimizer RMSProp",
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_HOMES)  # noqa: PLE0605 (a list, as the rule wants; it cannot see that)


def __getattr__(name: str) -> Any:
    """Import the module that has `name`; from then on the name is here."""
    if name not in _HOMES:
        raise AttributeError(f"module 'fallline' has no attribute {name!r}")
    module = _HOMES[name]
    value = (
        getattr(import_module(f"fallline.{module}"), name) if module else import_module(f"fallline.{name}")
    )
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *_HOMES]
