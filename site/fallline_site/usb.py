"""The site without a server: a folder that starts from a disk, and a single page that can be mailed.

Browsers let a page from a disk load classic scripts and nothing else. So everything that the web's pages fetch stands
in such scripts: the worker as a text, each of Python's files packed and as base64. `static/embedded_page.js` reads them.
"""

from __future__ import annotations

import base64
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from fallline_site.errors import BuildError
from fallline_site.frontend import bundle
from fallline_site.pages import Shell, in_style, json_in_html, write_pages, write_single_page
from fallline_site.publish import take_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fallline_site.image import Kept

SINGLE = "fallline.html"
# Where a host has the single page, for visitors to take away.
TAKEN = f"take/{SINGLE}"
WORKER = "embedded_worker.js"
# What Python starts from where the image does not. A single page goes without: it would be too big to be mailed, and
# its image cannot be that of another engine than the one beside it.
LATE = frozenset({"stdlib", "vendor", "source"})


@dataclass(frozen=True)
class Web:
    """The site that was made for a server: its folder, and what its pages say to their JavaScript."""

    folder: Path
    manifest: Mapping[str, Any]


def write_usb(site: Path, pyodide: Path, made: Kept, web: Web, out: Path) -> None:
    """Write the folder of pages, and the single page into it, out of the files of the web's site."""
    assets = bundle(site, pyodide, out / "assets", "usb")
    assets[WORKER] = _hide(out / "assets" / assets.pop("worker.js"))
    single = take_text(out / "assets" / assets.pop("single.js"))
    payloads = {name: payload_script(name, packed(web, name)) for name in web.manifest["files"]}
    _write_folder(site, made, web, assets, payloads, out)
    texts = {name: (out / "assets" / path).read_text(encoding="utf-8") for name, path in assets.items()}
    _write_single(site, made, web, texts | {"single.js": single}, payloads, out)


def packed(web: Web, name: str) -> bytes:
    """Return one of Python's files as the web's pages fetch it."""
    return (web.folder / f"{web.manifest['files'][name]['url']}.gz").read_bytes()


def payload_script(name: str, content: bytes) -> str:
    """Return the script that hands a file to the page; it may run before or after the page's own."""
    return f'(self.embedded??=[]).push(["{name}","{base64.b64encode(content).decode("ascii")}"])'


# What `payload_script` returns: a name, and base64.
PAYLOAD = re.compile(r'\(self\.embedded\?\?=\[\]\)\.push\(\["(\w+)","([\w+/=]*)"\]\)')


def offer_single(usb: Path, web: Path) -> None:
    """Lay the single page beside the web's pages; it is packed inside, and compressing it once more gains little."""
    taken = web / TAKEN
    taken.parent.mkdir()
    shutil.copyfile(usb / SINGLE, taken)


def worker_script(text: str) -> str:
    """Return the script that holds the worker's."""
    return f"self.embeddedWorker={json_in_html(text)}"


def in_script(text: str) -> Markup:
    """Return JavaScript that cannot end the script element it stands in.

    Raises
    ------
    BuildError
        If it would have to be changed for that in a way that might change what it does.
    """
    if "</script" in text.lower():
        raise BuildError("JavaScript with </script in it cannot stand in a page; esbuild writes <\\/script")
    # With it, <script would begin another element inside this one. Code has no such thing, only texts and patterns.
    return Markup(text.replace("<!--", "\\x3c!--"))


def _hide(worker: Path) -> str:
    """Put the worker's script into one that holds it as a text, and return that one's name."""
    script = worker.with_name(f"embedded_{worker.name}")
    script.write_text(worker_script(take_text(worker)), encoding="utf-8")
    return script.name


def _write_folder(
    site: Path, made: Kept, web: Web, assets: Mapping[str, str], payloads: Mapping[str, str], out: Path
) -> None:
    files = web.manifest["files"]
    for name, script in payloads.items():
        (out / f"{files[name]['url']}.js").write_text(script, encoding="ascii")
    late = {name: {**file, "late": True} if name in LATE else file for name, file in files.items()}
    parts = {
        "assets": {name: f"assets/{path}" for name, path in assets.items()},
        "payloads": {name: f"{files[name]['url']}.js" for name in payloads if name not in LATE},
    }
    write_pages(site, made, Shell("folder", _manifest(web, late), {**parts, "single": SINGLE}), out)


def _write_single(
    site: Path, made: Kept, web: Web, texts: Mapping[str, str], payloads: Mapping[str, str], out: Path
) -> None:
    icon = base64.b64encode(texts["icon.svg"].encode()).decode("ascii")
    parts = {
        "texts": {n: in_style(t) if n.endswith(".css") else in_script(t) for n, t in texts.items()},
        "icon": f"data:image/svg+xml;base64,{icon}",
        "payloads": [in_script(script) for name, script in payloads.items() if name not in LATE],
    }
    files = {name: file for name, file in web.manifest["files"].items() if name not in LATE}
    write_single_page(site, made, Shell("single", _manifest(web, files), parts), out / SINGLE)


def _manifest(web: Web, files: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{key: value for key, value in web.manifest.items() if key not in ("worker", "offline")},
        "files": files,
    }
