"""The pages: the shell of `site/pages` around each demo's document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fallline_site.image import Kept


def write_pages(
    site: Path, made: Kept, manifest: Mapping[str, Any], assets: Mapping[str, str], out: Path
) -> None:
    """Write a page for each demo; the first is also the page that a visitor of the folder gets."""
    environment = Environment(
        loader=FileSystemLoader(site / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["json_in_html"] = json_in_html
    page = environment.get_template("page.html")
    for demo in made.demos:
        name = demo["name"]
        text = page.render(
            demo=demo,
            demos=made.demos,
            assets=assets,
            manifest={**manifest, "demo": name},
            document=made.documents[name],
        )
        names = [name, "index"] if demo is made.demos[0] else [name]
        for file in names:
            (out / f"{file}.html").write_text(text, encoding="utf-8")


def json_in_html(value: Any) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(value, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
