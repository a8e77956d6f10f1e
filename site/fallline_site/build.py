"""The build from pins to pages, step by step; what has not changed since the last time is not made again."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING, Any

from fallline_site.archives import pack_sources, pack_vendor
from fallline_site.check import bokeh_versions, check_folder
from fallline_site.fetch import fetch_runtime
from fallline_site.frontend import bundle, install_packages, require_node
from fallline_site.lock import read_lock
from fallline_site.pages import write_pages
from fallline_site.prerender import prerender
from fallline_site.progress import say, step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
MADE_FROM = ("core/fallline", "app/fallline_app", "site/fallline_site", "site/pages", "site/static")
MADE_FROM_FILES = ("bundle.mjs", "package.json", "package-lock.json", "prerender.mjs", "runtime.lock.json")


def build(root: Path) -> None:
    """Build `site/dist/web`, unless it is as new as everything that it is made from."""
    site = root / "site"
    web, stamp = site / "dist" / "web", site / "dist" / "web.stamp"
    state = _state(root)
    if web.is_dir() and stamp.is_file() and stamp.read_text(encoding="utf-8") == state:
        say("The site is up to date")
        return
    made = _build(root, site / ".cache")
    check_folder(made, bokeh_versions(site))
    _replace(web, made)
    stamp.write_text(state, encoding="utf-8")
    say(f"The site is in {web}")


def _replace(web: Path, made: Path) -> None:
    """Put the new site, whole and checked, in the place of the old one, which stays until then."""
    web.parent.mkdir(parents=True, exist_ok=True)
    # Without its stamp, what an interrupt leaves here is made again.
    web.with_name("web.stamp").unlink(missing_ok=True)
    _remove(web)
    made.rename(web)


def _build(root: Path, cache: Path) -> Path:
    site = root / "site"
    require_node()
    fetched = fetch_runtime(read_lock(site / "runtime.lock.json"), cache / "runtime")
    pyodide = _gather(fetched, cache / "pyodide")
    vendor, source = _pack(root, fetched, cache / "packages")
    install_packages(site)
    out = cache / "web"
    _remove(out)
    assets = bundle(site, pyodide, out / "assets")
    made = prerender(site, pyodide, [vendor, source])
    files = {
        "wasm": pyodide / "pyodide.asm.wasm",
        "stdlib": pyodide / "python_stdlib.zip",
        "vendor": vendor,
        "source": source,
    }
    manifest = {
        "worker": f"assets/{assets['worker.js']}",
        "files": {name: _publish(path, out) for name, path in files.items()},
        "lock": made.lock,
    }
    write_pages(site, made, manifest, {name: f"assets/{path}" for name, path in assets.items()}, out)
    return out


def _pack(root: Path, fetched: Mapping[str, Path], folder: Path) -> tuple[Path, Path]:
    vendor, source = folder / "vendor.zip", folder / "source.zip"
    with step("Packing Python packages"):
        pack_vendor({name: path for name, path in fetched.items() if name.endswith(".whl")}, vendor)
        pack_sources(root, source)
    return vendor, source


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _gather(fetched: Mapping[str, Path], folder: Path) -> Path:
    """Lay Pyodide's files side by side under their own names, as its loader expects them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PYODIDE:
        shutil.copyfile(fetched[name], folder / name)
    return folder


def _publish(path: Path, out: Path) -> dict[str, Any]:
    """Copy a file under a name that changes with its content, so that hosts may cache it for ever."""
    content = path.read_bytes()
    name = f"assets/{path.stem}.{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"
    (out / name).write_bytes(content)
    return {"url": name, "size": len(content)}


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
