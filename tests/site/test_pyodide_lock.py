from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fallline_site.errors import BuildError
from fallline_site.fetch import fetch_runtime
from fallline_site.lock import Lock, RuntimeFile, Source, read_lock
from fallline_site.pyodide_lock import check_wasm_wheels, read_wheels

if TYPE_CHECKING:
    from tests.site.conftest import Make, Registries

SITE = Path(__file__).parents[2] / "site"
WHEEL = "numpy-2.4.3-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
# From the pyodide-lock.json that each release of Pyodide came with.
OFFICIAL = {
    "314.0.4": {
        "numpy": "0cad9c1b91f0082e4f959bc0e0bf5835a2efbba6ab3b1e9d1fe6e7e564cca98e",
        "contourpy": "8af5f4338988b30a65f5c81c0a3f335353546809538e81d35b572ed4595f80b6",
    },
}


def pyodide_lock(sha256: str) -> bytes:
    numpy = {"version": "2.4.3", "file_name": WHEEL, "sha256": sha256, "depends": []}
    return json.dumps({"info": {}, "packages": {"numpy": numpy}}).encode()


def two_files(make: Make, registries: Registries, sha256: str) -> Lock:
    files: list[RuntimeFile] = []
    for name, content in ((WHEEL, b"wheel"), ("pyodide-lock.json", pyodide_lock(sha256))):
        source = Source("https", f"https://official.example/{name}")
        registries.https.put(source.spec, content)
        files.append(make.file(content, source, name=name))
    return Lock(tuple(files))


def test_committed_lock_has_the_hashes_that_pyodide_was_released_with() -> None:
    lock = read_lock(SITE / "runtime.lock.json")
    pyodide = lock.versions()["pyodide"]
    if pyodide not in OFFICIAL:
        pytest.skip(f"no hashes written down for Pyodide {pyodide}; fetch checks them all the same")

    wasm = {file.package: file.sha256 for file in lock.files if file.name.endswith("wasm32.whl")}

    assert wasm == OFFICIAL[pyodide]


def test_wheel_that_pyodide_was_not_released_with_is_refused(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    lock = two_files(make, registries, "0b" * 32)

    with pytest.raises(BuildError, match=f"{WHEEL}: the runtime lock has SHA-256 .*{'0b' * 32}.*relock"):
        fetch_runtime(lock, tmp_path, registries.fetchers())


def test_wheel_that_pyodide_was_released_with_is_taken(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    lock = two_files(make, registries, make.file(b"wheel").sha256)

    assert WHEEL in fetch_runtime(lock, tmp_path, registries.fetchers())


def test_wheel_of_another_name_than_pyodide_has_is_refused(
    tmp_path: Path, registries: Registries, make: Make
) -> None:
    lock = two_files(make, registries, make.file(b"wheel").sha256)
    other = replace(lock.files[0], name=WHEEL.replace("2.4.3", "2.4.2"))

    with pytest.raises(BuildError, match="has no such file"):
        fetch_runtime(Lock((other, lock.files[1])), tmp_path, registries.fetchers())


def test_wheel_without_pyodides_lock_beside_it_is_refused(make: Make) -> None:
    with pytest.raises(BuildError, match=r"but no pyodide-lock\.json"):
        check_wasm_wheels(Lock((make.file(b"wheel", name=WHEEL),)), {})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"packages": {"numpy": {"version": "2"}}}'])
def test_lock_of_an_unknown_shape_is_refused(text: str) -> None:
    with pytest.raises(BuildError, match=r"pyodide-lock\.json is not a lock of Pyodide"):
        read_wheels(text)
