"""Python as a page gets it: archives of bytecode, and the memory of an interpreter in which every demo is open.

Both are made by the same Pyodide that will run them, here under Node.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fallline_site.frontend import run_tool
from fallline_site.progress import step

if TYPE_CHECKING:
    from pathlib import Path

OURS = "fallline"


@dataclass(frozen=True)
class Kept:
    """What the app made.

    Its catalogue, each demo's document and still, the modules its start looks for, the files of the engine.
    """

    demos: list[dict[str, Any]]
    documents: dict[str, Any]
    stills: dict[str, Any]
    imports: int
    files: dict[str, Path]


def compile_archives(site: Path, pyodide: Path, sources: dict[str, Path], out: Path) -> dict[str, Path]:
    """Compile the archives of sources; our own keep the line numbers that a message may need."""
    out.mkdir(parents=True, exist_ok=True)
    compiled = {name: out / path.name for name, path in sources.items()}
    words = [
        word
        for name, path in sources.items()
        for word in (str(path), str(compiled[name]), OURS if name == "source" else "")
    ]
    with step("Compiling Python for the browser"):
        run_tool(["node", "compile.mjs", str(pyodide), *words], site)
    return compiled


def keep_image(site: Path, pyodide: Path, archives: dict[str, Path], out: Path) -> Kept:
    """Open every demo in an interpreter and write down its memory."""
    packages = out / "packages"
    shutil.rmtree(packages, ignore_errors=True)
    for name in ("vendor", "source"):
        with zipfile.ZipFile(archives[name]) as archive:
            archive.extractall(packages)
    words = [str(pyodide), str(archives["stdlib"]), str(packages), str(out)]
    with step("Opening the demos in Pyodide"):
        run_tool(["node", "image.mjs", *words], site)
    made = json.loads((out / "documents.json").read_text(encoding="utf-8"))
    # In the order in which Python takes them up.
    files = {
        "wasm": pyodide / "pyodide.asm.wasm",
        "image": out / "image.json",
        "libraries": out / "libraries.bin",
        "heap": out / "heap.bin",
    }
    return Kept(**made, files={**files, **archives})
