"""A demo's document, alive: the page's changes go in, what they changed comes out.

The page draws the document that the build wrote; the worker opens the same demo, which gives the same models
with the same ids, so that from then on only changes travel.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sized
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from bokeh.core.serialization import Buffer, Serializer
from bokeh.document import Document
from bokeh.document.events import ColumnDataChangedEvent, DocumentPatchedEvent, ModelChangedEvent
from bokeh.models import Plot
from bokeh.util import serialization
from panel.io.state import set_curdoc

from fallline_app import catalogue
from fallline_app.components.models import Group, NumberSetting
from fallline_app.containing import contained
from fallline_app.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bokeh.document.events import DocumentChangedEvent
    from bokeh.model import Model

    from fallline_app.components.parts import Parts
    from fallline_app.components.work import Work

PAGE = "page"


class Answer(NamedTuple):
    """What the page's changes changed: a patch as JSON (empty for nothing), its buffers, and what went wrong."""

    patch: str
    buffers: list[tuple[str, bytes]]
    errors: list[str]


# Every demo numbers its models from a place of its own, so that it gets the same ids alone and among others.
_IDS_A_DEMO = 100_000


# How many steps of work are done before an image is made: the first may import what the others do not.
_STEPS_REHEARSED = 3


class LiveDocument:
    """The Bokeh document of one demo, linked to the page that shows it."""

    def __init__(self, name: str) -> None:
        demo = catalogue.find(name)
        # First of all: some modules make models while they are imported, which take ids too.
        view = demo.load()
        serialization._simple_id = (1 + catalogue.position(name)) * _IDS_A_DEMO
        self._document = Document(title=demo.title)
        self._changes: list[DocumentPatchedEvent] = []
        with set_curdoc(self._document):
            self._view = view()
        self._work: Work | None = getattr(self._view, "work", None)
        self._parts: Parts | None = getattr(self._view, "parts", None)
        # What the changes that are being answered have overwritten, the last one last.
        self._before: list[tuple[Model, str, Any]] = []
        for place, model in self._view.roots.items():
            model.name = place
            self._document.add_root(model)
        self._document.on_change(self._remember)

    def to_json(self) -> str:
        """Return the document as the page reads it, arrays inlined."""
        content = self._document.to_json(deferred=False)
        # Panel registers models of its own that no page here uses.
        return json.dumps(
            {"version": content["version"], "title": content["title"], "roots": content["roots"]}
        )

    def to_still(self) -> dict[str, Any]:
        """Return what the page shows until BokehJS is there: plots as SVG by place, what is said of them, and numbers."""
        # Only the build draws stills.
        from fallline_app.components.still.picture import bars, still
        from fallline_app.components.still.readout import readout

        tape = self._view.roots["tape"]
        plots = {
            place: still(root, tape) for place, root in self._view.roots.items() if isinstance(root, Plot)
        }
        barred = [place for place, root in self._view.roots.items() if isinstance(root, Plot) and bars(root)]
        said = {"summary": tape.summary, "descriptions": dict(tape.descriptions)}
        work = (
            {} if self._work is None else {"title": self._work.model.title, "action": self._work.model.action}
        )
        # On a narrow screen the settings begin as the headings of their groups.
        folded = sum(
            getattr(child, "fold", "never") != "never" for child in self._view.roots["settings"].children
        )
        shape = {"barred": barred, "folded": folded, "work": work}
        return {"plots": plots, **shape, **said, **readout(tape)}

    def rehearse(self) -> None:
        """Do the first steps of the work, if there is some; answer a change of a number and of a switch, and its undoing.

        Raises
        ------
        RuntimeError
            If an answer went wrong: an archive without what it needs must not become an image.
        """
        for model, name, values in self._rehearsal():
            for value in values:
                event = {"kind": "ModelChanged", "model": {"id": model.id}, "attr": name, "new": value}
                errors = self.answer(json.dumps({"events": [event]})).errors
                while self.goes_on:
                    errors += self.go_on().errors
                for _ in range(_STEPS_REHEARSED):
                    errors += self.advance(0.0).errors
                if errors:
                    raise RuntimeError(f"the demo {self._document.title!r} does not answer: {errors[0]}")

    def _rehearsal(self) -> Iterator[tuple[Model, str, tuple[object, ...]]]:
        """Return the first setting of each kind: its model, what the page sets of it, and to what, in turn."""
        if self._work is not None:
            yield self._work.model, "state", ("running", "idle")
        models = sorted(self._document.models, key=lambda model: model.id)
        for setting in [model for model in models if isinstance(model, NumberSetting)][:1]:
            number = int if setting.whole else float
            yield setting, "value", (number(setting.end), number(setting.value))
        for group in [model for model in models if isinstance(model, Group) and model.active is not None][:1]:
            yield group, "active", (not group.active, group.active)
        # A setting may have begun it.
        if self._work is not None:
            yield self._work.model, "state", ("idle",)

    def forget_defaults(self) -> None:
        """Drop the empty lists and such that each model keeps once it was asked for them, and makes anew when it is again."""
        for model in self._document.models:
            made = model._unstable_default_values
            for name in [
                name for name, default in made.items() if isinstance(default, Sized) and not default
            ]:
                del made[name]

    def answer(self, patch: str) -> Answer:
        """Apply the page's changes in order; one that is refused does not stop the others.

        This is the first part of the answer; as long as it `goes_on`, `go_on` returns the next.
        """
        errors, self._before = [], []
        with set_curdoc(self._document), contained(), self._in_parts():
            for event in json.loads(patch)["events"]:
                before = self._values(event)
                try:
                    self._document.apply_json_patch({"events": [event]}, setter=PAGE)
                # Whatever a demo, or the visitor's code in it, raises is said on the page, and the page lives on.
                except BaseException as error:  # noqa: BLE001
                    errors.append(said(error))
                    self._take_back(before)
                else:
                    self._before += before
        return self._collect(errors)

    @property
    def goes_on(self) -> bool:
        """Whether something of the answer is left to be computed."""
        return self._parts is not None and self._parts.are_left

    def go_on(self) -> Answer:
        """Return the next part of an answer; where it goes wrong, what it answers is taken back."""
        errors = []
        with set_curdoc(self._document), contained():
            try:
                with self._in_parts():
                    if self._parts is not None:
                        self._parts.go_on()
            # As in the first part.
            except BaseException as error:  # noqa: BLE001
                errors.append(said(error))
                self._take_back(self._before[::-1])
        return self._collect(errors)

    @contextmanager
    def _in_parts(self) -> Iterator[None]:
        """Let the demo leave for later what the page need not wait for."""
        if self._parts is None:
            yield
            return
        self._parts.is_open = True
        try:
            yield
        finally:
            self._parts.is_open = False

    @property
    def works(self) -> bool:
        """Whether there is work to be done, in steps, by `advance`."""
        return self._work is not None and self._work.runs

    def advance(self, seconds: float, tells: bool = True) -> Answer:
        """Do steps of the work for so long, one at least; what they change is told now, or later with what follows.

        The last step is told in any case. An error ends the work, and is part of the answer.
        """
        errors = []
        end = time.perf_counter() + seconds
        with set_curdoc(self._document), contained():
            try:
                while self._work is not None and self._work.runs:
                    self._work.advance()
                    if time.perf_counter() >= end:
                        break
            # As in an answer: it may be the visitor's own.
            except BaseException as error:  # noqa: BLE001
                errors.append(said(error))
        return self._collect(errors) if tells or not self.works else Answer("", [], errors)

    def _values(self, event: dict[str, Any]) -> list[tuple[Model, str, Any]]:
        """Return what a change of the page is about to overwrite: a model, the name of its property and the value."""
        model = self._document.models.get_by_id(event.get("model", {}).get("id", ""))
        name = event.get("attr", "")
        if model is None or model.lookup(name, raises=False) is None:
            return []
        return [(model, name, getattr(model, name))]

    def _take_back(self, values: list[tuple[Model, str, Any]]) -> None:
        """Set what was refused as it was before, here and on the page, which shows the refused value already."""
        for model, name, value in values:
            # What cannot even be undone has been said already, by the error of the change itself.
            with suppress(BaseException):
                model.set_from_json(name, value, setter=PAGE)
            self._changes.append(ModelChangedEvent(self._document, model, name, value))

    def _remember(self, change: DocumentChangedEvent) -> None:
        if isinstance(change, DocumentPatchedEvent) and change.setter != PAGE:
            self._changes.append(change)

    def _collect(self, errors: list[str]) -> Answer:
        if not self._changes:
            return Answer("", [], errors)
        self._changes = _last_of_each(self._changes)
        models = self._document.models
        serializer = Serializer(references=models.synced_references)
        patch = {"events": serializer.encode(self._changes)}
        models.flush_synced(lambda model: not serializer.has_ref(model))
        self._changes.clear()
        buffers = [(buffer.id, buffer.to_bytes()) for buffer in serializer.buffers]
        return Answer(json.dumps(patch, default=_reference), buffers, errors)


def _last_of_each(changes: list[DocumentPatchedEvent]) -> list[DocumentPatchedEvent]:
    """Keep, of several changes that set the whole of one property, the last, where it stands."""
    last = {_property_of(change): change for change in changes}
    return [change for change in changes if last[_property_of(change)] is change]


def _property_of(change: DocumentPatchedEvent) -> object:
    """Return what a change sets the whole of, or the change itself where it sets a part."""
    whole = isinstance(change, ColumnDataChangedEvent) and change.cols is None
    if whole or isinstance(change, ModelChangedEvent):
        return change.model, change.attr
    return change


def _reference(value: Any) -> Any:
    """Stand a buffer's name in the JSON for the buffer, which travels beside it."""
    if isinstance(value, Buffer):
        return value.ref
    raise TypeError(f"{type(value).__name__} is not part of a patch")
