from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fallline_site.offline import SERVICE_WORKER, write_precache

if TYPE_CHECKING:
    from pathlib import Path

# From FIPS 180-2's examples, as an `integrity` attribute says them.
ABC = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
EMPTY = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    for name in (
        "index.html",
        "index.html.gz",
        "race.html",
        "assets/page.js",
        "assets/page.js.br",
        "assets/left.js",
    ):
        (tmp_path / name).write_bytes(b"abc")
    (tmp_path / "assets/heap.bin").write_bytes(b"abc")
    (tmp_path / "assets/heap.bin.gz").write_bytes(b"")
    (tmp_path / SERVICE_WORKER).write_text("listen(PRECACHE)", encoding="utf-8")
    return tmp_path


def read_precache(site: Path) -> dict[str, Any]:
    text = (site / SERVICE_WORKER).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix("const PRECACHE=").partition(";\n")[0])
    return found


def test_list_has_pages_and_what_they_ask_for_and_nothing_else(site: Path) -> None:
    write_precache(["assets/page.js"], {"heap": {"url": "assets/heap.bin"}}, site)

    assert list(read_precache(site)["files"]) == [
        "index.html",
        "race.html",
        "assets/page.js",
        "assets/heap.bin.gz",
    ]


def test_hash_is_the_content_s_and_of_a_packed_file_also_that_of_what_it_unpacks_to(site: Path) -> None:
    write_precache(["assets/page.js"], {"heap": {"url": "assets/heap.bin"}}, site)

    files = read_precache(site)["files"]
    assert files["assets/page.js"] == ABC
    assert files["assets/heap.bin.gz"] == f"{EMPTY} {ABC}"


def test_code_of_the_service_worker_follows_its_list(site: Path) -> None:
    write_precache([], {}, site)

    assert (site / SERVICE_WORKER).read_text(encoding="utf-8").endswith(";\nlisten(PRECACHE)")


@pytest.mark.parametrize("changed", ["race.html", "assets/page.js"])
def test_version_changes_with_any_file(site: Path, changed: str) -> None:
    versions = set()
    for content in (b"abc", b"abd", b"abc"):
        (site / changed).write_bytes(content)
        (site / SERVICE_WORKER).write_text("", encoding="utf-8")
        write_precache(["assets/page.js"], {}, site)
        versions.add(read_precache(site)["version"])

    assert len(versions) == 2
