"""Foreign addresses in what a browser reads, and the few that stand there though nothing ever fetches them."""

import re
from collections.abc import Mapping
from types import MappingProxyType

# An address ends where its text does; of one that a program puts together, the fixed beginning counts. Without a
# scheme, only what follows a quote, a bracket or an equals sign is an address: elsewhere `//` begins a comment.
ADDRESS = re.compile(
    r"\b(?:https?|wss?|ftp)://[^\s\"'`<>(){}$\\]*|(?<=[\"'`(=])\s*//[\w\[][^\s\"'`<>(){}$\\]*", re.IGNORECASE
)
HASH = re.compile(r"\.(?:[0-9A-Z]{8}|[0-9a-f]{10})(?=\.)")

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "http://www.w3.org/2000/svg": "the name of SVG's namespace",
        "http://www.w3.org/1998/Math/MathML": "the name of MathML's namespace",
    }
)

PAGE: Mapping[str, str] = MappingProxyType(
    {
        "https://bokeh.org/": "BokehJS: the link of a toolbar's logo, followed only by a click",
        "https://docs.bokeh.org/en/latest/docs/user_guide/interaction/tools.html": (
            "BokehJS: where its help tool leads, by a click; no figure has that tool"
        ),
        "http://jquery.org/license": "Licences: a comment, which the usb site has in the code itself",
        "http://www.foretagsplatsen.se": "Licences: as the line above",
    }
)
WORKER: Mapping[str, str] = MappingProxyType(
    {
        "https://cdn.jsdelivr.net/pyodide/v": "Pyodide: where its lock's packages are; ours has none (`check`)",
        "https://": "Pyodide: sockets for Node, where a host's name is parsed as an address",
        "ws://": "Pyodide: sockets by way of a WebSocket, which only Python that opens a socket would get",
        "wss://": "Pyodide: as the line above",
    }
)

# By file, without the hash in its name. One that appears in another file, or another in one of these, is found.
NEVER_FETCHED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "page.js": PAGE,
        "worker.js": WORKER,
        "embedded_worker.js": WORKER,
        "fallline.html": {**PAGE, **WORKER},
        "panel/_templates/autoload_panel_js.js": {
            "https://cdn.bokeh.org/bokeh/": "Panel: a pattern for scripts that a notebook has, in a notebook's template",
            "https://cdn.holoviz.org/panel/[^/]+/dist/panel/i;": "Panel: as the line above",
        },
        "panel/_templates/doc_nb_js.js": {
            "https://jupyterlab.readthedocs.io/en/4.1.x/extension/notebook.html#keyboard-interaction-model": (
                "Panel: a comment in a notebook's template"
            ),
        },
    }
)


def foreign_addresses(name: str, text: str) -> list[str]:
    """Return the addresses in a file that are not known as never fetched."""
    known = {*NAMES, *NEVER_FETCHED.get(plain_name(name), ())}
    # JSON may write a slash as `\/`, a pattern of JavaScript a full stop as `\.` too.
    plain = re.sub(r"\\([/.])", r"\1", text)
    found = {match.group().strip() for match in ADDRESS.finditer(plain)}
    return sorted(found - known)


def plain_name(name: str) -> str:
    """Return a file's name as it was before its content was hashed: 'assets/page.76ZNWOK2.js' is 'page.js'."""
    return HASH.sub("", name.removeprefix("assets/"))
