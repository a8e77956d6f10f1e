"""The training without backpropagation as the page shows it, and what is drawn for it to read."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from fallline_app.bitmaps import TEXT
from fallline_app.components.equations import row
from fallline_app.components.level import Level
from fallline_app.components.models import DrawingPad, Gallery, Table, Tape
from fallline_app.components.plots import fit_decades, new_plot
from fallline_app.components.settings import ChoiceSetting, Group, bound, group, number_setting
from fallline_app.components.tracks import CUES, Tooltip, draw_labels, draw_tracks, new_track
from fallline_app.components.work import Step, Work
from fallline_app.demos.digits.agreement import SAMPLES, agree
from fallline_app.demos.digits.code import script
from fallline_app.demos.digits.mistakes import describe_wrong, stacked, wrong_answers
from fallline_app.demos.digits.model import ACTIVATIONS, BLACK_BOX, OPTIMIZERS, Digits
from fallline_app.demos.digits.training import COLUMNS, RANDOM, TEST, WRITERS, Training
from fallline_app.demos.digits.units import unit_pictures, unit_sentences
from fallline_app.demos.digits.words import (
    GOAL,
    HEADINGS,
    broken,
    compared,
    describe_accuracy,
    describe_comparison,
    describe_loss,
    summarize,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bokeh.model import Model
    from bokeh.models.ui import UIElement

READOUT = [("accuracy", "% right", "fixed"), ("loss", "loss", "fixed"), ("evaluations", "evals", "whole")]
TOOLTIPS = [
    Tooltip("step", ("step",), "%d"),
    Tooltip("right", ("accuracy",), "%.2f %%"),
    Tooltip("loss", ("loss",), "%.4f"),
]
TITLES = {"Momentum": "momentum", "GradientDescent": "gradient descent"}
DATA = ("test", "hidden", "activation")
DIFFERENCES = ("stepped", "h")
TRAINING = ("optimizer", "rate", "batch", "steps", "seed")
UNITS = (
    "Each picture holds the weights from the 64 cells into one hidden unit: orange where ink speaks for it, blue where"
    " against. They follow the step above."
)
PAD = "Draw by mouse, by finger, or by keys; the eraser takes away. Ink is counted in blocks of 4 by 4 cells, as it was for the digits it learns from."
# The room right of the lines, for their names, as a share of the steps; no two pictures of a training come sooner.
ROOM_FOR_NAMES, REST = 0.18, 0.08
LEAST_DECADES = 2.0
# Where the goal's name stands, as a share of the steps: below the lines, when they have risen.
BESIDE = 0.88


class DigitsView:
    """Models that follow the settings; whatever follows from them is computed there."""

    def __init__(self, model: Digits) -> None:
        self.model = model
        self.map = new_plot("step", "digits read right, %")
        self.curve = new_plot("step", "loss", y_scale="log")
        self.tracks = [new_track(name, name, COLUMNS) for name in ("train", "test")]
        self.tape = Tape(tracks=self.tracks, columns=list(COLUMNS), dial="step", readout=READOUT)
        self.pad = DrawingPad(
            key="drawing",
            title="Draw a digit",
            value=model.drawing,
            default=model.drawing,
            pattern=f"^{TEXT.pattern}$",
            names=[str(digit) for digit in range(10)],
            tape=self.tape,
            help_text=PAD,
        )
        self.units = Gallery(
            title="What the hidden units look for", palette="balance", tape=self.tape, notes=[UNITS]
        )
        self.wrong = Gallery(title="Wrong answers", palette="ink", tape=self.tape)
        self.comparison = Table(headings=list(HEADINGS))
        self.work = Work(self._steps, self._show_first, title="Training", action="Train anew")
        against = Group(label="Against backprop", children=[self.comparison], across=True)
        self.roots: dict[str, Model] = {
            "map": self.map,
            "curve": self.curve,
            "settings": self._settings(),
            "tape": self.tape,
            "work": self.work.model,
            "below": Group(
                label="", children=[self.units, self.wrong, against.get_root()], across=True
            ).get_root(),
        }
        self._draw()
        self._first = self._training = model.trained()
        self._over = True
        self._finish()
        self._listen()

    def _settings(self) -> UIElement:
        model = self.model
        fits = group("fit it into the frame", [], switch=(model, "fits"))
        drawing = Group(label="", children=[self.pad, fits.get_root()])
        optimizer = bound(
            ChoiceSetting, model, "optimizer", options=[(name, TITLES.get(name, name)) for name in OPTIMIZERS]
        )
        training = [optimizer, number_setting(model, "rate", scale="log")]
        training += [
            number_setting(model, "batch", scale="log"),
            number_setting(model, "steps"),
            number_setting(model, "seed"),
        ]
        activations = [(name, "np.tanh, a black box" if name == BLACK_BOX else name) for name in ACTIVATIONS]
        network = [
            number_setting(model, "hidden", label="units"),
            bound(ChoiceSetting, model, "activation", options=activations),
            bound(ChoiceSetting, model, "test", options=[(name, name) for name in (RANDOM, WRITERS)]),
        ]
        step = group("choose the step", [number_setting(model, "h", scale="log")], switch=(model, "stepped"))
        parts = [
            drawing,
            group("Training", training, fold="narrow"),
            group("Network and test", network, fold="always"),
            group("Differences", [step], fold="always"),
            group("Compare with backprop", [], switch=(model, "checked")),
        ]
        return group("", parts).get_root()

    def _draw(self) -> None:
        self.goal = Level(self.map, "contour", "contour-label", above=False, line_width=5, line_alpha=0.4)
        for plot, column in ((self.map, "accuracy"), (self.curve, "loss")):
            draw_tracks(plot, self.tracks, "step", column, TOOLTIPS)
            self.tape.labels = [*self.tape.labels, draw_labels(plot, "step", column)]

    def _listen(self) -> None:
        model = self.model
        model.param.watch(lambda *_: self._train(), [*TRAINING, *DATA, *DIFFERENCES])
        model.param.watch(lambda *_: self._compare(), "checked")
        model.param.watch(lambda *_: self._read(), ["drawing", "fits"])
        self.pad.on_change("value", lambda _attribute, _old, drawing: model.param.update(drawing=drawing))
        self.work.model.on_change("state", lambda _attribute, _old, state: self._follow(state))

    def _train(self) -> None:
        """Train anew, unless the settings are those of a training that is there: the first, or the last."""
        task = self.model.task()
        if task == self._first.task:
            self.work.cancel()
        elif task != self._training.task:
            self.work.begin()

    def _steps(self) -> Iterator[Step]:
        shown, self._over = time.perf_counter(), False
        for training in self.model.train():
            self._training = training
            if training.done == 0 or time.perf_counter() - shown > REST:
                self._show()
                shown = time.perf_counter()
            yield Step(training.share, f"step {training.done} of {training.task.steps}")
        self._finish()

    def _follow(self, state: str) -> None:
        if state == "stopped":
            self._finish()

    def _show_first(self) -> None:
        self._training = self._first
        self._finish()

    def _show(self) -> None:
        """Show what has been recorded so far."""
        training, model, task = self._training, self.model, self._training.task
        # What follows the step is shown of every moment at the end, and of the newest until then.
        thetas = training.thetas if self._over else training.thetas[-1:]
        for plot in (self.map, self.curve):
            plot.x_range.update(start=0.0, end=task.steps * (1.0 + ROOM_FOR_NAMES))
        self.map.y_range.update(start=0.0, end=104.0)
        fit_decades(self.curve, *decades(training))
        self.goal.show((0.0, task.steps), GOAL, f"{GOAL:.0f} %", at=BESIDE * task.steps)
        note = broken(training) if training.broken else ""
        for track in self.tracks:
            track.update(last=training.last, note=note, mark=f"{track.label}: ended" if note else "")
        self.tracks[TEST].equation = equation(training)
        self.tape.update(
            code=script(model, task.stride),
            summary=summarize(training),
            descriptions=[("map", describe_accuracy(training)), ("curve", describe_loss(training))],
        )
        self.units.update(
            pictures=unit_pictures(task.network, training.thetas),
            sentences=[unit_sentences(task.network, theta) for theta in thetas],
            moments=list(training.keys),
        )
        self._show_wrong()
        self._read()
        self.tape.frames = training.frames()

    def _finish(self) -> None:
        """Show what has come of it, with what is looked at only then."""
        self._over = True
        self._show()
        self._compare()

    def _show_wrong(self) -> None:
        training, task = self._training, self._training.task
        parts, keys = task.parts(), training.keys if self._over else training.keys[-1:]
        steps = [int(training.rows[key][TEST].step) for key in keys]
        found = [
            wrong_answers(task.network, theta, parts, step)
            for theta, step in zip(training.thetas[-len(keys) :], steps, strict=True)
        ]
        self.wrong.update(
            pictures=stacked(found),
            captions=[wrong.captions for wrong in found],
            sentences=[wrong.sentences for wrong in found],
            notes=[describe_wrong(wrong) for wrong in found],
            moments=list(keys),
        )

    def _read(self) -> None:
        model, training = self.model, self._training
        chances = model.chances(training.task.network, training.thetas)
        self.pad.update(value=model.drawing, seen=model.seen(), chances=chances, moments=list(training.keys))

    def _compare(self) -> None:
        model, training = self.model, self._training
        agreements = agree(training, model.transparent) if model.checked else []
        self.comparison.update(
            rows=[("node", CUES["node"].dash, cells) for cells in compared(agreements)],
            note=describe_comparison(agreements, SAMPLES),
        )


def equation(training: Training) -> list[str]:
    """Return how the evaluations of a run are counted, with the numbers of the step."""
    units = training.task.evaluations // 2
    return [row("2 · units · slopes"), row(f"= 2 · {units} · {{slopes}}"), row("= {evaluations:7}")]


def decades(training: Training) -> tuple[float, float]:
    """Return the whole powers of ten around all losses."""
    losses = training.frames()[:, COLUMNS.index("loss")]
    losses = losses[np.isfinite(losses) & (losses > 0.0)]
    if not losses.size:
        return 0.1, 10.0
    low, high = np.floor(np.log10(losses.min())), np.ceil(np.log10(losses.max()))
    return float(10.0**low), float(10.0 ** max(high, low + LEAST_DECADES))


def view() -> DigitsView:
    """Build the page's view of the digits."""
    return DigitsView(Digits())
