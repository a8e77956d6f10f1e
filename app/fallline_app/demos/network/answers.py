"""How well a network answers: which classes it takes for others, or how far its numbers are off."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline_app.demos.network.setup import Setup


class Residuals(NamedTuple):
    """How far numbers are off, in their own unit; and the share of their variance that is explained. NaN for none."""

    root_mean_square: float
    mean: float
    largest: float
    explained: float


def confusion(setup: Setup, theta: NDArray[np.float64]) -> NDArray[np.int64]:
    """Count the points that were held back: by their class, shape (classes, …), and by the class that they are taken for."""
    count = len(setup.data.kinds)
    counts = np.zeros((count, count), np.int64)
    if len(setup.y_test) and np.isfinite(theta).all():
        with np.errstate(all="ignore"):
            np.add.at(counts, (setup.y_test, setup.network.predict(theta, setup.X_test)), 1)
    return counts


def residuals(
    setup: Setup, theta: NDArray[np.float64], rows: NDArray[np.float64], numbers: NDArray[np.float64]
) -> Residuals:
    """Compare what a network says with numbers, shape (n,)."""
    if not len(numbers) or not np.isfinite(theta).all():
        return Residuals(*(np.nan,) * 4)
    with np.errstate(all="ignore"):
        off = np.abs(setup.network.predict(theta, rows)[:, 0] - numbers)
        variance = float(np.mean((numbers - numbers.mean()) ** 2))
        explained = 1.0 - float(np.mean(off**2)) / variance if variance > 0.0 else np.nan
        unit = setup.data.spread
        return Residuals(
            unit * float(np.sqrt(np.mean(off**2))),
            unit * float(off.mean()),
            unit * float(off.max()),
            explained,
        )
