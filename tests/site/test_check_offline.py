from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fallline_site.check_offline import wrong_precache
from fallline_site.folder import read_folder
from fallline_site.offline import SERVICE_WORKER, version_of, write_precache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MANIFEST = {"offline": SERVICE_WORKER, "files": {"heap": {"url": "assets/heap.bin", "size": 6}}}
PAGE = """<!doctype html><html lang="en"><head><script src="assets/page.js"></script>
<script id="manifest" type="application/json">{}</script></head></html>"""
FILES = {
    "index.html": PAGE.format(json.dumps(MANIFEST)),
    "index.html.gz": "packed page",
    "assets/page.js": "import 'worker.js' // page.txt",
    "assets/page.js.br": "packed script",
    "assets/page.txt": "licence",
    "assets/worker.js": "",
    "assets/heap.bin": "memory",
    "assets/heap.bin.gz": "packed",
    SERVICE_WORKER: "listen(PRECACHE)",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    write_precache(["assets/page.js", "assets/worker.js"], MANIFEST["files"], tmp_path)  # type: ignore[arg-type]
    return tmp_path


def findings(site: Path) -> list[str]:
    return list(wrong_precache(read_folder(site)))


def rewrite(site: Path, change: Callable[[dict[str, str]], object]) -> None:
    """Change the list and give it the version that it then has."""
    head, _, code = (site / SERVICE_WORKER).read_text(encoding="utf-8").partition(";\n")
    listed: dict[str, Any] = json.loads(head.removeprefix("const PRECACHE="))["files"]
    change(listed)
    precache = json.dumps({"version": version_of(listed), "files": listed})
    (site / SERVICE_WORKER).write_text(f"const PRECACHE={precache};\n{code}", encoding="utf-8")


def test_list_of_the_build_passes(site: Path) -> None:
    assert findings(site) == []


@pytest.mark.parametrize("name", ["index.html", "assets/page.js", "assets/worker.js", "assets/heap.bin.gz"])
def test_file_that_is_missing_in_the_list_is_found(name: str, site: Path) -> None:
    rewrite(site, lambda listed: listed.pop(name))

    assert findings(site) == [f"{SERVICE_WORKER} does not list {name}"]


@pytest.mark.parametrize("name", ["assets/old.js", "assets/page.txt", "assets/heap.bin", "index.html.gz"])
def test_file_that_no_page_asks_for_is_found(name: str, site: Path) -> None:
    rewrite(site, lambda listed: listed.update({name: "sha256-"}))

    assert findings(site) == [f"{SERVICE_WORKER} lists {name}, which no page asks for"]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ("assets/worker.js", "assets/worker.js"),
        ("assets/heap.bin.gz", "assets/heap.bin.gz"),
        ("assets/heap.bin", "assets/heap.bin.gz"),
    ],
)
def test_file_that_changed_after_the_list_was_written_is_found(changed: str, wrong: str, site: Path) -> None:
    (site / changed).write_text("other", encoding="utf-8")

    assert findings(site) == [f"{SERVICE_WORKER} has another hash for {wrong} than the file"]


def test_file_that_was_lost_is_found(site: Path) -> None:
    (site / "assets/heap.bin.gz").unlink()

    assert findings(site) == [f"{SERVICE_WORKER} has another hash for assets/heap.bin.gz than the file"]


def test_version_of_another_list_is_found(site: Path) -> None:
    path = site / SERVICE_WORKER
    text = path.read_text(encoding="utf-8")
    version = text.split('"')[3]
    path.write_text(text.replace(version, "0123456789"), encoding="utf-8")

    (finding,) = findings(site)

    assert finding == f"{SERVICE_WORKER} has version 0123456789, its list has {version}"


@pytest.mark.parametrize("code", ["listen()", "const PRECACHE=[];\nlisten()", ""])
def test_service_worker_without_a_list_is_found(code: str, site: Path) -> None:
    (site / SERVICE_WORKER).write_text(code, encoding="utf-8")

    assert findings(site) == [f"{SERVICE_WORKER} does not begin with a list of files: build the site anew"]


def test_site_that_keeps_nothing_needs_no_list(site: Path) -> None:
    page = site / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace('"offline"', '"other"'), encoding="utf-8")
    (site / SERVICE_WORKER).unlink()

    assert findings(site) == []
