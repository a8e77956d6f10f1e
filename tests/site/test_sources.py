from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fallline_site.sources import SourceError, npm_pack, pip_download, read_member

if TYPE_CHECKING:
    from tests.site.conftest import Make


def command(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_member_of_a_wheel_is_read(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "a-1.whl"
    path.write_bytes(make.wheel({"front/numpy.whl": b"numpy"}))

    assert read_member(path, "front/numpy.whl") == b"numpy"


def test_member_of_a_tarball_is_read(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "a-1.tgz"
    path.write_bytes(make.tarball({"package/pyodide.mjs": b"pyodide"}))

    assert read_member(path, "package/pyodide.mjs") == b"pyodide"


def test_member_that_is_not_there_is_named(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "a-1.whl"
    path.write_bytes(make.wheel({"x": b""}))

    with pytest.raises(SourceError, match=r"a-1\.whl has no front/numpy\.whl"):
        read_member(path, "front/numpy.whl")


def test_damaged_package_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a-1.tgz"
    path.write_bytes(b"<html>not found</html>")

    with pytest.raises(SourceError, match=r"a-1\.tgz is damaged"):
        read_member(path, "x")


def test_npm_that_is_not_installed_is_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SourceError, match="npm is not installed"):
        npm_pack("pyodide@1", tmp_path)


def test_what_npm_says_is_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command(tmp_path, "npm", 'echo "npm warn old" >&2; echo "npm error code ETARGET" >&2; exit 1')
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    with pytest.raises(SourceError) as failure:
        npm_pack("pyodide@1", tmp_path)

    assert str(failure.value) == "npm error code ETARGET"


def test_npm_packs_into_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command(tmp_path, "npm", 'while [ "$1" != --pack-destination ]; do shift; done; echo "$3" > "$2/a.tgz"')
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    folder = tmp_path / "empty"
    folder.mkdir()

    path = npm_pack("pyodide@1", folder)

    assert path == folder / "a.tgz"
    assert path.read_text() == "pyodide@1\n"


def test_pip_takes_the_same_wheel_for_every_machine_from_where_the_machine_says(
    tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, folder = tmp_path / "shelf", tmp_path / "empty"
    shelf.mkdir()
    folder.mkdir()
    for platform in ("manylinux2014_x86_64", "macosx_11_0_arm64", "win_amd64"):
        members = {
            "falltest-1.dist-info/METADATA": b"Metadata-Version: 2.1\nName: falltest\nVersion: 1\n",
            "falltest-1.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: false\n",
            "falltest-1.dist-info/RECORD": b"",
        }
        (shelf / f"falltest-1-cp314-cp314-{platform}.whl").write_bytes(make.wheel(members))
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))

    path = pip_download("falltest==1", folder)

    assert path == folder / "falltest-1-cp314-cp314-manylinux2014_x86_64.whl"
    with pytest.raises(SourceError, match="No matching distribution found for falltest==2"):
        pip_download("falltest==2", tmp_path / "shelf")
