"""Python as the site starts it, for tests that run code in it, which the site itself never lets anybody do."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route
    from tests.e2e.serving import Site

HERE = Path(__file__).parent
SITE = HERE.parents[1] / "site"
BLANK = '<!doctype html><html lang="en"><title>Laboratory</title><link rel="icon" href="data:,"></html>'
RUN = """([manifest, way, modules, code]) => new Promise((resolve, reject) => {
  const absolute = ([name, file]) => [name, { ...file, url: new URL(file.url, location.href).href }]
  const files = Object.fromEntries(Object.entries(manifest.files).map(absolute))
  const worker = new Worker("laboratory.js", { type: "module" })
  const end = (settle, value) => { worker.terminate(); settle(value) }
  worker.onerror = (event) => end(reject, new Error(event.message))
  worker.onmessage = ({ data: { result, error } }) => error ? end(reject, new Error(error)) : end(resolve, result)
  worker.postMessage({ files, info: manifest.info, way, modules, code })
})"""


class Laboratory:
    """Fresh interpreters, each in a worker of its own, beside the built site."""

    def __init__(self, page: Page, site: Site) -> None:
        script = bundled()
        page.route("**/laboratory.html", lambda route: _give(route, BLANK, "text/html"))
        page.route("**/laboratory.js", lambda route: _give(route, script, "text/javascript"))
        page.goto(f"{site.url}race.html")
        self._manifest = page.evaluate("JSON.parse(document.getElementById('manifest').textContent)")
        page.goto(f"{site.url}laboratory.html")
        self._page = page

    def run(self, way: str, code: str, *modules: str) -> str:
        """Start Python from the `image` or the `archives`, run code and return its last expression as text.

        The code may import modules that lie beside this one.
        """
        texts = {name: HERE.joinpath(f"{name}.py").read_text(encoding="utf-8") for name in modules}
        result: str = self._page.evaluate(RUN, [self._manifest, way, texts, code])
        return result


def _give(route: Route, body: str, kind: str) -> None:
    route.fulfill(body=body, content_type=kind)


def bundled() -> str:
    """Bundle the worker of tests from the same modules and by the same tool as the site's own."""
    words = ["node_modules/.bin/esbuild", "../tests/e2e/laboratory.js", "--bundle", "--format=esm"]
    options = ["--alias:pyodide=./.cache/pyodide", "--external:node:*", "--external:ws", "--log-level=error"]
    done = subprocess.run([*words, *options], cwd=SITE, capture_output=True, encoding="utf-8", check=True)
    return done.stdout
