"""What a page tells a live document, what it hears, and how it reads both."""

from __future__ import annotations

import json
from typing import Any

from bokeh.core.serialization import Buffer, Serialized
from bokeh.document import Document

from fallline_app.live import Answer, LiveDocument


def models(live: LiveDocument, kind: str) -> list[dict[str, Any]]:
    """Each model of a kind in the document as the page reads it: its attributes, and its id."""

    def inside(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [model for part in node for model in inside(part)]
        if not isinstance(node, dict):
            return []
        here = [{**node["attributes"], "id": node["id"]}] if node.get("name", "").endswith(f".{kind}") else []
        return here + inside(list(node.values()))

    return inside(json.loads(live.to_json())["roots"])


def setting(live: LiveDocument, title: str, context: str = "") -> str:
    """Return the id of a number setting."""
    (found,) = (
        model["id"]
        for model in models(live, "NumberSetting")
        if (model["title"], model.get("context", "")) == (title, context)
    )
    return str(found)


def change(model: str, name: str, value: Any) -> dict[str, Any]:
    return {"kind": "ModelChanged", "model": {"id": model}, "attr": name, "new": value}


def parts(live: LiveDocument, *changes: dict[str, Any]) -> list[Answer]:
    """Return the parts of an answer in the order in which they are told."""
    told = [live.answer(json.dumps({"events": changes}))]
    while live.goes_on:
        told.append(live.go_on())
    return told


def send(live: LiveDocument, *changes: dict[str, Any]) -> Answer:
    """Return a whole answer, all its parts in one."""
    told = parts(live, *changes)
    events = [event for part in told if part.patch for event in json.loads(part.patch)["events"]]
    buffers = [buffer for part in told for buffer in part.buffers]
    errors = [error for part in told for error in part.errors]
    return Answer(json.dumps({"events": events}) if events else "", buffers, errors)


def changed(answer: Answer) -> list[tuple[str, str]]:
    """Each change of an answer: the id of its model and the name of its property."""
    if answer.patch == "":
        return []
    return [(event["model"]["id"], event["attr"]) for event in json.loads(answer.patch)["events"]]


def value(answer: Answer, model: str, name: str) -> Any:
    events = json.loads(answer.patch)["events"]
    return next(e["new"] for e in events if (e["model"]["id"], e["attr"]) == (model, name))


def page_of(live: LiveDocument) -> Document:
    """Return the document as a page has it that has just been opened."""
    # Before the document is written, which may give ids to defaults: this would be given one of them.
    config = Document().to_json(deferred=False)["config"]
    return Document.from_json({"config": config, **json.loads(live.to_json())})


def frames_on(page: Document, answer: Answer) -> Any:
    """Put an answer into a page's document, and return the frames that it shows then."""
    buffers = [Buffer(name, content) for name, content in answer.buffers]
    page.apply_json_patch(Serialized(json.loads(answer.patch), buffers))
    return page.get_model_by_name("tape").frames
