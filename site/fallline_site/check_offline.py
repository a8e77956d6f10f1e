"""Checks the service worker's list: every file that a page can ask for, each with its own hash, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fallline_site.folder import json_of
from fallline_site.offline import SERVICE_WORKER, integrity, version_of
from fallline_site.publish import PACKED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fallline_site.folder import Folder

# Named by a script, for people to read.
UNASKED = (*PACKED, ".txt")


def wrong_precache(made: Folder) -> Iterator[str]:
    """Find what the list lacks, what it has too much, and hashes that are not those of the files."""
    if not any("offline" in json_of(page, "manifest") for page in made.pages.values()):
        return
    precache = _precache(made)
    if precache is None:
        yield f"{SERVICE_WORKER} does not begin with a list of files: build the site anew"
        return
    listed, asked = precache["files"], _asked(made)
    yield from (f"{SERVICE_WORKER} does not list {name}" for name in sorted(asked - listed.keys()))
    yield from (
        f"{SERVICE_WORKER} lists {name}, which no page asks for" for name in sorted(listed.keys() - asked)
    )
    for name in sorted(listed.keys() & asked):
        if listed[name] != _integrity(made, name):
            yield f"{SERVICE_WORKER} has another hash for {name} than the file"
    if precache["version"] != version_of(listed):
        yield f"{SERVICE_WORKER} has version {precache['version']}, its list has {version_of(listed)}"


def _precache(made: Folder) -> dict[str, Any] | None:
    text = made.texts.get(SERVICE_WORKER, "")
    try:
        found = json.loads(text.partition(";\n")[0].removeprefix("const PRECACHE="))
    except ValueError:
        return None
    return found if isinstance(found, dict) and {"version", "files"} <= found.keys() else None


def _asked(made: Folder) -> set[str]:
    """Return every page, every asset as it is, and Python's files packed, as pages ask for them."""
    manifests = [json_of(page, "manifest") for page in made.pages.values()]
    packed = {file["url"] for manifest in manifests for file in manifest.get("files", {}).values()}
    plain = {name for name in made.reached(*made.pages) - packed if not name.endswith(UNASKED)}
    return plain | {f"{url}.gz" for url in packed}


def _integrity(made: Folder, name: str) -> str:
    plain = [name.removesuffix(".gz")] if name.endswith(".gz") else []
    return integrity(made.files.get(each, b"") for each in (name, *plain))
