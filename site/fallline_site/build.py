"""The build from pins to pages, step by step; what has not changed since the last time is not made again."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

from fallline_site.archives import pack_sources, pack_vendor
from fallline_site.check import bokeh_versions, check_folder
from fallline_site.check_usb import check_usb
from fallline_site.fetch import fetch_runtime
from fallline_site.frontend import bundle, install_packages, require_node
from fallline_site.image import compile_archives, keep_image
from fallline_site.lock import read_lock
from fallline_site.offline import SERVICE_WORKER, write_precache
from fallline_site.pages import Shell, in_style, write_pages
from fallline_site.progress import say, step
from fallline_site.publish import compress, publish, take_text
from fallline_site.trimmed import wanted_models
from fallline_site.usb import TAKEN, Web, offer_single, write_usb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
KINDS = ("web", "usb")
MADE_FROM = (
    "core/fallline",
    "app/fallline_app",
    "site/fallline_site",
    "site/inside",
    "site/pages",
    "site/static",
)
MADE_FROM_FILES = (
    *("bundle.mjs", "compile.mjs", "compress.mjs", "deterministic.mjs", "image.mjs", "pyodide_node.mjs"),
    *("package.json", "package-lock.json", "runtime.lock.json"),
)


def build(root: Path) -> None:
    """Build `site/dist/web` and `site/dist/usb`, unless they are as new as everything that they are made from."""
    site = root / "site"
    dist, stamp = site / "dist", site / "dist" / "web.stamp"
    state = _state(root)
    built = all((dist / kind).is_dir() for kind in KINDS)
    if built and stamp.is_file() and stamp.read_text(encoding="utf-8") == state:
        say("The site is up to date")
        return
    _build(root, site / ".cache")
    check_folder(site / ".cache" / "web", bokeh_versions(site))
    check_usb(site / ".cache" / "usb")
    _replace(dist, site / ".cache")
    stamp.write_text(state, encoding="utf-8")
    say(f"The site is in {dist / 'web'}; to start it by double-click, {dist / 'usb'}")


def _replace(dist: Path, made: Path) -> None:
    """Put the new site, whole and checked, in the place of the old one, which stays until then."""
    dist.mkdir(parents=True, exist_ok=True)
    # Without its stamp, what an interrupt leaves here is made again.
    (dist / "web.stamp").unlink(missing_ok=True)
    for kind in KINDS:
        _remove(dist / kind)
        (made / kind).rename(dist / kind)


def _build(root: Path, cache: Path) -> None:
    site = root / "site"
    require_node()
    fetched = fetch_runtime(read_lock(site / "runtime.lock.json"), cache / "runtime")
    pyodide = _gather(fetched, cache / "pyodide")
    sources = _pack(root, fetched, cache / "sources") | {"stdlib": pyodide / "python_stdlib.zip"}
    install_packages(site)
    out = cache / "web"
    for kind in KINDS:
        _remove(cache / kind)
    assets = bundle(site, pyodide, out / "assets")
    style = take_text(out / "assets" / assets.pop("page.css"))
    archives = compile_archives(site, pyodide, sources, cache / "archives")
    kept = keep_image(site, pyodide, archives, cache / "image")
    files = publish(kept.files, out)
    compress(site, out, cache / "packed")
    manifest = {
        "worker": f"assets/{assets['worker.js']}",
        "files": {name: {**file, "packed": _size(out / f"{file['url']}.gz")} for name, file in files.items()},
        "info": json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))["info"],
        "imports": kept.imports,
        "offline": SERVICE_WORKER,
    }
    addresses = {name: f"assets/{path}" for name, path in assets.items()}
    parts = {"assets": addresses, "style": in_style(style), "single": TAKEN}
    write_pages(site, kept, Shell("web", manifest, parts), out)
    write_precache(addresses.values(), files, out)
    compress(site, out, cache / "packed")
    write_usb(site, pyodide, kept, Web(out, manifest), cache / "usb")
    offer_single(cache / "usb", out)


def _size(path: Path) -> int:
    return path.stat().st_size


def _pack(root: Path, fetched: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    packed = {"vendor": folder / "vendor.zip", "source": folder / "source.zip"}
    with step("Packing Python packages"):
        wheels = {name: path for name, path in fetched.items() if name.endswith(".whl")}
        pack_vendor(wheels, packed["vendor"], wanted_models(root / "site" / "static" / "bokeh.js"))
        pack_sources(root, packed["source"])
    return packed


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _gather(fetched: Mapping[str, Path], folder: Path) -> Path:
    """Lay Pyodide's files side by side under their own names, as its loader expects them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PYODIDE:
        shutil.copyfile(fetched[name], folder / name)
    return folder


def _state(root: Path) -> str:
    digest = hashlib.sha256()
    for path in _inputs(root):
        digest.update(f"{path.relative_to(root)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _inputs(root: Path) -> Iterator[Path]:
    for folder in MADE_FROM:
        yield from sorted(
            path for path in (root / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"
        )
    yield from (root / "site" / name for name in MADE_FROM_FILES)
