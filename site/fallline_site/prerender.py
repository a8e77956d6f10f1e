"""The demos' documents, made by the same Python that will answer for them: Pyodide, here under Node."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fallline_site.frontend import run_tool
from fallline_site.progress import step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Prerendered:
    """What the app made: its catalogue, each demo's document, and how many modules its start looks for."""

    demos: list[dict[str, str]]
    documents: dict[str, Any]
    imports: dict[str, int]
    lock: dict[str, Any]


def prerender(site: Path, pyodide: Path, archives: Sequence[Path]) -> Prerendered:
    """Open every demo of the catalogue and keep its document."""
    command = ["node", "prerender.mjs", str(pyodide), *map(str, archives)]
    with step("Opening the demos in Pyodide"):
        made = json.loads(run_tool(command, site))
    return Prerendered(**made)
