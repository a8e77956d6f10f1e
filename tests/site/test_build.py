from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fallline_site import build as building
from fallline_site.build import MADE_FROM, MADE_FROM_FILES, PYODIDE, build
from fallline_site.errors import BuildError
from fallline_site.image import Kept
from fallline_site.lock import Lock, RuntimeFile, Source, write_lock
from fallline_site.offline import SERVICE_WORKER
from fallline_site.trimmed import wanted_models

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.site.conftest import Make

    from fallline_site.usb import Web

ROOT = Path(__file__).parents[2]

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
        (out / "index.html").write_text("starts from a disk", encoding="utf-8")

    def compile(self, site: Path, pyodide: Path, sources: Mapping[str, Path], out: Path) -> dict[str, Path]:
        out.mkdir(parents=True, exist_ok=True)
        return {name: Path(shutil.copy(path, out)) for name, path in sources.items()}

    def keep(self, site: Path, pyodide: Path, archives: Mapping[str, Path], out: Path) -> Kept:
        if self.failure is not None:
            raise self.failure
        contents = {"heap": ("heap.bin", self.heap), "image": ("image.json", b'{"heap": 1}')}
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


@pytest.fixture
def world(tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(tmp_path, make)
    monkeypatch.setattr(building, "require_node", lambda: None)
    monkeypatch.setattr(building, "install_packages", lambda site: None)
    monkeypatch.setattr(building, "fetch_runtime", made.fetch)
    monkeypatch.setattr(building, "bundle", made.bundle)
    monkeypatch.setattr(building, "compile_archives", made.compile)
    monkeypatch.setattr(building, "keep_image", made.keep)
    monkeypatch.setattr(building, "compress", made.compress)
    monkeypatch.setattr(building, "write_usb", made.write_usb)
    monkeypatch.setattr(building, "check_usb", lambda folder: None)
    return made


def test_site_has_a_page_for_each_demo_and_a_home_that_plays_one(world: World) -> None:
    build(world.root)

    files = world.files()
    assert {name for name in files if name.endswith(".html")} == {"index.html", "race.html", "slope.html"}
    assert files["index.html"] == files["race.html"].replace(b"<body>", b"<body>Home")
    assert files["race.html"] != files["slope.html"]


def test_style_stands_in_the_pages_and_is_no_file(world: World) -> None:
    build(world.root)

    files = world.files()
    assert r"<style>a { b: '<\/style>' }</style>" in files["race.html"].decode()
    assert not [name for name in files if ".css" in name]


def test_manifest_says_where_each_file_is_and_what_it_weighs_on_the_way(world: World) -> None:
    world.heap = bytes(1000)

    build(world.root)

    files = world.files()
    (heap,) = (name for name in files if name.startswith("assets/heap.") and name.endswith(".bin"))
    packed = len(files[f"{heap}.gz"])
    assert packed < 100
    assert f'"heap":{{"url":"{heap}","size":1000,"packed":{packed}}}' in files["race.html"].decode()


def test_every_file_of_the_build_is_one_of_its_inputs() -> None:
    site = ROOT / "site"
    modules = {path.name for path in site.glob("*.mjs")}
    folders = {path.parent.name for path in site.glob("*/*.[jp][sy]")} - {"node_modules"}

    assert modules <= set(MADE_FROM_FILES)
    assert {f"site/{name}" for name in folders} <= set(MADE_FROM)


def test_same_inputs_give_the_same_bytes(world: World) -> None:
    build(world.root)
    first = world.files()
    (world.root / "site/dist/web.stamp").unlink()

    build(world.root)

    assert world.bundled == 2
    assert world.files() == first


def test_second_build_of_the_same_does_nothing(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    build(world.root)
    capsys.readouterr()

    build(world.root)

    assert world.bundled == 1
    assert capsys.readouterr().out == "The site is up to date\n"


@pytest.mark.parametrize(
    "name",
    [
        "core/fallline/new.py",
        "app/fallline_app/__init__.py",
        "site/fallline_site/build.py",
        "site/pages/page.html",
        "site/static/page.js",
        "site/bundle.mjs",
        "site/package.json",
        "site/package-lock.json",
        "site/image.mjs",
        "site/inside/keep.py",
        "site/runtime.lock.json",
    ],
)
def test_changed_input_is_built_again(name: str, world: World) -> None:
    build(world.root)
    path = world.root / name
    world.write(name, (path.read_text(encoding="utf-8") if path.is_file() else "") + "\n")

    build(world.root)

    assert world.bundled == 2


def test_file_that_is_gone_from_the_inputs_is_built_without(world: World) -> None:
    world.write("site/static/old.js", "")
    build(world.root)
    (world.root / "site/static/old.js").unlink()

    build(world.root)

    assert world.bundled == 2


def test_what_python_caches_is_no_input(world: World) -> None:
    build(world.root)
    world.write("core/fallline/__pycache__/arrays.cpython-311.pyc", "")

    build(world.root)

    assert world.bundled == 1


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), BuildError("Python could not start")])
def test_interrupted_build_leaves_the_old_site(failure: BaseException, world: World) -> None:
    build(world.root)
    before = world.files()
    world.write("site/static/page.js", "changed()")
    world.failure = failure

    with pytest.raises(type(failure)):
        build(world.root)

    assert world.files() == before


def test_what_an_interrupted_build_left_is_not_published(world: World) -> None:
    world.failure = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        build(world.root)
    world.write("site/.cache/web/half.html", "<!doctype html>")
    world.write("site/.cache/web/assets/half.js", "")
    world.failure = None

    build(world.root)

    assert not [name for name in world.files() if "half" in name]


def test_build_that_was_interrupted_while_publishing_is_made_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(world.root)
    world.write("site/static/page.js", "changed()")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", interrupt)
        with pytest.raises(KeyboardInterrupt):
            build(world.root)

    build(world.root)

    assert world.bundled == 3
    assert "index.html" in world.files()


def test_site_that_fails_its_check_is_not_published(world: World) -> None:
    world.bokeh = "3.9.1"

    with pytest.raises(BuildError, match=r"document is of Bokeh 3\.9\.1"):
        build(world.root)

    assert world.files() == {}


def test_demo_that_is_gone_has_no_page_any_more(world: World) -> None:
    build(world.root)
    world.demos = DEMOS[1:]
    world.write("app/fallline_app/catalogue.py", "")

    build(world.root)

    assert "slope.html" not in world.files()


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt
