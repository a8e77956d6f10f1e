"""Checks the built site as a visitor would get it: nothing foreign, nothing missing, nothing left over, not too big."""

from __future__ import annotations

import gzip
import hashlib
import re
import zipfile
import zlib
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from fallline_site.addresses import foreign_addresses
from fallline_site.budgets import oversized, weights
from fallline_site.check_offline import wrong_precache
from fallline_site.errors import BuildError
from fallline_site.folder import base_name, json_of, read_folder
from fallline_site.frontend import bokehjs_version
from fallline_site.lock import read_lock
from fallline_site.progress import say
from fallline_site.publish import PACKED
from fallline_site.usb import PAYLOAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fallline_site.folder import Folder

CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")


def check(root: Path) -> None:
    """Check `site/dist/web`.

    Raises
    ------
    BuildError
        If anything is wrong, with every finding.
    """
    site = root / "site"
    check_folder(site / "dist" / "web", bokeh_versions(site))


def bokeh_versions(site: Path) -> dict[str, str]:
    """Return the version of Bokeh by the file that pins it; the front end and Python must have the same."""
    lock = read_lock(site / "runtime.lock.json")
    return {
        "runtime.lock.json": lock.versions().get("bokeh", "none"),
        "package-lock.json": bokehjs_version(site),
    }


def check_folder(web: Path, bokeh: Mapping[str, str]) -> None:
    """Check a folder of pages and assets, and say what a first visit fetches."""
    if not (web / "index.html").is_file():
        raise BuildError(f"{web} has no index.html: build the site first")
    made = read_folder(web)
    findings = [
        *_foreign(made),
        *_broken_pages(made, bokeh),
        *broken_links(made),
        *_wrong(made),
        *_leftovers(made),
        *wrong_precache(made),
        *oversized(made),
    ]
    if findings:
        raise BuildError("\n  ".join([f"{web} does not pass:", *findings]))
    say(f"Checked {len(made.pages)} pages; {weights(made)}")


def _foreign(made: Folder) -> Iterator[str]:
    for name, text in made.texts.items():
        yield from (
            f"{name} names {address}" for address in foreign_addresses(base_name(name), PAYLOAD.sub("", text))
        )
    for name, content in made.files.items():
        if name.endswith(".zip"):
            yield from _foreign_in_archive(name, content)


def _foreign_in_archive(name: str, content: bytes) -> Iterator[str]:
    """Look at what of an archive may be put into a page; Python's own text never is."""
    if not zipfile.is_zipfile(BytesIO(content)):
        yield f"{name} is no zip archive"
        return
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for member in archive.namelist():
            if member.endswith((".css", ".js", ".mjs")):
                text = archive.read(member).decode("utf-8", "replace")
                yield from (f"{name}/{member} names {address}" for address in foreign_addresses(member, text))


def _broken_pages(made: Folder, bokeh: Mapping[str, str]) -> Iterator[str]:
    for name, page in made.pages.items():
        yield from (f"{name}: {fault}" for fault in page.faults)
        if not page.title or not page.lang or page.headings != 1:
            yield f"{name} needs a title, a lang and one h1; got {page.title!r}, {page.lang!r} and {page.headings}"
        version = json_of(page, "document").get("version", "none")
        for pin, pinned in bokeh.items():
            if version != pinned:
                yield f"{name}: its document is of Bokeh {version}, {pin} has {pinned}; relock --bokeh sets both"


def _wrong(made: Folder) -> Iterator[str]:
    for name, page in made.pages.items():
        yield from _wrong_files(name, json_of(page, "manifest"), made)


def broken_links(made: Folder) -> Iterator[str]:
    """Find what a page or a style sheet leads to that is not there."""
    for name, page in made.pages.items():
        yield from _dangling(name, {*page.links, *CSS_URL.findall(page.style)}, made)
    for name, text in made.texts.items():
        if name.endswith(".css"):
            yield from _dangling(name, CSS_URL.findall(text), made)


def _dangling(name: str, links: Any, made: Folder) -> Iterator[str]:
    for link in sorted(links):
        address = urlsplit(link)
        path = normpath(join(dirname(name), unquote(address.path)))
        ours = address.path and not address.scheme and not address.netloc
        if ours and not made.files.keys() & {path, normpath(join(path, "index.html"))}:
            yield f"{name} names {link}, which is not there"


def _wrong_files(name: str, manifest: Mapping[str, Any], made: Folder) -> Iterator[str]:
    if not manifest.get("worker") or not manifest.get("files"):
        yield f"{name} has no manifest with a worker and files"
        return
    if manifest["worker"] not in made.files:
        yield f"{name} names {manifest['worker']}, which is not there"
    for file in manifest["files"].values():
        yield from _wrong_file(name, file["url"], file["size"], made)


def _wrong_file(name: str, url: str, size: int, made: Folder) -> Iterator[str]:
    content = made.files.get(url)
    if content is None:
        yield f"{name} names {url}, which is not there"
        return
    sha256 = hashlib.sha256(content).hexdigest()
    if len(content) != size:
        yield f"{name} says that {url} has {size} bytes, it has {len(content)}"
    if sha256[:10] not in base_name(url):
        yield f"{url} is not what its name says: its SHA-256 is {sha256}"


def _leftovers(made: Folder) -> Iterator[str]:
    left = {name for name in made.files if name.startswith("assets/")} - made.reached(*made.pages)
    packed = {name for name in left if name.endswith(PACKED) and name[:-3] in made.files}
    yield from (f"{name} is named by nothing" for name in sorted(left - packed))
    for name in sorted(packed):
        if name.endswith(".gz"):
            yield from _wrong_packed(name, made)


def _wrong_packed(name: str, made: Folder) -> Iterator[str]:
    try:
        content = gzip.decompress(made.files[name])
    except (OSError, EOFError, zlib.error) as error:
        yield f"{name} cannot be unpacked: {error}"
        return
    if content != made.files[name[:-3]]:
        yield f"{name} unpacks to something else than {name[:-3]}"
