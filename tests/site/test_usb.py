"""The site without a server, made of a small one."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from fallline_site import check_usb as checks
from fallline_site import usb
from fallline_site.check_usb import check_usb
from fallline_site.errors import BuildError
from fallline_site.image import Kept
from fallline_site.pages import in_style
from fallline_site.usb import SINGLE, Web, in_script, payload_script, worker_script, write_usb

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = """<!doctype html>
<html lang="en"><head><title>{{ demo.title }}</title>
<script id="manifest" type="application/json">{{ manifest | json_in_html }}</script>
{% block code %}{% endblock %}</head>
<body><h1>{{ demo.title }}</h1>{% block headed %}{% endblock %}<a href="{{ home }}">Home</a>
{% for each in demos %}<a href="{{ each.address }}">{{ each.title }}</a>{% endfor %}
<script id="document" type="application/json">{{ document | json_in_html }}</script>
{%- block late %}{% endblock %}
{%- block elsewhere %}{% endblock %}
{%- block files %}{% endblock %}</body></html>
"""
TEXTS = {
    "guard.js": "guard()",
    "first.js": "first()",
    "single.js": "single()",
    "page.js": "page('<!--<script>')",
    "worker.js": "work('</script><!--')",
    "page.css": "a { content: '</style>' }",
    "icon.svg": "<svg/>",
}
FILES = {"heap": b"\0" * 999, "wasm": b"\0asm", "vendor": b"PK"}


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, templates: Path) -> Path:
    """A folder that passes, for a test to spoil."""
    web = Web(tmp_path / "web", {"worker": "assets/worker.js", "files": {}})
    (web.folder / "assets").mkdir(parents=True)
    for name, content in FILES.items():
        url = f"assets/{name}.{hashlib.sha256(content).hexdigest()[:10]}.bin"
        (web.folder / f"{url}.gz").write_bytes(gzip.compress(content, mtime=0))
        web.manifest["files"][name] = {"url": url, "size": len(content), "packed": 1}
    monkeypatch.setattr(usb, "bundle", bundle)
    demos: list[dict[str, Any]] = [
        {"name": name, "title": name.title(), "sentence": f"{name} it.", "home": name == "race"}
        for name in ("slope", "race")
    ]
    kept = Kept(
        demos,
        {str(demo["name"]): {"text": "</script>"} for demo in demos},
        dict.fromkeys(("race", "slope")),
        300,
        {},
    )
    write_usb(templates, tmp_path, kept, web, tmp_path / "usb")
    return tmp_path / "usb"


@pytest.fixture
def templates(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Small pages, and the two frames of the site that put them on a disk."""
    pages = tmp_path / "site" / "pages"
    pages.mkdir(parents=True)
    (pages / "base.html").write_text(PAGE, encoding="utf-8")
    for name in ("home.html", "page.html"):
        (pages / name).write_text("{% extends frame %}", encoding="utf-8")
    for name in ("folder.html", "part.html", "single.html"):
        (pages / name).write_bytes((request.config.rootpath / "site" / "pages" / name).read_bytes())
    return tmp_path / "site"


def bundle(_site: Path, _pyodide: Path, out: Path, kind: str) -> dict[str, str]:
    assert kind == "usb"
    out.mkdir(parents=True)
    for name, text in TEXTS.items():
        (out / name).write_text(text, encoding="utf-8")
    return {name: name for name in TEXTS}


