from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.site.small_repository import DEMOS, World

from fallline_site import build as building
from fallline_site.build import MADE_FROM, MADE_FROM_FILES, build
from fallline_site.errors import BuildError

if TYPE_CHECKING:
    from tests.site.conftest import Make

ROOT = Path(__file__).parents[2]


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
    pages = {name for name in files if name.endswith(".html")}
    assert pages == {"index.html", "race.html", "slope.html", "take/fallline.html"}
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
