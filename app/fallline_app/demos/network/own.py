"""An activation of the visitor's own: a line of Python that is tried before it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fallline_app.expressions import compile_expression, refusal

if TYPE_CHECKING:
    from collections.abc import Callable


def own_activation(text: str) -> Callable[[Any], Any]:
    """Return the visitor's activation.

    Raises
    ------
    ValueError
        If it is no expression of x, or gives no real number for each x.
    """
    function = compile_expression(text)
    x = np.linspace(-4.0, 4.0, 33)
    for some in (x, x.reshape(3, 11)):
        try:
            with np.errstate(all="ignore"):
                values = np.asarray(function(some))
        # The code is the visitor's own, and may raise whatever it likes.
        except BaseException as error:  # noqa: BLE001
            raise ValueError(refusal(error)) from None
        if values.shape != some.shape or values.dtype.kind not in "iuf":
            raise ValueError(
                f"it must give one real number for each x, got {values.dtype} of shape {values.shape} for {some.shape}"
            )
    if not np.isfinite(values).any():
        raise ValueError("it is nowhere finite from -4 to 4")

    def activation(x: Any) -> Any:
        return np.asarray(function(x), dtype=float)

    return activation
