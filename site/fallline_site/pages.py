"""The pages: the shell of `site/pages` around each demo's document."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fallline_site.image import Kept


@dataclass(frozen=True)
class Shell:
    """A template, what it is filled with besides the demo, and what every page says to its JavaScript."""

    template: str
    manifest: Mapping[str, Any]
    parts: Mapping[str, Any]


def write_pages(site: Path, made: Kept, shell: Shell, out: Path) -> None:
    """Write a page for each demo; the first is also the page that a visitor of the folder gets."""
    demos = [{**demo, "address": f"{demo['name']}.html"} for demo in made.demos]
    for demo in demos:
        text = _render(site, shell, demo, made, demos=demos, home="index.html")
        names = [demo["name"], "index"] if demo is demos[0] else [demo["name"]]
        for name in names:
            (out / f"{name}.html").write_text(text, encoding="utf-8")


def write_lone_page(site: Path, made: Kept, shell: Shell, path: Path) -> None:
    """Write a page for the first demo that leads to no other file."""
    demo = {**made.demos[0], "address": "#"}
    path.write_text(
        _render(site, shell, demo, made, demos=[demo], home="#"),
        encoding="utf-8",
    )


def _render(site: Path, shell: Shell, demo: Mapping[str, str], made: Kept, **links: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(site / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["json_in_html"] = json_in_html
    return environment.get_template(shell.template).render(
        **shell.parts,
        **links,
        demo=demo,
        manifest={**shell.manifest, "demo": demo["name"]},
        document=made.documents[demo["name"]],
        still=made.stills[demo["name"]],
    )


def json_in_html(value: Any) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(value, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def in_style(text: str) -> Markup:
    """Return a style sheet that cannot end the style element it stands in."""
    return Markup(text.replace("</", "<\\/"))
