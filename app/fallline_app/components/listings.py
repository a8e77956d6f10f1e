"""Listings: pieces of Python on the page, each with its output, to be run again by whoever doubts it."""

from __future__ import annotations

from fallline_app.components import models
from fallline_app.components.running import run


def listing(title: str, code: str, note: str) -> models.Listing:
    """Return a listing that has been run once, and runs again when the page asks for it."""
    code = code.strip("\n")
    made = models.Listing(title=title, code=code, note=note)
    _run(made)
    made.on_change("runs", lambda _attribute, _old, _new: _run(made))
    return made


def _run(shown: models.Listing) -> None:
    output = run(shown.code)
    shown.update(output=output.text.rstrip("\n"), failed=output.failed)
