from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fallline_site.folder import Folder, json_of, read_folder
from fallline_site.page_reader import read_page

if TYPE_CHECKING:
    from pathlib import Path


def test_files_are_read_by_their_path_and_those_for_browsers_as_text(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "heap.bin").write_bytes(b"\x00")
    (tmp_path / "index.html").write_text("<h1>Grüße</h1>", encoding="utf-8")

    made = read_folder(tmp_path)

    assert made.files.keys() == {"index.html", "assets/heap.bin"}
    assert made.texts == {"index.html": "<h1>Grüße</h1>"}
    assert made.pages["index.html"].headings == 1


def test_what_is_reached_is_what_is_named_however_far_away_and_in_a_circle() -> None:
    files = {
        "index.html": b"assets/a.js",
        "assets/a.js": b"b.js",
        "assets/b.js": b"c.wasm a.js",
        "assets/c.wasm": b"assets/d.js",
        "assets/d.js": b"",
        "about.html": b"assets/d.js",
    }

    assert Folder(files).reached("index.html") == {
        "index.html",
        "assets/a.js",
        "assets/b.js",
        "assets/c.wasm",
    }


@pytest.mark.parametrize("text", ["", "{", "[1]", '"words"'])
def test_what_is_no_object_of_json_is_an_empty_one(text: str) -> None:
    page = read_page(f'<script id="manifest" type="application/json">{text}</script>')

    assert json_of(page, "manifest") == {}
    assert json_of(page, "another") == {}
