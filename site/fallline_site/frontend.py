"""The site's own JavaScript and style sheets: npm packages by their lock, bundled by esbuild."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

from fallline_site.errors import BuildError
from fallline_site.progress import step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Run = Callable[[Sequence[str], Path], str]

OLDEST_NODE = 20
BOKEHJS = "@bokeh/bokehjs"
STACK_LINE = re.compile(r"(npm error)? +at |npm error *$")


def install_packages(site: Path) -> None:
    """Install what `package-lock.json` names, unless that is what is there."""
    lock = hashlib.sha256((site / "package-lock.json").read_bytes()).hexdigest()
    # Written last: an installation that was interrupted is made again.
    stamp = site / "node_modules" / ".fallline"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return
    with step("Installing npm packages (about 75 MB the first time)"):
        _npm(["ci", "--prefer-offline"], site, run_tool)
    stamp.write_text(lock, encoding="utf-8")


def bundle(site: Path, pyodide: Path, out: Path, kind: str = "web") -> dict[str, str]:
    """Bundle into `out` for a kind of site, `web` or `usb`, and return what each entry became."""
    with step(f"Bundling JavaScript and style sheets ({kind})"):
        made: dict[str, str] = json.loads(
            run_tool(["node", "bundle.mjs", str(pyodide), str(out), kind], site)
        )
    return made


def bokehjs_version(site: Path) -> str:
    """Return the version of BokehJS that `package-lock.json` names."""
    path = site / "package-lock.json"
    try:
        lock: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return str(lock["packages"][f"node_modules/{BOKEHJS}"]["version"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise BuildError(f"{path} has no version of {BOKEHJS} ({error!r}): restore it") from None


def lock_bokehjs(site: Path, version: str, run: Run | None = None) -> None:
    """Write `package.json` and `package-lock.json` for this version of BokehJS, which is its wheel's."""
    if bokehjs_version(site) == version:
        return
    with step(f"Locking {BOKEHJS} {version}"):
        _npm(
            ["install", "--save-exact", "--package-lock-only", f"{BOKEHJS}@{version}"], site, run or run_tool
        )


def require_node() -> None:
    """Refuse a machine whose Node is missing or too old, before anything long begins."""
    version = run_tool(["node", "--version"]).strip()
    if int(version.removeprefix("v").partition(".")[0]) < OLDEST_NODE:
        raise BuildError(f"Node {OLDEST_NODE} or later is needed, got {version}: install a newer one")


def run_tool(command: Sequence[str], folder: Path | None = None) -> str:
    """Run a tool and return what it printed.

    Raises
    ------
    BuildError
        If the tool is not there, or failed; with the end of what it said.
    """
    program = shutil.which(command[0])
    if program is None:
        raise BuildError(
            f"{command[0]} is not on the PATH: install Node {OLDEST_NODE} or later with npm "
            "(on Debian: apt-get install nodejs npm; `make` installs PyPI's, by requirements-node.txt)"
        )
    done = subprocess.run(
        [program, *command[1:]], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        raise BuildError(f"`{' '.join(command[:2])}` failed: {_gist(done.stderr)}")
    return done.stdout


def _gist(text: str) -> str:
    """Return the end of what a tool said, without the lines of its own code that it came through."""
    lines = [line for line in text.strip().splitlines() if not STACK_LINE.match(line)]
    return "\n".join(lines)[-2000:]


def _npm(arguments: Sequence[str], site: Path, run: Run) -> None:
    try:
        run(["npm", *arguments, "--loglevel=error", "--no-audit", "--no-fund"], site)
    except BuildError as error:
        raise BuildError(
            f"{error}\nCheck the network and the registry that npm is configured for, then run again: "
            "what npm has fetched so far is kept"
        ) from None
