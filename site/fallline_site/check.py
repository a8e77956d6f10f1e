"""Checks the built site as a visitor would get it: nothing foreign, nothing missing, nothing left over, not too big."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from fallline_site.addresses import foreign_addresses, plain_name
from fallline_site.errors import BuildError
from fallline_site.frontend import bokehjs_version
from fallline_site.lock import read_lock
from fallline_site.page_reader import Page, read_page
from fallline_site.progress import say
from fallline_site.publish import PACKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

KIB, MIB = 1024, 1024**2
# All that a first visit fetches, by how its host packs files, and the memory that Python then has.
FIRST_PAGE = {".br": 14 * MIB, ".gz": 20 * MIB}
HEAP = 64 * MIB
LARGEST = {"page.js": 900 * KIB, ".html": 600 * KIB}
# What is fetched only where the image does not start.
FALLBACK = ("python_stdlib.zip", "source.zip", "vendor.zip")

READ_BY_BROWSERS = (".html", ".css", ".js", ".mjs", ".json", ".svg")
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
        *_oversized(made),
    ]
    if findings:
        raise BuildError("\n  ".join([f"{web} does not pass:", *findings]))
    say(
        f"Checked {len(made.pages)} pages; a first visit fetches {' or '.join(_parts(made, p) for p in FIRST_PAGE)}"
    )


@dataclass(frozen=True)
class Folder:
    """The files of a site by their path, and what they say."""

    files: dict[str, bytes]

    @cached_property
    def texts(self) -> dict[str, str]:
        """What browsers read as text."""
        return {
            name: content.decode("utf-8", "replace")
            for name, content in self.files.items()
            if name.endswith(READ_BY_BROWSERS)
        }

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages, parsed."""
        return {name: read_page(text) for name, text in self.texts.items() if name.endswith(".html")}

    def reached(self, *names: str) -> set[str]:
        """Return these files and every asset that they name, or that one of those names."""
        found, new = set(names), list(names)
        while new:
            text = self.texts.get(new.pop(), "")
            named = {
                name for name in self.files if name.startswith("assets/") and _base(name) in text
            } - found
            found |= named
            new += named
        return found


def read_folder(folder: Path) -> Folder:
    """Read every file of a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return Folder({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def _foreign(made: Folder) -> Iterator[str]:
    for name, text in made.texts.items():
        yield from (f"{name} names {address}" for address in foreign_addresses(name, text))
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
    if sha256[:10] not in _base(url):
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


def _oversized(made: Folder) -> Iterator[str]:
    for name, content in made.files.items():
        for kind, limit in LARGEST.items():
            if plain_name(name).endswith(kind) and len(content) > limit:
                yield f"{name} has {len(content):,} bytes, at most {limit:,} are allowed"
    for packing, limit in FIRST_PAGE.items():
        if sum(_sizes(made, packing).values()) > limit:
            yield f"a first visit fetches {_parts(made, packing)}"
    for name, text in made.texts.items():
        if plain_name(name) == "image.json" and json.loads(text)["heap"] > HEAP:
            yield f"Python starts with {json.loads(text)['heap'] / MIB:.1f} MiB, at most {HEAP / MIB:.0f} are allowed"


def _sizes(made: Folder, packing: str) -> dict[str, int]:
    """Return what a first visit fetches from a host that packs files like this, by file."""
    first = {name for name in made.reached("index.html") if not name.endswith(PACKED)}
    return {
        name: len(made.files.get(name + packing, made.files[name]))
        for name in first
        if plain_name(name) not in FALLBACK
    }


def _parts(made: Folder, packing: str) -> str:
    sizes = _sizes(made, packing)
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    parts = ", ".join(f"{plain_name(name)} {size / MIB:.1f}" for name, size in largest)
    total, limit = sum(sizes.values()) / MIB, FIRST_PAGE[packing] / MIB
    return f"{total:.1f} MiB of {limit:.0f} as {packing}: {parts}, …"


def json_of(page: Page, key: str) -> dict[str, Any]:
    """Return a page's JSON, empty where there is none that can be read."""
    try:
        value = json.loads(page.data.get(key, ""))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _base(name: str) -> str:
    return name.rpartition("/")[2]
