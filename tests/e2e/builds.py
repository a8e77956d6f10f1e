"""What a build says of itself, and another one in its place."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

from tests.e2e.serving import Site

from fallline_site.addresses import HASH
from fallline_site.offline import SERVICE_WORKER, write_precache

TEXTS = (".html", ".css", ".js")


def precache(site: Site) -> dict[str, Any]:
    text = (site.folder / SERVICE_WORKER).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.partition("=")[2].partition(";\n")[0])
    return found


def cache_of(site: Site) -> str:
    return f"fallline:/{site.url.split('/', 3)[3]}:{precache(site)['version']}"


def publish_another_build(site: Site) -> None:
    """Put another build in the place of this one: every hash is another, the old files are gone."""
    files = precache(site)["files"]
    hashes = {match.group() for name in files for match in HASH.finditer(name)}
    pattern = re.compile("|".join(map(re.escape, hashes)))
    renew = partial(pattern.sub, lambda match: f".{match.group()[:0:-1]}")
    for path in [path for path in site.folder.rglob("*") if path.is_file()]:
        content = path.read_bytes()
        path.unlink()
        if path.suffix in TEXTS:
            content = renew(content.decode()).replace("<html ", '<html data-build="another" ').encode()
        if path.name == SERVICE_WORKER:
            content = content.partition(b";\n")[2]
        path.with_name(renew(path.name)).write_bytes(content)
    names = [renew(name) for name in files if not name.endswith(".html")]
    plain = [name for name in names if not name.endswith(".gz")]
    packed = {name: {"url": name.removesuffix(".gz")} for name in names if name.endswith(".gz")}
    write_precache(plain, packed, site.folder)
