from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fallline_site import frontend
from fallline_site.errors import BuildError
from fallline_site.frontend import (
    bokehjs_version,
    bundle,
    install_packages,
    lock_bokehjs,
    require_node,
    run_tool,
)
from fallline_site.lock import read_lock

if TYPE_CHECKING:
    from collections.abc import Sequence

SITE = Path(__file__).parents[2] / "site"


class Tool:
    """A tool that remembers what it was asked for, and answers or fails."""

    def __init__(self, answer: str = "", failure: str | None = None) -> None:
        self.asked: list[str] = []
        self._answer = answer
        self._failure = failure

    def __call__(self, command: Sequence[str], folder: Path | None = None) -> str:
        self.asked.append(" ".join(command))
        if self._failure is not None:
            raise BuildError(self._failure)
        return self._answer


@pytest.fixture
def site(tmp_path: Path) -> Path:
    lock = {"packages": {"node_modules/@bokeh/bokehjs": {"version": "3.9.2"}}}
    (tmp_path / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    (tmp_path / "node_modules").mkdir()
    return tmp_path


def test_front_end_and_python_have_the_same_bokeh() -> None:
    asked = json.loads((SITE / "package.json").read_text(encoding="utf-8"))["dependencies"]["@bokeh/bokehjs"]

    assert {bokehjs_version(SITE), asked} == {read_lock(SITE / "runtime.lock.json").versions()["bokeh"]}


def test_front_end_lock_holds_no_address_of_a_registry() -> None:
    packages = json.loads((SITE / "package-lock.json").read_text(encoding="utf-8"))["packages"].values()

    assert not [package for package in packages if "resolved" in package]
    assert all("integrity" in package for package in packages if "version" in package)


def test_bundle_has_the_same_names_wherever_the_repository_lies(tmp_path: Path) -> None:
    for folder in ("static", "node_modules", ".cache/pyodide"):
        shutil.copytree(SITE / folder, tmp_path / "site" / folder, copy_function=os.link)
    for name in ("bundle.mjs", "package.json", "tsconfig.json"):
        shutil.copy(SITE / name, tmp_path / "site")

    made = bundle(tmp_path / "site", tmp_path / "site" / ".cache" / "pyodide", tmp_path / "out" / "assets")

    # A name has the hash of the content in it; the style sheet is written into the pages.
    files = {name for name in made.values() if not name.endswith(".css")}
    assert len(files) > 3
    assert files <= {path.name for path in (SITE / "dist" / "web" / "assets").iterdir()}


def test_other_bokeh_is_locked_by_npm(site: Path) -> None:
    npm = Tool()

    lock_bokehjs(site, "3.10.0", npm)

    assert len(npm.asked) == 1
    assert npm.asked[0].startswith("npm install --save-exact --package-lock-only @bokeh/bokehjs@3.10.0")


def test_bokeh_that_is_locked_already_asks_nobody(site: Path) -> None:
    npm = Tool()

    lock_bokehjs(site, "3.9.2", npm)

    assert npm.asked == []


def test_bokeh_that_npm_lacks_is_the_error(site: Path) -> None:
    npm = Tool(failure="No matching version found for @bokeh/bokehjs@9.9.9")

    with pytest.raises(BuildError, match=r"No matching version .*\nCheck the network and the registry"):
        lock_bokehjs(site, "9.9.9", npm)


def test_lock_without_bokehjs_is_refused(site: Path) -> None:
    (site / "package-lock.json").write_text("{}", encoding="utf-8")

    with pytest.raises(BuildError, match=r"package-lock\.json has no version of @bokeh/bokehjs"):
        bokehjs_version(site)


def test_packages_are_installed_once_for_each_lock(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = Tool()
    monkeypatch.setattr(frontend, "run_tool", npm)

    install_packages(site)
    install_packages(site)
    (site / "package-lock.json").write_text("{}", encoding="utf-8")
    install_packages(site)

    assert [command.split()[:2] for command in npm.asked] == [["npm", "ci"]] * 2


def test_installation_that_failed_is_made_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontend, "run_tool", Tool(failure="no network"))
    with pytest.raises(BuildError, match=r"no network\nCheck the network and the registry"):
        install_packages(site)
    npm = Tool()
    monkeypatch.setattr(frontend, "run_tool", npm)

    install_packages(site)

    assert len(npm.asked) == 1


@pytest.mark.parametrize("version", ["v18.19.1", "v19.9.0"])
def test_old_node_is_refused(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontend, "run_tool", Tool(f"{version}\n"))

    with pytest.raises(BuildError, match=f"Node 20 or later is needed, got {version}"):
        require_node()


@pytest.mark.parametrize("version", ["v20.0.0", "v24.1.0"])
def test_new_node_is_good(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontend, "run_tool", Tool(f"{version}\n"))

    require_node()


def test_tool_that_is_not_there_says_what_to_install() -> None:
    with pytest.raises(
        BuildError, match=r"no-such-tool is not on the PATH: install Node 20 or later with npm"
    ):
        run_tool(["no-such-tool"])


def test_failure_of_a_tool_is_quoted_from_its_end(tmp_path: Path) -> None:
    code = "import sys; sys.stderr.write('x' * 5000 + 'the cause'); sys.exit(3)"

    with pytest.raises(BuildError, match=r"` failed: x{1991}the cause$"):
        run_tool([sys.executable, "-c", code], tmp_path)


def test_failure_of_a_tool_is_quoted_without_its_stack(tmp_path: Path) -> None:
    said = "npm error code ECONNREFUSED\\nnpm error     at emit (node:events:5:28)\\nnpm error\\n    at run\\nthe end"

    with pytest.raises(BuildError, match=r"failed: npm error code ECONNREFUSED\nthe end$"):
        run_tool([sys.executable, "-c", f"import sys; sys.exit('{said}')"], tmp_path)


def test_tool_runs_in_its_folder_and_gives_what_it_prints(tmp_path: Path) -> None:
    said = run_tool([sys.executable, "-c", "import os; print(os.getcwd(), 'é')"], tmp_path)

    assert said.split() == [str(tmp_path), "é"]
