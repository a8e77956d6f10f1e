"""The Python that looks at a slope again, with the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fallline_app.curves import Curve

SCRIPT = """\
import numpy as np

import fallline as fl


def f({variable}):
    return {text}


x = {x!r}
for halvings in range({halvings} + 1):
    h = 2.0**-halvings
    with np.errstate(invalid="ignore"):
        slopes = [float(fl.gradient(f, x, method=method, step=h)) for method in ("forward", "backward", "central")]
    print(f"h = {{h:.3e}}:", *slopes)
"""


def script(curve: Curve, x: float, halvings: int) -> str:
    """Return a script that prints the three slopes at each step."""
    return SCRIPT.format(variable=curve.variable, text=curve.text, x=x, halvings=halvings)
