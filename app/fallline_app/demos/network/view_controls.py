"""The controls of a training, those that one wants first at the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.components import models
from fallline_app.components.settings import (
    ChoiceSetting,
    Painting,
    bound,
    code_setting,
    group,
    number_setting,
)
from fallline_app.demos.network import data as source
from fallline_app.demos.network.model import METHODS, OWN, SWITCHES, UNITS, Training
from fallline_app.demos.network.own import own_activation
from fallline_app.demos.network.view_file import FileControls
from fallline_app.painting import PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable

    from bokeh.models.ui import UIElement

    from fallline_app.components.settings import Group

DATA = {
    source.PAINTED: "painted by you",
    source.FILE: "a file of yours …",
    "xor": "exclusive or",
    "gaussians": "two clouds",
    "tilted_plane": "numbers: a plane",
    "bumps": "numbers: bumps",
}
# What changes no run.
LOOKS = ("shades", "hollow")
LOSSES = [("cross_entropy", "cross-entropy"), ("hinge", "hinge")]
NUMBER_LOSSES = [("mean_squared", "mean square"), ("mean_absolute", "mean size"), ("huber", "Huber")]
BEGINNINGS = [("glorot", "Glorot: for tanh"), ("he", "He: for ReLU"), ("zeros", "all weights 0")]
ACTIVATIONS = {OWN: "your own …", "relu": "ReLU", "leaky_relu": "leaky ReLU", "gelu": "GELU"}


class Controls:
    """Widgets that show and set a training; `names` are the settings that a run follows from."""

    def __init__(self, model: Training, changed: Callable[[], object]) -> None:
        self.model = model
        self.file = FileControls(model, changed, lambda: self._suit())
        self.points = number_setting(model, "points")
        self.noise = number_setting(model, "noise")
        self.units = [
            number_setting(model, name, label=f"layer {layer}") for layer, name in enumerate(UNITS, 1)
        ]
        self.painting = bound(
            Painting,
            model,
            "painted",
            default=model.painted,
            pattern=PATTERN,
            names=list(source.NAMES),
            help_text="Draw on the map with mouse or finger; or by keys: arrows move the brush, space paints.",
        )
        self.own = code_setting(
            model, "own", check=own_activation, label="f(x)", shown=model.activation == OWN
        )
        self.inputs = group(
            "Inputs",
            [group(name, [], switch=(model, switch)) for name, switch in SWITCHES.items()],
            fold="always",
        )
        self.root: UIElement = group("", [self._data(), self._network(), self._learning()]).get_root()
        (self.painting_model,) = (
            found for found in self.root.references() if isinstance(found, models.Painting)
        )
        self.names = [name for name in model.param if name not in ("name", *LOOKS)]
        model.param.watch(lambda *_: self._suit(), ["data", "activation", "layers"])
        self._suit()

    def _data(self) -> Group:
        options = [(name, DATA.get(name, name)) for name in self.model.param.data.objects]
        data = bound(ChoiceSetting, self.model, "data", options=options)
        test = number_setting(self.model, "test", label="held back")
        seed = number_setting(self.model, "seed")
        looks = [
            group("shades of sureness", [], switch=(self.model, "shades")),
            group("points held back", [], switch=(self.model, "hollow")),
        ]
        return group(
            "Data",
            [
                data,
                self.painting,
                self.file.file,
                self.file.target,
                self.points,
                self.noise,
                test,
                seed,
                *looks,
            ],
            fold="narrow",
        )

    def _network(self) -> Group:
        model = self.model
        options = [(name, ACTIVATIONS.get(name, name)) for name in model.param.activation.objects]
        activation = bound(ChoiceSetting, model, "activation", options=options)
        beginning = bound(ChoiceSetting, model, "initialization", options=BEGINNINGS)
        layers = number_setting(model, "layers", label="layers")
        children = [self.inputs, layers, *self.units, activation, self.own, beginning]
        return group("Network", children, fold="narrow")

    def _learning(self) -> Group:
        model = self.model
        rules = bound(
            ChoiceSetting,
            model,
            "optimizer",
            options=[(name, name) for name in model.param.optimizer.objects],
        )
        methods = bound(ChoiceSetting, model, "gradient", options=list(METHODS.items()))
        rate = number_setting(model, "rate", key="learning.rate", scale="log")
        steps = number_setting(model, "steps", scale="log")
        batch = number_setting(model, "batch", scale="log")
        self.loss = bound(ChoiceSetting, model, "loss", options=LOSSES)
        self.number_loss = bound(ChoiceSetting, model, "number_loss", options=NUMBER_LOSSES, label="loss")
        penalties = [
            number_setting(model, "l1", label="l1 penalty", scale="log"),
            number_setting(model, "l2", label="l2 penalty", scale="log"),
        ]
        more = group("More", [self.loss, self.number_loss, *penalties], fold="always", context="Learning")
        return group("Learning", [methods, rules, rate, batch, steps, more], fold="narrow")

    def _suit(self) -> None:
        model = self.model
        self.points.shown = self.noise.shown = model.data in source.MAKERS
        self.file.show()
        self.painting.shown = model.data == source.PAINTED
        self.number_loss.shown = not model.is_classed
        self.loss.shown = model.is_classed
        self.own.shown = model.activation == OWN
        for layer, units in enumerate(self.units, 1):
            units.shown = layer <= model.layers
