"""The Python that measures the errors again, with the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fallline_app.demos.step_size.model import StepSize

SCRIPT = """\
import numpy as np

import fallline as fl


def measured():
    {noise_begin}

    def f(x):
        {variable} = x[0].astype(np.{complex} if np.iscomplexobj(x) else np.{real})
        return {text}{noise}

    return f


x = np.array([{x!r}])
for method in [{methods}]:
    f = measured()
    print(method)
    for k in range({count}):
        h = {steps}
        with np.errstate(all="ignore"):
            print(f"  h = {{h:.3e}}:", fl.gradient(f, x, method=method, step=h)[0])
print(fl.estimate_gradient(measured(), x))
"""
