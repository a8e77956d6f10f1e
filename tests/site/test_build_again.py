"""The whole site, built anew in another place: nothing of the machine, its person or its Python is in what visitors get."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DIST = ROOT / "site" / "dist"
PARTS = ("core", "app", "site")
# Downloads, and what was compressed, which is kept by what it holds.
KEPT = ("runtime", "packed")
PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")
VERSION = "import sys; print(sys.version)"


@pytest.fixture
def another_python() -> str:
    """Another Python than this one, if there is one on PATH."""
    for name in filter(None, map(shutil.which, PYTHONS)):
        asked = subprocess.run([name, "-c", VERSION], capture_output=True, text=True, check=False)
        if asked.returncode == 0 and asked.stdout.strip() != sys.version:
            return name
    return sys.executable


@pytest.fixture
def another_place(tmp_path: Path) -> Path:
    """A copy of what the site is built from, without anything that was built."""
    if not (DIST / "web" / "index.html").is_file():
        pytest.fail(f"{DIST} has no site: build it first (`make test-slow` and `make build` do)")
    place = tmp_path / "ein anderer Ort"
    for part in PARTS:
        shutil.copytree(ROOT / part, place / part, symlinks=True, ignore=built)
    for kept in KEPT:
        shutil.copytree(ROOT / "site" / ".cache" / kept, place / "site" / ".cache" / kept)
    return place


def built(folder: str, names: list[str]) -> set[str]:
    return {"dist", ".cache"} & set(names) if Path(folder) == ROOT / "site" else set()


@pytest.mark.slow
def test_site_built_again_has_the_same_bytes(another_place: Path, another_python: str) -> None:
    # A Python finds there what the build imports; none of it has to be compiled.
    packages = [*(str(another_place / part) for part in PARTS), sysconfig.get_path("purelib")]
    elsewhere = {"TZ": "Asia/Tokyo", "LANG": "tr_TR.UTF-8", "HOME": str(another_place), "USER": "else"}
    environment = {**os.environ, **elsewhere, "PYTHONPATH": os.pathsep.join(packages)}

    build = [another_python, "-m", "fallline_site", "build"]
    subprocess.run(build, env=environment, cwd=another_place, stdout=subprocess.DEVNULL, check=True)

    again = files(another_place / "site" / "dist")
    ours = files(DIST)
    assert again.keys() == ours.keys()
    assert [name for name in ours if again[name].read_bytes() != ours[name].read_bytes()] == []
    assert {"web/index.html", "usb/fallline.html"} <= ours.keys()


def files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
