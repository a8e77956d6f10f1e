from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from fallline_site.errors import BuildError
from fallline_site.lock import parse_lock, read_lock, write_lock

COMMITTED = Path(__file__).parents[2] / "site" / "runtime.lock.json"


def entry(**changes: Any) -> dict[str, Any]:
    source = {"kind": "pypi", "spec": "panel==1.9.4"}
    file = {"name": "panel.whl", "package": "panel", "version": "1.9.4", "sha256": "0a" * 32, "size": 5}
    return {**file, "sources": [source], **changes}


def test_committed_lock_is_what_writing_it_again_gives(tmp_path: Path) -> None:
    write_lock(read_lock(COMMITTED), tmp_path / "lock.json")

    assert (tmp_path / "lock.json").read_bytes() == COMMITTED.read_bytes()


def test_committed_lock_has_an_official_address_for_every_file_of_pyodide() -> None:
    lock = read_lock(COMMITTED)
    folder = f"https://cdn.jsdelivr.net/pyodide/v{lock.versions()['pyodide']}/full"
    files = [file for file in lock.files if file.package in ("pyodide", "numpy", "contourpy")]

    assert len(files) == 7
    for file in files:
        official = f"{folder}/{file.name}"
        assert [source.spec for source in file.sources if source.kind == "https"] == [official]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "the lock must be an object, got []"),
        ({}, "the lock lacks 'files'"),
        ({"files": []}, "the lock.files must be a list of one or more, got []"),
        ({"files": ["x"]}, "files[0] must be an object, got 'x'"),
        ({"files": [entry(sha265="x")]}, "files[0] has an unknown key 'sha265'"),
        ({"files": [entry(name="../x.whl")]}, "files[0].name must be a plain file name, got '../x.whl'"),
        ({"files": [entry(version="")]}, "files[0].version must be text, got ''"),
        (
            {"files": [entry(sha256="abc")]},
            "files[0].sha256 must be 64 lower-case hexadecimal digits, got 'abc'",
        ),
        ({"files": [entry(size=0)]}, "files[0].size must be a number of bytes, got 0"),
        ({"files": [entry(size=True)]}, "files[0].size must be a number of bytes, got True"),
        ({"files": [entry(sources=[])]}, "files[0].sources must be a list of one or more, got []"),
        (
            {"files": [entry(sources=[{"kind": "ftp", "spec": "x"}])]},
            "files[0].sources[0].kind must be one of npm, pypi, https, got 'ftp'",
        ),
        (
            {"files": [entry(sources=[{"kind": "pypi", "spec": "panel"}])]},
            "files[0].sources[0].spec must be name==version, got 'panel'",
        ),
        (
            {"files": [entry(sources=[{"kind": "npm", "spec": "--registry=x@1"}])]},
            "files[0].sources[0].spec must be name@version, got '--registry=x@1'",
        ),
        (
            {"files": [entry(sources=[{"kind": "https", "spec": "http://x/y"}])]},
            "files[0].sources[0].spec must be an https address, got 'http://x/y'",
        ),
        ({"files": [entry(), entry()]}, "panel.whl is listed twice"),
    ],
)
def test_lock_of_the_wrong_shape_is_refused_with_the_place(data: object, message: str) -> None:
    with pytest.raises(BuildError, match=re.escape(message)):
        parse_lock(data)


def test_lock_of_the_right_shape_is_read() -> None:
    lock = parse_lock(json.loads(json.dumps({"files": [entry()]})))

    assert lock.versions() == {"panel": "1.9.4"}
    assert str(lock.files[0].sources[0]) == "pypi panel==1.9.4"


def test_missing_lock_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"lock\.json is missing: restore it"):
        read_lock(tmp_path / "lock.json")


def test_lock_that_is_not_json_is_refused_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "lock.json"
    path.write_text("<<<<<<< ours\n")

    with pytest.raises(BuildError, match=rf"{re.escape(str(path))}: Expecting value.*restore it"):
        read_lock(path)
