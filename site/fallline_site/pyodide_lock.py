"""What Pyodide's own lock says about the WebAssembly wheels that were built for it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fallline_site.errors import BuildError
from fallline_site.lock import Lock

NAME = "pyodide-lock.json"
WASM_WHEEL = "_wasm32.whl"


@dataclass(frozen=True)
class WasmWheel:
    """An entry of Pyodide's lock."""

    version: str
    file_name: str
    sha256: str


def read_wheels(text: str | bytes) -> dict[str, WasmWheel]:
    """Return the wheels of a `pyodide-lock.json` by package name."""
    try:
        packages = json.loads(text)["packages"].items()
        return {name: WasmWheel(p["version"], p["file_name"], p["sha256"]) for name, p in packages}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise BuildError(f"{NAME} is not a lock of Pyodide that we know how to read: {error!r}") from None


def check_wasm_wheels(lock: Lock, paths: Mapping[str, Path]) -> None:
    """Refuse a WebAssembly wheel that is not the one that the fetched Pyodide was released with."""
    locked = [file for file in lock.files if file.name.endswith(WASM_WHEEL)]
    if not locked:
        return
    if NAME not in paths:
        raise BuildError(f"the runtime lock has {locked[0].name} but no {NAME} to check it against")
    official = {wheel.file_name: wheel.sha256 for wheel in read_wheels(paths[NAME].read_bytes()).values()}
    for file in locked:
        if official.get(file.name) != file.sha256:
            raise BuildError(
                f"{file.name}: the runtime lock has SHA-256 {file.sha256}, {NAME} has "
                f"{official.get(file.name, 'no such file')}; write the lock anew by `relock`"
            )
