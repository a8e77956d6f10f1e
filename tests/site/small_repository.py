"""A repository of two pages, and what it is built with: quick, counted, and made to fail where a test asks for it."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fallline_site.build import MADE_FROM_FILES, PYODIDE
from fallline_site.image import Kept
from fallline_site.lock import Lock, RuntimeFile, Source, write_lock
from fallline_site.offline import SERVICE_WORKER
from fallline_site.trimmed import wanted_models
from fallline_site.usb import SINGLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.site.conftest import Make

    from fallline_site.usb import Web

ENTRIES = ("page.js", "worker.js", "page.css", "icon.svg")
TEMPLATE = """<!doctype html>
<html lang="en"><head><title>{{ demo.title }}</title><link rel="icon" href="{{ assets['icon.svg'] }}">
<style>{{ style }}</style><script src="{{ assets['page.js'] }}"></script>
<script id="manifest" type="application/json">{{ manifest | json_in_html }}</script></head>
<body><h1>{{ demo.sentence }}</h1>{% for demo in demos %}<a href="{{ demo.name }}.html">{{ demo.title }}</a>{% endfor %}
<script id="document" type="application/json">{{ document | json_in_html }}</script></body></html>
"""
DEMOS: list[dict[str, Any]] = [
    {"name": name, "title": name.title(), "sentence": "Race.", "lead": "Go.", "home": name == "race"}
    for name in ("slope", "race")
]


class World:
    """A repository in small, and tools that are quick, count what they are asked for, and can be told to fail."""

    def __init__(self, root: Path, make: Make) -> None:
        self.root = root
        self.make = make
        self.bokeh = "3.9.2"
        self.demos = DEMOS
        self.heap = b"memory"
        self.bundled = 0
        self.failure: BaseException | None = None
        self.web = root / "site/dist/web"
        for name in ("core/fallline/__init__.py", "app/fallline_app/__init__.py", "site/static/page.js"):
            self.write(name, "")
        self.write("site/static/bokeh.js", 'import { Plot } from "@bokehjs/models/plots/plot"')
        for name in MADE_FROM_FILES:
            self.write(f"site/{name}", "")
        self.write("site/pages/page.html", TEMPLATE)
        self.write("site/pages/home.html", TEMPLATE.replace("<body>", "<body>Home"))
        packages = {"packages": {"node_modules/@bokeh/bokehjs": {"version": "3.9.2"}}}
        self.write("site/package-lock.json", json.dumps(packages))
        source = (Source("pypi", "bokeh==3.9.2"),)
        write_lock(
            Lock((RuntimeFile("bokeh.whl", "bokeh", "3.9.2", "0" * 64, 1, source),)),
            root / "site/runtime.lock.json",
        )

    def write(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.web.rglob("*") if path.is_file())
        return {path.relative_to(self.web).as_posix(): path.read_bytes() for path in paths}

    def fetch(self, lock: Lock, cache: Path) -> dict[str, Path]:
        cache.mkdir(parents=True, exist_ok=True)
        models = "".join(f"class {name}: ...\n" for name in wanted_models(self.root / "site/static/bokeh.js"))
        wheel = self.make.wheel({"bokeh/__init__.py": b"", "bokeh/models/all.py": models.encode()})
        archives = {"python_stdlib.zip": wheel, "bokeh-3.whl": wheel}
        contents = {**dict.fromkeys(PYODIDE, b"engine"), **archives, "pyodide-lock.json": b'{"info": {}}'}
        for name, content in contents.items():
            (cache / name).write_bytes(content)
        return {name: cache / name for name in contents}

    def bundle(self, site: Path, pyodide: Path, out: Path, kind: str = "web") -> dict[str, str]:
        self.bundled += 1
        made = {name: f"{Path(name).stem}.AAAAAAAA{Path(name).suffix}" for name in ENTRIES}
        out.mkdir(parents=True)
        for name in made.values():
            (out / name).write_text("a { b: '</style>' }" if name.endswith(".css") else "", encoding="utf-8")
        (out.parent / SERVICE_WORKER).write_text("precache", encoding="utf-8")
        return made

    def write_usb(self, site: Path, pyodide: Path, made: Kept, web: Web, out: Path) -> None:
        out.mkdir()
        for name in ("index.html", SINGLE):
            (out / name).write_text("starts from a disk", encoding="utf-8")

    def compile(self, site: Path, pyodide: Path, sources: Mapping[str, Path], out: Path) -> dict[str, Path]:
        out.mkdir(parents=True, exist_ok=True)
        return {name: Path(shutil.copy(path, out)) for name, path in sources.items()}

    def keep(self, site: Path, pyodide: Path, archives: Mapping[str, Path], out: Path) -> Kept:
        if self.failure is not None:
            raise self.failure
        contents = {"heap": ("heap.bin", self.heap), "image": ("image.json", b'{"heap": 1, "runs": []}')}
        out.mkdir(parents=True, exist_ok=True)
        for name, content in contents.values():
            (out / name).write_bytes(content)
        names = [str(demo["name"]) for demo in self.demos]
        documents: dict[str, Any] = {name: {"version": self.bokeh, "title": "</script><b>"} for name in names}
        return Kept(
            self.demos,
            documents,
            {name: {"summary": "Nobody runs."} for name in names},
            300,
            {**archives, **{key: out / name for key, (name, _) in contents.items()}},
        )

    def compress(self, site: Path, folder: Path, cache: Path) -> None:
        for path in list(folder.rglob("*.*")):
            if path.suffix != ".gz":
                path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
