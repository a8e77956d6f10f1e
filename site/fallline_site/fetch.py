"""Every runtime file of the lock, on this machine, its hash checked.

Files live in a cache under their hash. A file enters the cache only whole and only with the right hash, so an
interrupted run loses nothing but the file it was at, and a run with a full cache needs no network.
"""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fallline_site.errors import BuildError
from fallline_site.lock import Lock, RuntimeFile, Source
from fallline_site.progress import megabytes, say, step
from fallline_site.pyodide_lock import check_wasm_wheels
from fallline_site.sources import FETCHERS, Fetcher, SourceError, read_member


def fetch_runtime(lock: Lock, cache: Path, fetchers: Mapping[str, Fetcher] = FETCHERS) -> dict[str, Path]:
    """Return a verified local path for every file of the lock, fetching what the cache lacks.

    Raises
    ------
    BuildError
        If no source has a file with the right hash, with the reason of each; or if a WebAssembly wheel
        is not the one that Pyodide's own lock names.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fallline-") as scratch:
        packages = Packages(fetchers, Path(scratch))
        paths = {file.name: _cached(file, cache) or _fetch(file, cache, packages) for file in lock.files}
    check_wasm_wheels(lock, paths)
    return paths


@dataclass
class Packages:
    """Packages fetched during one run, each once, however many files are taken out of it."""

    fetchers: Mapping[str, Fetcher]
    scratch: Path
    _got: dict[tuple[str, str], Path | SourceError] = field(default_factory=dict)

    def read(self, source: Source) -> bytes:
        """Return the file that a source names."""
        package = self.get(source)
        return package.read_bytes() if source.member is None else read_member(package, source.member)

    def get(self, source: Source) -> Path:
        """Return the package that a source names, or its one file; a failure is remembered too."""
        key = (source.kind, source.spec)
        if key not in self._got:
            self._got[key] = self._fetch(source)
        got = self._got[key]
        if isinstance(got, SourceError):
            raise got
        return got

    def _fetch(self, source: Source) -> Path | SourceError:
        size = f" ({megabytes(source.size)})" if source.size else ""
        with step(f"Fetching {source}{size}"):
            try:
                return self.fetchers[source.kind](source.spec, Path(tempfile.mkdtemp(dir=self.scratch)))
            except SourceError as error:
                return error


def _cached(file: RuntimeFile, cache: Path) -> Path | None:
    path = _place(file, cache)
    if not path.is_file():
        return None
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    if sha256 != file.sha256:
        say(f"{path} was changed after it was fetched (its SHA-256 is {sha256}): fetching it again")
        return None
    return path


def _fetch(file: RuntimeFile, cache: Path, packages: Packages) -> Path:
    reasons = []
    for source in file.sources:
        try:
            content = packages.read(source)
            _verify(file, content)
        except SourceError as error:
            reasons.append(f"  {source}: {error}")
            say(f"{file.name} not taken from {source}: {error}")
        else:
            return _store(content, _place(file, cache))
    raise BuildError(
        f"{file.name} ({megabytes(file.size)}) could not be had from any source of the lock:\n"
        + "\n".join(reasons)
        + "\nCheck the network and the registries that pip and npm are configured for, then run again: "
        "what was fetched so far is kept. A wrong hash that stays means that the source changed the file."
    )


def _verify(file: RuntimeFile, content: bytes) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != file.sha256:
        raise SourceError(
            f"refused, wrong SHA-256: expected {file.sha256} ({file.size} bytes), "
            f"got {sha256} ({len(content)} bytes)"
        )


def _store(content: bytes, path: Path) -> Path:
    """Put a verified file in its place in one move, so that no reader ever sees half of it."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _place(file: RuntimeFile, cache: Path) -> Path:
    return cache / f"{file.sha256[:16]}-{file.name}"
