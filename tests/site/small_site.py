"""A site of one page that passes every check, to be spoilt."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PAGE = """<!doctype html>
<html lang="en"><head><title>Race</title>
<link rel="stylesheet" href="assets/page.AAAAAAAA.css"><script type="module" src="assets/page.BBBBBBBB.js"></script>
<script id="manifest" type="application/json">{manifest}</script></head>
<body><svg><title>Logo</title><path d="M0 0"/></svg><h1>Race</h1><a href="#map">Map</a><a href="./">Home</a>
<script id="document" type="application/json">{document}</script></body></html>
"""


@dataclass
class Site:
    """A small site that passes, for a test to spoil."""

    files: dict[str, bytes] = field(default_factory=dict)
    manifest: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=lambda: {"version": "3.9.2"})
    page: str = PAGE

    def __post_init__(self) -> None:
        self.files["assets/page.AAAAAAAA.css"] = b"@font-face { src: url('./inter.CCCCCCCC.woff2') }"
        self.files["assets/inter.CCCCCCCC.woff2"] = b"font"
        self.files["assets/page.BBBBBBBB.js"] = b"start()"
        self.files["assets/worker.DDDDDDDD.js"] = b"fetch(files)"
        self.manifest["worker"] = "assets/worker.DDDDDDDD.js"
        self.manifest["files"] = {}
        self.publish("vendor.zip", archive({"numpy/core.py": "https://numpy.org/"}))
        self.publish("heap.bin", b"memory")
        self.publish("image.json", b'{"heap": 65536, "runs": [[0, 4]]}')

    def publish(self, file: str, content: bytes) -> None:
        """Publish a file in the place of the one that had its name."""
        name, kind = file.split(".")
        if name in self.manifest["files"]:
            self.files.pop(self.url(name))
        url = f"assets/{name}.{hashlib.sha256(content).hexdigest()[:10]}.{kind}"
        self.files[url] = content
        self.manifest["files"][name] = {"url": url, "size": len(content)}

    def url(self, name: str) -> str:
        url: str = self.manifest["files"][name]["url"]
        return url

    def pack(self) -> None:
        """Put packed files beside all that are there."""
        for name, content in list(self.files.items()):
            self.files[f"{name}.gz"] = gzip.compress(content)
            self.files[f"{name}.br"] = b"brotli"

    def write(self, folder: Path) -> Path:
        texts = {"manifest": json.dumps(self.manifest), "document": json.dumps(self.document)}
        pages = {"index.html": re.sub(r"\{(\w+)\}", lambda match: texts[match[1]], self.page).encode()}
        for name, content in {**pages, **self.files}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return folder


def archive(members: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)
    return out.getvalue()
