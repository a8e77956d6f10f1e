"""The typed shape of `site/runtime.lock.json`: every runtime file, its hash and where it can be had."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from fallline_site.errors import BuildError

KINDS = ("npm", "pypi", "https")


@dataclass(frozen=True)
class Source:
    """One place that has a file: a package of a registry, or an address.

    `member` is the file's path inside the package when the package is not itself the file; `size` is then
    the package's size in bytes.
    """

    kind: str
    spec: str
    member: str | None = None
    size: int | None = None

    def __str__(self) -> str:
        return self.spec if self.kind == "https" else f"{self.kind} {self.spec}"


@dataclass(frozen=True)
class RuntimeFile:
    """One file that the page needs, its content fixed by its SHA-256; the first source that has it wins."""

    name: str
    package: str
    version: str
    sha256: str
    size: int
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Lock:
    """Every runtime file, in the order in which they are fetched."""

    files: tuple[RuntimeFile, ...]

    def versions(self) -> dict[str, str]:
        """Return the version of each package."""
        return {file.package: file.version for file in self.files}


def read_lock(path: Path) -> Lock:
    """Read and check a lock file.

    Raises
    ------
    BuildError
        If the file is missing, is not JSON or does not have the shape of a lock.
    """
    try:
        return parse_lock(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BuildError(f"{path} is missing: restore it from the repository") from None
    except (ValueError, BuildError) as error:
        raise BuildError(f"{path}: {error}; restore it, or write it anew by `relock`") from None


def write_lock(lock: Lock, path: Path) -> None:
    """Write a lock file, the same bytes for the same lock."""
    files = [asdict(file) for file in lock.files]
    for file in files:
        file["sources"] = [
            {key: value for key, value in source.items() if value is not None} for source in file["sources"]
        ]
    path.write_text(json.dumps({"files": files}, indent=2) + "\n", encoding="utf-8", newline="\n")


def parse_lock(data: object) -> Lock:
    """Turn parsed JSON into a lock, refusing whatever does not fit."""
    entries = _Entry("the lock", data, {"files"}).items("files")
    files = tuple(_parse_file(f"files[{i}]", entry) for i, entry in enumerate(entries))
    names = [file.name for file in files]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BuildError(f"{', '.join(twice)} is listed twice")
    return Lock(files)


def _parse_file(where: str, data: object) -> RuntimeFile:
    entry = _Entry(where, data, {"name", "package", "version", "sha256", "size", "sources"})
    sources = enumerate(entry.items("sources"))
    return RuntimeFile(
        name=entry.text("name", r"[\w][\w.+-]*", "a plain file name"),
        package=entry.text("package"),
        version=entry.text("version"),
        sha256=entry.text("sha256", r"[0-9a-f]{64}", "64 lower-case hexadecimal digits"),
        size=entry.count("size"),
        sources=tuple(_parse_source(f"{where}.sources[{i}]", source) for i, source in sources),
    )


def _parse_source(where: str, data: object) -> Source:
    entry = _Entry(where, data, {"kind", "spec"}, {"member", "size"})
    kind = entry.text("kind", "|".join(KINDS), f"one of {', '.join(KINDS)}")
    shapes = {
        "npm": (r"[^@\s-][^@\s]*@[^@\s]+", "name@version"),
        "pypi": (r"[^=\s-][^=\s]*==[^=\s]+", "name==version"),
        "https": (r"https://\S+", "an https address"),
    }
    return Source(
        kind=kind,
        spec=entry.text("spec", *shapes[kind]),
        member=entry.text("member") if entry.has("member") else None,
        size=entry.count("size") if entry.has("size") else None,
    )


@dataclass(frozen=True)
class _Entry:
    """A JSON object together with its place in the lock, for messages."""

    where: str
    data: Any
    required: set[str]
    optional: frozenset[str] | set[str] = frozenset()

    def __post_init__(self) -> None:
        if not isinstance(self.data, Mapping):
            raise BuildError(f"{self.where} must be an object, got {self.data!r:.60}")
        missing, unknown = self.required - set(self.data), set(self.data) - self.required - self.optional
        if missing or unknown:
            wrong = [f"lacks {key!r}" for key in sorted(missing)]
            wrong += [f"has an unknown key {key!r}" for key in sorted(unknown)]
            raise BuildError(f"{self.where} {' and '.join(wrong)}")

    def has(self, key: str) -> bool:
        return key in self.data

    def text(self, key: str, pattern: str = r"\S(.*\S)?", shape: str = "text") -> str:
        value = self.data[key]
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise BuildError(f"{self.where}.{key} must be {shape}, got {value!r}")
        return value

    def count(self, key: str) -> int:
        value = self.data[key]
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise BuildError(f"{self.where}.{key} must be a number of bytes, got {value!r}")
        return value

    def items(self, key: str) -> list[Any]:
        value = self.data[key]
        if not isinstance(value, list) or not value:
            raise BuildError(f"{self.where}.{key} must be a list of one or more, got {value!r:.60}")
        return value