class Scripts(HTMLParser):
    """The standard library's idea of what stands in a page's scripts and style sheets."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str | None], str]] = []
        self._open = False
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag in ("script", "style")
        if self._open:
            self.found.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            attributes, text = self.found[-1]
            self.found[-1] = (attributes, text + data)


def test_folder_has_a_page_for_each_demo_and_the_single_page_beside_them(made: Path) -> None:
    pages = {path.name for path in made.glob("*.html")}

    assert pages == {"index.html", "race.html", "slope.html", SINGLE}


def test_folder_loads_classic_scripts_and_the_archives_only_when_asked(made: Path) -> None:
    scripts = [attributes for attributes, _ in Scripts(made / "index.html").found if "src" in attributes]

    assert all("type" not in attributes for attributes in scripts)
    assert [attributes["data-file"] for attributes in scripts if "data-file" in attributes] == [
        "heap",
        "wasm",
        "first",
    ]
    assert list(made.glob("assets/vendor.*.bin.js"))


def test_single_page_holds_its_code_its_style_and_what_python_starts_from(made: Path) -> None:
    found = Scripts(made / SINGLE).found

    texts = [text for attributes, text in found if "id" not in attributes]
    assert not [attributes for attributes, _ in found if "src" in attributes]
    assert texts[0] == r"a { content: '<\/style>' }"
    assert texts[2:4] == ["guard()", "single()"]
    assert json.loads(texts[4].partition("=")[2]) == TEXTS["worker.js"]
    assert texts[5] == "first()"
    assert texts[6] == r"page('\x3c!--<script>')"
    assert texts[7:] == [payload_script(name, packed(FILES[name])) for name in ("heap", "wasm")]


def test_single_page_has_the_others_in_it_and_leads_to_them(made: Path) -> None:
    text = (made / SINGLE).read_text(encoding="utf-8")
    inside = re.findall(r'<template data-page="(\w+)" data-title="(\w+)">\n(.*?)</template>', text, re.DOTALL)

    assert [(name, title) for name, title, _ in inside] == [("slope", "Slope")]
    assert all("<h1>Slope</h1>" in body and "<script>" not in body for *_, body in inside)
    assert re.findall('href="([^"]*)"', text[: text.index("<template")])[-2:] == ["?page=slope", "?page=race"]
    assert "slope.html" not in text


def test_page_without_a_server_names_no_worker_to_be_fetched(made: Path) -> None:
    manifests = [json.loads(Scripts(made / name).found[0][1]) for name in ("slope.html", SINGLE)]

    assert [manifest.get("worker") for manifest in manifests] == [None, None]
    assert [manifest["demo"] for manifest in manifests] == ["slope", "race"]
    assert [list(manifest["files"]) for manifest in manifests] == [
        ["heap", "wasm", "vendor"],
        ["heap", "wasm"],
    ]


def test_payload_is_the_file_as_the_web_has_it() -> None:
    script = payload_script("heap", b"\x1f\x8b\0<")

    name, content = json.loads(script.partition(".push(")[2].removesuffix(")"))
    assert (name, base64.b64decode(content)) == ("heap", b"\x1f\x8b\0<")


@pytest.mark.parametrize("text", ["</script>", "</SCRIPT >"])
def test_script_that_would_end_its_element_is_refused(text: str) -> None:
    with pytest.raises(BuildError, match="cannot stand in a page"):
        in_script(text)


def test_worker_and_style_sheet_cannot_end_their_elements() -> None:
    assert "<" not in worker_script("</script><!--")
    assert "</" not in in_style("</style>")


def test_whole_folder_passes_and_the_largest_parts_are_named(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_usb(made)

    assert f"{SINGLE} has 0.0 MiB of 28: the page itself" in capsys.readouterr().out


def replace(name: str, old: str, new: str) -> Callable[[Path], object]:
    def change(made: Path) -> None:
        (path,) = made.glob(name)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


HEAP = payload_script("heap", gzip.compress(FILES["heap"], mtime=0))
OTHER = payload_script("heap", gzip.compress(b"other", mtime=0))
SPOILS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "foreign address": (
        replace("index.html", "<h1>", "<h1>https://a.example/"),
        r"index\.html names https://a",
    ),
    "foreign address in the worker": (
        replace("assets/embedded_worker.js", "work", "http://a.example"),
        r"embedded_worker\.js names http://a\.example",
    ),
    "single page that needs a file": (
        replace(SINGLE, "<h1>", '<h1><img src="assets/icon.svg">'),
        r"fallline\.html names assets/icon\.svg, and has nothing beside it",
    ),
    "link to nowhere": (
        replace("index.html", "slope.html", "x.html"),
        r"index\.html names x\.html, which is not",
    ),
    "payload of another image": (
        replace("assets/heap.*.js", HEAP, OTHER),
        r"heap is not assets/heap\.\w+\.bin",
    ),
    "payload that is damaged": (replace("assets/heap.*.js", "H4sI", "AAAA"), r"index\.html: heap is not"),
    "payload that is missing": (replace(SINGLE, HEAP, ""), r"fallline\.html comes without heap"),
    "worker to be fetched": (
        replace("race.html", '{"files"', '{"worker":"worker.js","files"'),
        r"race\.html has a manifest that names a worker",
    ),
    "left file": (
        lambda made: (made / "assets/left.js").write_text(""),
        r"assets/left\.js is named by nothing",
    ),
    "element left open": (replace("index.html", "<h1>", "<b><h1>"), r"index\.html: "),
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_spoilt_folder_is_refused(spoil: str, made: Path) -> None:
    change, message = SPOILS[spoil]
    change(made)

    with pytest.raises(BuildError, match=message):
        check_usb(made)


def test_single_page_that_is_too_big_is_refused(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LARGEST", 10)

    with pytest.raises(BuildError, match=r"fallline\.html has [\d.]+ MiB of 0: the page itself 0\.0, heap"):
        check_usb(made)


def packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
