"""The Python that measures the errors again, with the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fallline_app.demos.step_size.model import StepSize

SCRIPT = """\
import numpy as np

import fallline as fl


def measured():
    rng = np.random.default_rng({seed})

    def f(x):
        {variable} = x[0].astype(np.{complex} if np.iscomplexobj(x) else np.{real})
        return {text}{noise}

    return f


x = np.array([{x!r}])
methods = [{methods}]
steps = 10.0 ** -(np.arange({steps}) / {per_decade})
for method in methods:
    f = measured()
    print(method)
    for h in steps:
        with np.errstate(all="ignore"):
            print(f"h = {{h:.3e}}:", fl.gradient(f, x, method=method, step=h)[0])
print(fl.estimate_gradient(measured(), x))
"""


def script(model: StepSize, steps: int, per_decade: int) -> str:
    """Return a script that prints each scheme's slope at each step, and what the automatic step claims."""
    curve = model.chosen
    return SCRIPT.format(
        seed=model.seed,
        variable=curve.variable,
        complex="complex64" if model.precision == "float32" else "complex128",
        real=model.precision,
        text=curve.text,
        noise=f" + {model.noise!r} * rng.standard_normal()" if model.noisy else "",
        x=float(model.x),
        methods=", ".join(taker.entry.code for taker in model.takers if taker.runs),
        steps=steps,
        per_decade=per_decade,
    )
