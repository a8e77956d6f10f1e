"""The service worker's list: every file that a page can ask for, and what its content must hash to.

The worker lies at the root of the site under a name that never changes, which is how browsers find a new version.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SERVICE_WORKER = "service-worker.js"


def write_precache(assets: Iterable[str], files: Mapping[str, Mapping[str, Any]], out: Path) -> None:
    """Put the list before the code of the bundled service worker.

    Parameters
    ----------
    assets : Iterable[str]
        Addresses that a page asks for as they are.
    files : Mapping[str, Mapping[str, Any]]
        Files of the manifest, which a page asks for with .gz behind their address.
    out : Path
        The site, its pages written and everything compressed.
    """
    pages = sorted(path.name for path in out.glob("*.html"))
    packed = [f"{file['url']}.gz" for file in files.values()]
    listed = {name: _integrity(out / name) for name in (*pages, *assets, *packed)}
    precache = json.dumps({"version": version_of(listed), "files": listed}, separators=(",", ":"))
    path = out / SERVICE_WORKER
    path.write_text(f"const PRECACHE={precache};\n{path.read_text(encoding='utf-8')}", encoding="utf-8")


def version_of(listed: Mapping[str, str]) -> str:
    """Return the version of a list of files: another one as soon as any file is another."""
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:10]


def integrity(contents: Iterable[bytes]) -> str:
    """Return the hashes of which a file may have any, as an `integrity` attribute says them."""
    return " ".join(f"sha256-{b64encode(hashlib.sha256(content).digest()).decode()}" for content in contents)


def _integrity(path: Path) -> str:
    """Return what the content may hash to; of a .gz also unpacked, since some hosts unpack it on the way."""
    plain = [path.with_suffix("")] if path.suffix == ".gz" else []
    return integrity(each.read_bytes() for each in (path, *plain))
