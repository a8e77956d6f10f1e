"""The pages: the shells of `site/pages` around each demo's document, and the home page."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from fallline_site.image import Kept

# What one page has that is its own: its title and its body.
PART = re.compile(r"<title>(.*?)</title>.*?<body>\s*(.*)</body>", re.DOTALL)


@dataclass(frozen=True)
class Shell:
    """A frame, what it is filled with besides the demo, and what every page says to its JavaScript.

    The frame is the template that says how a page gets its code, style and files: `web`, `folder` or `single`; `part` is
    for what stands in another page.
    """

    frame: str
    manifest: Mapping[str, Any]
    parts: Mapping[str, Any]


def write_pages(site: Path, made: Kept, shell: Shell, out: Path) -> None:
    """Write a page for each demo, and the home page that leads to them and plays one."""
    demos = [{**demo, "address": f"{demo['name']}.html"} for demo in made.demos]
    links: dict[str, Any] = {"demos": demos, "home": "index.html"}
    pages = [(demo["name"], "page.html", demo) for demo in demos]
    for name, template, demo in [("index", "home.html", _played_at_home(demos)), *pages]:
        text = _render(site, template, shell, made, demo=demo, here=name, **links)
        (out / f"{name}.html").write_text(text, encoding="utf-8")


def write_single_page(site: Path, made: Kept, shell: Shell, path: Path) -> None:
    """Write the page of the demo that the home page plays; the others stand in it as templates and are led to by `?page=`."""
    demos = [{**demo, "address": f"?page={demo['name']}"} for demo in made.demos]
    first = _played_at_home(demos)
    links: dict[str, Any] = {"demos": demos, "home": "?"}
    part = Shell("part", {}, {})
    others = {
        demo["name"]: _render(site, "page.html", part, made, demo=demo, here=demo["name"], **links)
        for demo in demos
        if demo is not first
    }
    parts = {name: PART.search(text) for name, text in others.items()}
    found = [{"name": n, "title": m[1], "body": Markup(m[2])} for n, m in parts.items() if m]
    text = _render(site, "page.html", shell, made, demo=first, here=first["name"], others=found, **links)
    path.write_text(text, encoding="utf-8")


def _played_at_home(demos: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return next(demo for demo in demos if demo["home"])


def _render(
    site: Path, template: str, shell: Shell, made: Kept, *, demo: Mapping[str, Any], **links: Any
) -> str:
    environment = Environment(
        loader=FileSystemLoader(site / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["json_in_html"] = json_in_html
    return environment.get_template(template).render(
        **shell.parts,
        **links,
        frame=f"{shell.frame}.html",
        demo=demo,
        manifest={**shell.manifest, "demo": demo["name"]},
        document=made.documents[demo["name"]],
        still=made.stills[demo["name"]],
        stills=made.stills,
    )


def json_in_html(value: Any) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(value, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def in_style(text: str) -> Markup:
    """Return a style sheet that cannot end the style element it stands in."""
    return Markup(text.replace("</", "<\\/"))
