from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fallline_site.errors import BuildError
from fallline_site.fetch import fetch_runtime
from fallline_site.lock import write_lock
from fallline_site.relock import ENGINE, Versions, locked_versions, relock

if TYPE_CHECKING:
    from tests.site.conftest import Make, Registries

VERSIONS = Versions("300.0.0", "carrier==2", {"panel": "2.0", "bokeh": "4.0"})
WHEELS = {"numpy": "numpy-3.0-cp399-wasm32.whl", "contourpy": "contourpy-2.0-cp399-wasm32.whl"}
OFFICIAL = "https://cdn.jsdelivr.net/pyodide/v300.0.0/full"


def metadata(*lines: str) -> bytes:
    return "\n".join(["Metadata-Version: 2.4", *lines, ""]).encode()


@pytest.fixture
def world(registries: Registries, make: Make) -> Registries:
    """Registries with one release of everything."""
    wasm = {
        name: make.wheel({f"{name}-3.0.dist-info/METADATA": metadata(f"Name: {name}")}) for name in WHEELS
    }
    entries = {
        name: {
            "version": "3.0",
            "file_name": WHEELS[name],
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for name, content in wasm.items()
    }
    engine = {f"package/{name}": name.encode() for name in ENGINE}
    engine["package/pyodide-lock.json"] = json.dumps({"packages": entries}).encode()
    registries.npm.put("pyodide@300.0.0", make.tarball(engine), "pyodide-300.0.0.tgz")
    carried = {f"front/{WHEELS[name]}": content for name, content in wasm.items()}
    registries.pypi.put("carrier==2", make.wheel(carried), "carrier-2-py3-none-any.whl")
    for name, wanted in (("panel", "bokeh<5,>=4"), ("bokeh", 'numpy>=3; extra == "x"')):
        members = {f"{name}.dist-info/METADATA": metadata(f"Requires-Dist: {wanted}")}
        spec = f"{name}=={VERSIONS.packages[name]}"
        registries.pypi.put(spec, make.wheel(members), f"{name}-py3-none-any.whl")
    return registries


def test_lock_written_anew_for_its_own_versions_is_the_same_bytes(tmp_path: Path, world: Registries) -> None:
    first = relock(VERSIONS, world.fetchers())
    write_lock(first, tmp_path / "one.json")

    write_lock(relock(locked_versions(first), world.fetchers()), tmp_path / "two.json")

    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_every_file_of_a_new_lock_can_be_fetched(tmp_path: Path, world: Registries) -> None:
    lock = relock(VERSIONS, world.fetchers())

    paths = fetch_runtime(lock, tmp_path, world.fetchers())

    assert set(paths) == {*ENGINE, *WHEELS.values(), "panel-py3-none-any.whl", "bokeh-py3-none-any.whl"}


def test_wasm_wheels_are_those_that_the_pyodide_release_names(world: Registries) -> None:
    lock = relock(VERSIONS, world.fetchers())

    numpy = next(file for file in lock.files if file.package == "numpy")
    assert (numpy.name, numpy.version) == (WHEELS["numpy"], "3.0")
    assert [(source.kind, source.spec, source.member) for source in numpy.sources] == [
        ("pypi", "carrier==2", f"front/{WHEELS['numpy']}"),
        ("https", f"{OFFICIAL}/{WHEELS['numpy']}", None),
    ]


def test_carrier_with_another_build_of_a_wheel_is_no_source(world: Registries, make: Make) -> None:
    for name, content in carried(world).items():
        world.https.put(f"{OFFICIAL}/{name}", content)
    others = make.wheel({f"front/{name}": b"another build" for name in WHEELS.values()})
    world.pypi.put("carrier==2", others, "carrier-2-py3-none-any.whl")

    lock = relock(VERSIONS, world.fetchers())

    wasm = [file for file in lock.files if file.name in WHEELS.values()]
    assert len(wasm) == 2
    assert {source.kind for file in wasm for source in file.sources} == {"https"}


def test_official_wheel_that_is_not_the_released_one_is_refused(world: Registries) -> None:
    for name in WHEELS.values():
        world.https.put(f"{OFFICIAL}/{name}", b"another build")

    with pytest.raises(BuildError, match=r"numpy-3.*is not the file that pyodide-lock\.json names"):
        relock(replace(VERSIONS, carrier=None), world.fetchers())


def test_versions_that_exclude_each_other_are_refused(world: Registries, make: Make) -> None:
    older = make.wheel({"bokeh.dist-info/METADATA": metadata()})
    world.pypi.put("bokeh==3.9", older, "bokeh-3.9-py3-none-any.whl")

    with pytest.raises(BuildError, match=r"panel 2\.0 requires bokeh<5,>=4, the lock would have 3\.9"):
        relock(replace(VERSIONS, packages={"panel": "2.0", "bokeh": "3.9"}), world.fetchers())


def test_wheel_that_nobody_has_asks_for_a_carrier(world: Registries) -> None:
    with pytest.raises(BuildError, match=r"numpy-3.*, which Pyodide 300\.0\.0 needs, .*--carrier"):
        relock(replace(VERSIONS, carrier=None), world.fetchers())


def test_version_that_no_source_has_is_the_error(world: Registries) -> None:
    with pytest.raises(BuildError, match=r"there is no pyodide@300\.0\.1"):
        relock(replace(VERSIONS, pyodide="300.0.1"), world.fetchers())


def carried(world: Registries) -> dict[str, bytes]:
    """Return the wheels that the carrier holds, by their names."""
    with zipfile.ZipFile(io.BytesIO(world.pypi.shelf["carrier==2"][1])) as archive:
        return {Path(name).name: archive.read(name) for name in archive.namelist()}
