"""Sources that live in memory, and locks of files that we can tamper with."""

import hashlib
import io
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fallline_site.lock import RuntimeFile, Source
from fallline_site.sources import SourceError


@dataclass
class Registry:
    """A source that hands out what was put on its shelf and remembers what it was asked for."""

    shelf: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, spec: str, content: bytes, name: str = "file") -> None:
        self.shelf[spec] = (name, content)

    def __call__(self, spec: str, folder: Path) -> Path:
        self.asked.append(spec)
        if spec not in self.shelf:
            raise SourceError(f"there is no {spec}")
        name, content = self.shelf[spec]
        (folder / name).write_bytes(content)
        return folder / name


@dataclass(frozen=True)
class Registries:
    """One source of each kind."""

    npm: Registry = field(default_factory=Registry)
    pypi: Registry = field(default_factory=Registry)
    https: Registry = field(default_factory=Registry)

    def fetchers(self) -> dict[str, Registry]:
        return {"npm": self.npm, "pypi": self.pypi, "https": self.https}

    def asked(self) -> list[str]:
        return [*self.npm.asked, *self.pypi.asked, *self.https.asked]


class Make:
    """What tests make files and locks of."""

    @staticmethod
    def file(content: bytes, *sources: Source, name: str = "engine.wasm") -> RuntimeFile:
        return RuntimeFile(name, "engine", "1.0", hashlib.sha256(content).hexdigest(), len(content), sources)

    @staticmethod
    def wheel(members: Mapping[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in members.items():
                # Not by name alone, which would write down the time too.
                archive.writestr(zipfile.ZipInfo(name), content)
        return out.getvalue()

    @staticmethod
    def tarball(members: Mapping[str, bytes]) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz") as archive:
            for name, content in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
        return out.getvalue()


@pytest.fixture
def registries() -> Registries:
    return Registries()


@pytest.fixture
def make() -> Make:
    return Make()
