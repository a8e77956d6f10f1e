"""What a page of the site says: enough of HTML to know whether it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass(frozen=True)
class Page:
    """A page's language, title and number of main headings, what it leads to, its style, its JSON by id, its faults."""

    lang: str
    title: str
    headings: int
    links: frozenset[str]
    style: str
    data: dict[str, str]
    faults: tuple[str, ...]


def read_page(text: str) -> Page:
    """Read a page whose every element is closed by its own tag."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return Page(
        lang=reader.lang,
        title=reader.texts.get("title", "").strip(),
        headings=reader.headings,
        links=frozenset(reader.links),
        style=reader.texts.get("style", ""),
        data=reader.texts,
        faults=(*reader.faults, *(f"<{tag}> is not closed" for tag in reader.open)),
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.headings = 0
        self.links: set[str] = set()
        self.texts: dict[str, str] = {}
        self.faults: list[str] = []
        self.open: list[str] = []
        self._key: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._see(tag, {name: value or "" for name, value in attrs})
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._see(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self._key = None
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            line, _ = self.getpos()
            self.faults.append(f"</{tag}> in line {line} closes nothing")

    def handle_data(self, data: str) -> None:
        if self._key is not None:
            self.texts[self._key] = self.texts.get(self._key, "") + data

    def _see(self, tag: str, attributes: dict[str, str]) -> None:
        self.links |= {attributes[name] for name in ("href", "src") if name in attributes}
        self.headings += tag == "h1"
        if tag == "html":
            self.lang = attributes.get("lang", "")
        if tag == "title" and "svg" not in self.open:
            self._key = "title"
        elif tag == "style":
            self._key = "style"
        elif tag == "script" and attributes.get("type") == "application/json":
            self._key = attributes.get("id", "")
