"""The settings of the batches, in groups; each is shown where it decides something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.components.settings import choice_setting, group, number_setting
from fallline_app.components.tracks import CUES
from fallline_app.demos.batches.model import COUNTS, LEFT_OVER, LOSSES, OPTIMIZERS
from fallline_app.demos.batches.problem import KINDS
from fallline_app.demos.batches.racers import MiniBatches
from fallline_app.demos.batches.words import AXES

if TYPE_CHECKING:
    from bokeh.models.ui import UIElement
    from panel.widgets.base import Widget

    from fallline_app.demos.batches.model import Batches
    from fallline_app.demos.batches.racers import Racer

METHODS = {"central": "central difference", "backprop": "backprop"}


class Controls:
    """Settings that follow the model; `root` holds all of them."""

    def __init__(self, model: Batches) -> None:
        self._model = model
        watched = {racer.series: racer.name for racer in model.racers}
        data = choice_setting(model, "data", {name: kind.title for name, kind in KINDS.items()})
        self._loss = choice_setting(model, "loss", LOSSES)
        n = choice_setting(model, "n", dict(zip(COUNTS, COUNTS, strict=True)), "samples")
        together = [
            choice_setting(model, "count", AXES, "play by"),
            number_setting(model, "rate", scale="log"),
        ]
        epochs = [
            number_setting(model, "epochs"),
            choice_setting(model, "left_over", LEFT_OVER, "left-over samples"),
            number_setting(model, "seed", label="shuffle seed"),
            choice_setting(model, "watched", watched),
        ]
        numbers = [number_setting(model, "noise"), number_setting(model, "data_seed")]
        groups = [
            group("Racers", [*together, *(self._racer(racer) for racer in model.racers)], fold="narrow"),
            group("Data", [data, self._loss, n, *numbers], fold="narrow"),
            group("Epochs", epochs, fold="narrow"),
            group("Descent", self._descent(), fold="always"),
        ]
        self.root: UIElement = group("", groups).get_root()
        self.suit()

    def suit(self) -> None:
        """Show those that the others leave something to decide."""
        self._loss.shown = not self._model.problem.kind.classes
        self._momentum.shown = self._model.optimizer == "momentum"

    def _descent(self) -> list[Widget]:
        model = self._model
        self._momentum = number_setting(model, "momentum", scale="complement")
        return [
            choice_setting(model, "gradient", METHODS),
            choice_setting(model, "optimizer", dict(zip(OPTIMIZERS, OPTIMIZERS, strict=True))),
            self._momentum,
            number_setting(model, "start_slope"),
            number_setting(model, "start_intercept"),
            number_setting(model, "target", scale="log"),
        ]

    def _racer(self, racer: Racer) -> Widget:
        sized = isinstance(racer, MiniBatches)
        children = [number_setting(racer, "size", scale="log", context=racer.name)] if sized else []
        cue = CUES[racer.series]
        return group(racer.name, children, switch=(racer, "runs"), series=racer.series, dash=cue.dash)
