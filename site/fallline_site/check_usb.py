"""Checks the site without a server: nothing foreign, nothing fetched, every file of Python whole, not too big."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from typing import TYPE_CHECKING

from fallline_site.addresses import foreign_addresses
from fallline_site.budgets import MIB
from fallline_site.check import broken_links
from fallline_site.errors import BuildError
from fallline_site.folder import json_of, read_folder
from fallline_site.progress import say
from fallline_site.usb import PAYLOAD, SINGLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fallline_site.folder import Folder

LARGEST = 28 * MIB


def check_usb(usb: Path) -> None:
    """Check a folder that starts from a disk and the single page in it, and say what that page is made of.

    Raises
    ------
    BuildError
        If anything is wrong, with every finding.
    """
    made = read_folder(usb)
    findings = [
        *(f"{SINGLE} is not there" for _ in range(SINGLE not in made.files)),
        *(f"{name} names {address}" for name, text in made.texts.items() for address in _foreign(name, text)),
        *broken_links(made),
        *_broken_pages(made),
        *_damaged(made),
        *_leftovers(made),
        *_oversized(made),
    ]
    if findings:
        raise BuildError("\n  ".join([f"{usb} does not pass:", *findings]))
    say(f"Checked {len(made.pages)} pages that need no server; {_parts(made)}")


def _foreign(name: str, text: str) -> list[str]:
    return foreign_addresses(name, PAYLOAD.sub("", text))


def _broken_pages(made: Folder) -> Iterator[str]:
    for name, page in made.pages.items():
        yield from (f"{name}: {fault}" for fault in page.faults)
        if json_of(page, "manifest").get("worker"):
            yield f"{name} has a manifest that names a worker, which a page from a disk cannot load"
    alone = made.pages.get(SINGLE)
    for link in sorted(alone.links if alone else ()):
        if not link.startswith(("#", "?", "data:")):
            yield f"{SINGLE} names {link}, and has nothing beside it"


def _damaged(made: Folder) -> Iterator[str]:
    """Look whether each page has what its manifest lists, and whether that is what the web's pages fetch."""
    for name, page in made.pages.items():
        for file, entry in json_of(page, "manifest").get("files", {}).items():
            script = made.texts.get(name if name == SINGLE else f"{entry['url']}.js", "")
            content = _payloads(script).get(file)
            if content is None:
                yield f"{name} comes without {file}"
            elif len(content) != entry["size"] or _digest(content) not in entry["url"]:
                yield f"{name}: {file} is not {entry['url']}: its SHA-256 begins with {_digest(content)}"


def _leftovers(made: Folder) -> Iterator[str]:
    """Find what no page loads by itself or when its worker asks."""
    named: set[str] = set()
    for page in made.pages.values():
        named |= page.links | {
            f"{file['url']}.js" for file in json_of(page, "manifest").get("files", {}).values()
        }
    yield from (
        f"{name} is named by nothing" for name in sorted(made.files.keys() - made.pages.keys() - named)
    )


def _oversized(made: Folder) -> Iterator[str]:
    if len(made.files.get(SINGLE, b"")) > LARGEST:
        yield _parts(made)


def _parts(made: Folder) -> str:
    """Return how big the single page is, and its largest scripts."""
    text = made.texts[SINGLE]
    sizes = {match[1]: len(match[0]) for match in PAYLOAD.finditer(text)}
    sizes["the page itself"] = len(made.files[SINGLE]) - sum(sizes.values())
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    parts = ", ".join(f"{name} {size / MIB:.1f}" for name, size in largest)
    return f"{SINGLE} has {len(made.files[SINGLE]) / MIB:.1f} MiB of {LARGEST / MIB:.0f}: {parts}"


def _payloads(script: str) -> dict[str, bytes]:
    """Return the files that scripts hand over, unpacked; one that is damaged is empty."""
    return {match[1]: _unpacked(match[2]) for match in PAYLOAD.finditer(script)}


def _unpacked(text: str) -> bytes:
    try:
        return gzip.decompress(base64.b64decode(text, validate=True))
    except (ValueError, EOFError, OSError, zlib.error):
        return b""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]
