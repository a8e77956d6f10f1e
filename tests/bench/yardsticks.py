"""What the site is compared with: the app as Pyodide's documentation would start it, and a plot without Python.

Both are made of files that the build has fetched already, as they were published.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from fallline_site.archives import pack_sources
from fallline_site.build import PYODIDE
from fallline_site.fetch import fetch_runtime
from fallline_site.frontend import run_tool
from fallline_site.lock import read_lock

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent / "plain"
OWN = ("numpy", "contourpy")  # what Pyodide's lock names and its loader finds by itself
SCRIPTS = {
    "bokeh": ("bokeh/server/static/js/", ("bokeh.min.js", "bokeh-widgets.min.js", "bokeh-tables.min.js")),
    "panel": ("panel/dist/", ("panel.min.js",)),
}
# What hosts compress by themselves; the same is granted to the yardsticks.
TEXTS = (".html", ".css", ".js", ".mjs", ".json", ".wasm")
DOCUMENT = re.compile(r'<script id="document"[^>]*>(.*?)</script>', re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def make_yardsticks(root: Path, out: Path) -> None:
    """Write `plain.html` and `bare.html` and all that they load into the folder `out`."""
    site = root / "site"
    lock = read_lock(site / "runtime.lock.json")
    fetched = fetch_runtime(lock, site / ".cache" / "runtime")
    shutil.rmtree(out, ignore_errors=True)
    for folder in ("pyodide", "wheels"):
        (out / folder).mkdir(parents=True)
    _copy_python(fetched, {file.package: file.name for file in lock.files}, out)
    pack_sources(root, out / "source.zip")
    scripts = _copy_scripts(fetched, {file.package: file.name for file in lock.files}, out)
    run_tool(["node", str(HERE / "bundle.mjs"), str(site), str(out)], site)
    shutil.copyfile(HERE / "plain_worker.js", out / "plain_worker.js")
    _write_pages(site / "dist" / "web", scripts, out)
    for path in [path for path in out.rglob("*") if path.suffix in TEXTS]:
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))


def _copy_python(fetched: Mapping[str, Path], names: Mapping[str, str], out: Path) -> None:
    engine = {*PYODIDE, *(names[package] for package in OWN)}
    wheels = sorted(name for name in fetched if name.endswith(".whl") and name not in engine)
    for name in engine:
        shutil.copyfile(fetched[name], out / "pyodide" / name)
    for name in wheels:
        shutil.copyfile(fetched[name], out / "wheels" / name)
    (out / "wheels.json").write_text(json.dumps({"own": OWN, "wheels": wheels}), encoding="utf-8")


def _copy_scripts(fetched: Mapping[str, Path], names: Mapping[str, str], out: Path) -> list[str]:
    for package, (folder, scripts) in SCRIPTS.items():
        with zipfile.ZipFile(fetched[names[package]]) as wheel:
            for script in scripts:
                (out / script).write_bytes(wheel.read(folder + script))
    return [script for _, scripts in SCRIPTS.values() for script in scripts]


def _write_pages(web: Path, scripts: list[str], out: Path) -> None:
    text = (web / "race.html").read_text(encoding="utf-8")
    found, style = DOCUMENT.search(text), STYLE.search(text)
    if found is None or style is None:
        raise ValueError(f"{web / 'race.html'} has no document or no style: build the site first")
    (out / "page.css").write_text(style[1], encoding="utf-8")
    font = next((web / "assets").glob("*.woff2"))
    (out / "assets").mkdir()
    shutil.copyfile(font, out / "assets" / font.name)
    page = Environment(loader=FileSystemLoader(HERE), autoescape=True).get_template("page.html")
    plain = page.render(title="Plain", scripts=scripts, main="plain.js", places=["map", "curve", "settings"])
    bare = page.render(
        title="Bare",
        scripts=scripts[:1],
        main="bare.js",
        places=["map", "curve"],
        document=Markup(found[1]),
    )
    (out / "plain.html").write_text(plain, encoding="utf-8")
    (out / "bare.html").write_text(bare, encoding="utf-8")
