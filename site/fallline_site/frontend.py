"""The site's own JavaScript and style sheets: npm packages by their lock, bundled by esbuild."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from typing import TYPE_CHECKING

from fallline_site.errors import BuildError
from fallline_site.progress import step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def install_packages(site: Path) -> None:
    """Install what `package-lock.json` names, unless that is what is there."""
    lock = hashlib.sha256((site / "package-lock.json").read_bytes()).hexdigest()
    # Written last: an installation that was interrupted is made again.
    stamp = site / "node_modules" / ".fallline"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return
    with step("Installing npm packages"):
        run_tool(["npm", "ci", "--no-audit", "--no-fund"], site)
    stamp.write_text(lock, encoding="utf-8")


def bundle(site: Path, pyodide: Path, out: Path) -> dict[str, str]:
    """Bundle into `out`, which is emptied; return what each entry became."""
    shutil.rmtree(out, ignore_errors=True)
    with step("Bundling JavaScript and style sheets"):
        made: dict[str, str] = json.loads(run_tool(["node", "bundle.mjs", str(pyodide), str(out)], site))
    return made


def run_tool(command: Sequence[str], folder: Path) -> str:
    """Run a tool and return what it printed.

    Raises
    ------
    BuildError
        If the tool is not there, or failed; with the end of what it said.
    """
    program = shutil.which(command[0])
    if program is None:
        raise BuildError(f"{command[0]} is not on the PATH: install Node 20 or later, which brings it")
    done = subprocess.run([program, *command[1:]], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise BuildError(f"`{' '.join(command[:2])}` failed: {done.stderr.strip()[-2000:]}")
    return done.stdout
