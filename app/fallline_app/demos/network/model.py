"""The settings of a training, and the run that follows from them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import param

import fallline as fl
from fallline_app.demos.network import data as source
from fallline_app.demos.network.edits import read_edits
from fallline_app.demos.network.own import own_activation
from fallline_app.demos.network.setup import Setup
from fallline_app.painting import encode

OWN = "own"
MOST_LAYERS, MOST_UNITS = 6, 12


class Rule(NamedTuple):
    """An optimizer, and a rate that suits it here."""

    kind: type[Any]
    rate: float


RULES = {
    "Adam": Rule(fl.Adam, 0.03),
    "Gradient descent": Rule(fl.GradientDescent, 0.3),
    "Momentum": Rule(fl.Momentum, 0.05),
    "Nesterov": Rule(fl.Nesterov, 0.05),
    "AdaGrad": Rule(fl.AdaGrad, 0.1),
    "RMSProp": Rule(fl.RMSProp, 0.02),
    "AdamW": Rule(fl.AdamW, 0.03),
}
METHODS = {
    "node": "differences by unit",
    "backprop": "backpropagation",
    "layerwise": "differences by layer",
    "weight": "differences by weight",
    "naive": "naive differences",
    "spsa": "SPSA, one direction",
}
UNITS = tuple(f"units_{layer}" for layer in range(1, MOST_LAYERS + 1))
SWITCHES = dict(zip(source.INPUTS, ("x", "y", "xx", "yy", "xy", "sin_x", "sin_y"), strict=True))


class Training(param.Parameterized):
    """The settings of a training."""

    data = param.Selector(
        default="circles",
        objects=[*source.MAKERS, source.PAINTED, source.FILE],
        doc="What it learns from: made points, your own painted on the map, or a table from your disk.",
    )
    points = param.Integer(default=200, bounds=(20, 500), doc="How many points are made.")
    noise = param.Number(
        default=0.1, bounds=(0.0, 0.5), doc="How far, in standard deviations, each point is off its place."
    )
    test = param.Number(
        default=0.3,
        bounds=(0.1, 0.9),
        doc="The share of the points that it never learns from, and is tested on.",
    )
    shades = param.Boolean(
        default=True, doc="Whether the tint says how sure the network is, or only of what."
    )
    hollow = param.Boolean(default=True, doc="Whether the points that it is tested on are shown too.")
    painted = param.String(doc="The points that you painted.")
    x = param.Boolean(default=True, doc="Whether it is given x.")
    y = param.Boolean(default=True, doc="Whether it is given y.")
    xx = param.Boolean(default=False, doc="Whether it is given x².")
    yy = param.Boolean(default=False, doc="Whether it is given y².")
    xy = param.Boolean(default=False, doc="Whether it is given the product of x and y.")
    sin_x = param.Boolean(default=False, doc="Whether it is given the sine of 4x.")
    sin_y = param.Boolean(default=False, doc="Whether it is given the sine of 4y.")
    layers = param.Integer(
        default=2, bounds=(0, MOST_LAYERS), doc="How many hidden layers there are between inputs and output."
    )
    units_1 = param.Integer(
        default=6, bounds=(1, MOST_UNITS), doc="How many units the first hidden layer has."
    )
    units_2 = param.Integer(
        default=4, bounds=(1, MOST_UNITS), doc="How many units the second hidden layer has."
    )
    units_3 = param.Integer(
        default=4, bounds=(1, MOST_UNITS), doc="How many units the third hidden layer has."
    )
    units_4 = param.Integer(
        default=4, bounds=(1, MOST_UNITS), doc="How many units the fourth hidden layer has."
    )
    units_5 = param.Integer(
        default=4, bounds=(1, MOST_UNITS), doc="How many units the fifth hidden layer has."
    )
    units_6 = param.Integer(
        default=4, bounds=(1, MOST_UNITS), doc="How many units the sixth hidden layer has."
    )
    activation = param.Selector(
        default="tanh", objects=[*fl.networks.ACTIVATIONS, OWN], doc="What each hidden unit makes of its sum."
    )
    own = param.String(
        default="x / (1 + abs(x))",
        doc="Your own activation of x, in Python with NumPy as np; nobody needs to know its slope.",
    )
    initialization = param.Selector(
        default="glorot",
        objects=list(fl.networks.INITIALIZATIONS),
        doc="How wide the weights are drawn to begin with: for tanh and its like, for ReLU and its like, or all 0.",
    )
    loss = param.Selector(
        default="cross_entropy",
        objects=["cross_entropy", "hinge"],
        doc="How a wrong or an unsure answer counts.",
    )
    number_loss = param.Selector(
        default="mean_squared",
        objects=["mean_squared", "mean_absolute", "huber"],
        doc="How a number that is off counts: by its square, by its size, or by its square as far as 1.",
    )
    l1 = param.Number(
        default=0.0,
        bounds=(0.0, 10.0),
        doc="What the sum of all weights' sizes adds to the loss: it turns small ones to 0.",
    )
    l2 = param.Number(
        default=0.0,
        bounds=(0.0, 10.0),
        doc="What half the sum of all weights' squares adds to the loss: weight decay.",
    )
    optimizer = param.Selector(default="Adam", objects=list(RULES), doc="What makes steps of slopes.")
    rate = param.Number(default=0.03, bounds=(1e-5, 10.0), doc="How far a step goes for a slope.")
    batch = param.Integer(
        default=20, bounds=(1, 500), doc="How many points a step looks at; all, where there are no more."
    )
    steps = param.Integer(default=300, bounds=(10, 3000), doc="How many steps it takes.")
    gradient = param.Selector(
        default="node",
        objects=list(METHODS),
        doc="How it finds the slope of its loss in each weight; the table below says what each costs.",
    )
    seed = param.Integer(
        default=0, bounds=(0, 999), doc="Which points, which weights to begin with, and which batches."
    )
    edits = param.String(doc="The weights that you set on the way.")

    def __init__(self) -> None:
        super().__init__()
        self.table: fl.datasets.Table | None = None
        self.file = ""
        self.param.painted.default = self.painted = _drawing()
        self.param.watch(lambda *_: self._suit(), "optimizer")

    def take(self, table: fl.datasets.Table, file: str) -> None:
        """Take a table that was read from a file; `run` follows if it is what the network learns from."""
        self.table, self.file = table, file

    def chosen(self) -> source.Data:
        """Return what it learns from."""
        if self.data == source.PAINTED:
            return source.painted(self.painted, self.seed, self.test)
        if self.data == source.FILE:
            if self.table is None:
                return source.nothing("There is no file yet: choose one, and it stays on this computer.")
            return source.brought(self.table, self.seed, self.test)
        return source.made(self.data, self.points, self.noise, self.seed, self.test)

    @property
    def is_classed(self) -> bool:
        """Whether it learns classes, and not numbers."""
        if self.data == source.FILE:
            return self.table is None or bool(self.table.classes)
        return self.data not in source.HEIGHTS

    @property
    def inputs(self) -> tuple[str, ...]:
        """What it is given of each point, x where nothing else is."""
        taken = tuple(name for name, switch in SWITCHES.items() if getattr(self, switch))
        return taken or ("x",)

    def setup(self) -> Setup:
        """Return all that the run follows from."""
        data, inputs = self.chosen(), self.inputs
        X, X_test = data.points, data.test  # noqa: N806
        if self.data == source.FILE and self.table is not None:
            inputs = data.names
        else:
            X, X_test = (source.given(points, inputs) for points in (X, X_test))  # noqa: N806
        sizes = (len(inputs), *self.hidden, data.outputs)
        edits = read_edits(self.edits, sizes, self.steps)
        network = fl.Network(
            sizes,
            activation=own_activation(self.own) if self.activation == OWN else self.activation,
            loss=self.loss if data.is_classed else self.number_loss,
            l1=float(self.l1),
            l2=float(self.l2),
            initialization=self.initialization,
        )
        optimizer = RULES[self.optimizer].kind(rate=float(self.rate))
        return Setup(
            network, data, inputs, X, data.targets, X_test, data.test_targets, optimizer, self.batch, self.method, self.steps, self.seed, edits,
        )  # fmt: skip

    @property
    def hidden(self) -> tuple[int, ...]:
        """The sizes of the hidden layers."""
        return tuple(getattr(self, name) for name in UNITS[: self.layers])

    @property
    def method(self) -> str:
        """How slopes are found: without the slope of an activation of one's own, by differencing it."""
        return "layerwise" if self.gradient == "backprop" and self.activation == OWN else str(self.gradient)

    def _suit(self) -> None:
        self.param.rate.default = RULES[self.optimizer].rate
        self.param.update(rate=self.param.rate.default)
        self.param.trigger("rate")


def _drawing() -> str:
    """Return points to begin painting with: a cloud, and an arc around it."""
    rng = np.random.default_rng(0)
    turn = np.pi * (1.25 * rng.random(40) - 0.2)
    arc = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    points = np.concatenate(
        [0.12 * rng.standard_normal((40, 2)) + [0.0, -0.1], arc + 0.08 * rng.standard_normal((40, 2))]
    )
    return encode(points, np.repeat([0, 1], 40))
