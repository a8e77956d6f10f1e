"""The Python that trains the same network, with the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fallline_app.demos.digits.model import BLACK_BOX, Digits
from fallline_app.demos.digits.training import RANDOM

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCRIPT = """\
from itertools import islice

import numpy as np

import fallline as fl

X, y = fl.datasets.digits()
{parts}
network = fl.Network([64, {hidden}, 10]{activation})
frames = fl.train(
    network,
    X,
    y,
    fl.{optimizer}(rate={rate!r}),
    fl.MiniBatch({batch}),
    method="node",{step}
    rng=np.random.default_rng({seed}),
)
for frame in islice(frames, {steps} + 1):
    theta = frame.x
    if not (np.isfinite(theta).all() and np.isfinite(frame.value)):
        break
    if frame.step % {stride} == 0 or frame.step == {steps}:
        for part in ((X, y), (X_test, y_test)):
            right = 100.0 * float((network.predict(theta, part[0]) == part[1]).mean())
            print(frame.step, network.loss(theta, *part), right)
"""
DRAWN = """
drawn = np.array([
{rows}
])
print(fl.networks.probabilities(network, theta, drawn.reshape(1, -1) / 16)[0].tolist())
"""
SPLIT = "X, y, X_test, y_test = fl.datasets.split(X / 16, y, test=0.2, rng={seed})"
WRITERS = "X, y, X_test, y_test = X[:1437] / 16, y[:1437], X[1437:] / 16, y[1437:]"


def script(model: Digits, stride: int) -> str:
    """Return a script that prints step, loss and per cent right, of training and test in turn, and reads what is drawn."""
    activations = {"tanh": "", BLACK_BOX: f", activation={BLACK_BOX}"}
    text = SCRIPT.format(
        parts=(SPLIT if model.test == RANDOM else WRITERS).format(seed=model.seed),
        hidden=model.hidden,
        activation=activations.get(model.activation, f", activation={model.activation!r}"),
        optimizer=model.optimizer,
        rate=float(model.rate),
        batch=model.batch,
        step=f"\n    step={float(model.h)!r}," if model.stepped else "",
        seed=model.seed,
        steps=model.steps,
        stride=stride,
    )
    seen = model.seen()
    return text + DRAWN.format(rows=_rows(seen)) if seen.any() else text


def _rows(seen: NDArray[np.uint8]) -> str:
    return "\n".join("    [" + ", ".join(f"{count:2d}" for count in row) + "]," for row in seen.tolist())
