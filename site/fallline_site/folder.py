"""The files of a built site, for those who check them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fallline_site.page_reader import Page, read_page

if TYPE_CHECKING:
    from pathlib import Path

READ_BY_BROWSERS = (".html", ".css", ".js", ".mjs", ".json", ".svg")


@dataclass(frozen=True)
class Folder:
    """The files of a site by their path, and what they say."""

    files: dict[str, bytes]

    @cached_property
    def texts(self) -> dict[str, str]:
        """What browsers read as text."""
        return {
            name: content.decode("utf-8", "replace")
            for name, content in self.files.items()
            if name.endswith(READ_BY_BROWSERS)
        }

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages, parsed; what lies in a folder below is for visitors to take away."""
        return {name: read_page(text) for name, text in self.texts.items() if is_page(name)}

    def reached(self, *names: str) -> set[str]:
        """Return these files and every asset that they name, or that one of those names."""
        found, new = set(names), list(names)
        while new:
            text = self.texts.get(new.pop(), "")
            named = {
                name for name in self.files if name.startswith("assets/") and base_name(name) in text
            } - found
            found |= named
            new += named
        return found


def is_page(name: str) -> bool:
    """Tell whether a file is one of the site's pages."""
    return name.endswith(".html") and "/" not in name


def read_folder(folder: Path) -> Folder:
    """Read every file of a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return Folder({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def json_of(page: Page, key: str) -> dict[str, Any]:
    """Return a page's JSON, empty where there is none that can be read."""
    try:
        value = json.loads(page.data.get(key, ""))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def base_name(name: str) -> str:
    """Return a file's name without its folder."""
    return name.rpartition("/")[2]
