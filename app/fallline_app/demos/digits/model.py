"""The digits and the network that learns them, by finite differences in node space alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import param

import fallline as fl
from fallline_app.bitmaps import counted, fitted, from_text
from fallline_app.demos.digits.training import INK, RANDOM, WRITERS, Task, Training, advance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

CLASSES = 10
# The activation by name, and as a function of which nothing is known.
BLACK_BOX = "np.tanh"
ACTIVATIONS = ("tanh", "relu", "sigmoid", "sine", BLACK_BOX)
# What the page begins with: a three.
FIRST = (
    "AAAAAAAAAAAAAAAAAA_gAAAf8AAAP_gAAH_8AAB4fAAA-DwAAHAeAAAgHgAAAB4AAAA8AAAAfAAAAfwAAAP4AAAD_AAAAfwAAAA-AAAAHgAAAB4AAAAe"
    "AADgHgAA8B4AAPA-AAD8fgAAf_wAAD_4AAAf8AAAA4"
)


class Entry(NamedTuple):
    """An optimizer, and the rate that suits it here."""

    optimizer: Any
    rate: float


OPTIMIZERS = {
    "Adam": Entry(fl.Adam, 0.01),
    "RMSProp": Entry(fl.RMSProp, 0.003),
    "Momentum": Entry(fl.Momentum, 0.1),
    "GradientDescent": Entry(fl.GradientDescent, 0.5),
}


class Digits(param.Parameterized):
    """What is learnt, how, and from which differences; and what is drawn."""

    optimizer = param.Selector(
        default="Adam", objects=list(OPTIMIZERS), doc="The rule that turns slopes into steps."
    )
    rate = param.Number(default=0.01, bounds=(1e-4, 10.0), doc="Its learning rate.")
    batch = param.Integer(default=128, bounds=(1, 1024), doc="How many digits each step looks at.")
    steps = param.Integer(default=400, bounds=(10, 2000), doc="How many steps it takes.")
    seed = param.Integer(
        default=0,
        bounds=(0, 999),
        doc="Of all that is left to chance: the first weights, the batches, and which digits are kept for the test.",
    )
    test = param.Selector(
        default=RANDOM,
        objects=[RANDOM, WRITERS],
        doc="Which digits it never learns from. Those of writers whom it has not seen are harder.",
    )
    hidden = param.Integer(default=32, bounds=(2, 64), doc="How many hidden units there are.")
    activation = param.Selector(
        default="tanh",
        objects=list(ACTIVATIONS),
        doc="What each hidden unit makes of its sum. Of np.tanh, a black box, the library knows nothing but its values.",
    )
    stepped = param.Boolean(
        default=False, doc="Whether the differences take the step below, instead of the one that suits them."
    )
    h = param.Number(
        default=1e-3,
        bounds=(1e-10, 0.1),
        doc="How far each unit's output is shifted, up and down, to see what the loss does.",
    )
    checked = param.Boolean(
        default=False,
        doc="Compares the slopes with those of backpropagation, which no step has used.",
    )
    fits = param.Boolean(
        default=True,
        doc="Makes what is drawn as high as the frame and puts it in the middle, as the makers of the data did.",
    )
    drawing = param.String(default=FIRST, doc="What is drawn, on 32 by 32 cells.")

    def __init__(self) -> None:
        super().__init__()
        self.param.watch(lambda *_: self._suit_optimizer(), "optimizer")

    def task(self) -> Task:
        """Return what is to be learnt, and how."""
        optimizer = OPTIMIZERS[self.optimizer].optimizer(rate=self.rate)
        step = float(self.h) if self.stepped else None
        return Task(self.network, self.test, optimizer, self.batch, self.steps, self.seed, step)

    @property
    def network(self) -> fl.Network:
        """The network; where its activation is a black box, backpropagation would be refused."""
        activation = np.tanh if self.activation == BLACK_BOX else self.activation
        return fl.Network([64, self.hidden, CLASSES], activation=activation)

    @property
    def transparent(self) -> fl.Network:
        """The same network, of which all is known."""
        return fl.Network([64, self.hidden, CLASSES], activation=self.activation.removeprefix("np."))

    def train(self) -> Iterator[Training]:
        """Train from the first weights on, and tell after every step how far it has come."""
        return advance(self.task())

    def trained(self) -> Training:
        """Return the whole training."""
        *_, last = self.train()
        return last

    def seen(self) -> NDArray[np.uint8]:
        """Return what the network gets to see of the drawing: counts of ink, 0 to 16, shape (8, 8)."""
        bitmap = from_text(self.drawing)
        return counted(fitted(bitmap) if self.fits else bitmap).astype(np.uint8)

    def chances(self, network: fl.Network, thetas: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
        """Return how probable each digit is to be what is drawn, (moments, 10); nothing, (0, 10), where nothing is."""
        picture = self.seen().reshape(1, -1) / INK
        if not picture.any():
            return np.empty((0, CLASSES))
        return np.concatenate([fl.networks.probabilities(network, theta, picture) for theta in thetas])

    def _suit_optimizer(self) -> None:
        rate = OPTIMIZERS[self.optimizer].rate
        self.param.rate.default = rate
        self.rate = rate
