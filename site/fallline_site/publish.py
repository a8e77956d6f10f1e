"""Files as hosts get them: under names that change with their content, each with .gz and .br beside it."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING, Any

from fallline_site.frontend import run_tool
from fallline_site.progress import step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PACKED = (".gz", ".br")
# What gains nothing from being compressed once more.
DENSE = (".woff2", *PACKED)


def publish(files: Mapping[str, Path], out: Path) -> dict[str, dict[str, Any]]:
    """Copy files into `out/assets`; return the address and size of each."""
    return {name: _publish(path, out) for name, path in files.items()}


def _publish(path: Path, out: Path) -> dict[str, Any]:
    content = path.read_bytes()
    # The hash lets hosts cache the file for ever.
    name = f"assets/{path.stem}.{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"
    (out / name).write_bytes(content)
    return {"url": name, "size": len(content)}


def take_text(path: Path) -> str:
    """Return what a file says that goes into the pages, and remove it."""
    text = path.read_text(encoding="utf-8").rstrip()
    path.unlink()
    return text


def compress(site: Path, folder: Path, cache: Path) -> None:
    """Put a .gz and a .br beside every file of `folder`; what was compressed before is taken from `cache`."""
    cache.mkdir(parents=True, exist_ok=True)
    wanted = {
        path: _digest(path) for path in folder.rglob("*") if path.is_file() and path.suffix not in DENSE
    }
    # Two files of the same content are compressed once.
    sources = {digest: path for path, digest in wanted.items()}
    new = [d for d in sources if not all((cache / f"{d}{suffix}").is_file() for suffix in PACKED)]
    for digest in new:
        shutil.copyfile(sources[digest], cache / digest)
    if new:
        with step("Compressing"):
            run_tool(["node", "compress.mjs", *(str(cache / digest) for digest in new)], site)
    for path, digest in wanted.items():
        for suffix in PACKED:
            shutil.copyfile(cache / f"{digest}{suffix}", path.with_name(path.name + suffix))
    for digest in new:
        (cache / digest).unlink()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
