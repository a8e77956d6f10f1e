"""How each kind of source is asked for what the lock names: npm, pip and plain https.

Registries are asked through their own clients, as the machine configures them, so that mirrors, proxies and
credentials stay the machine's business. What comes back is not trusted: `fetch` checks its hash.
"""

import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from fallline_site.errors import BuildError

PATIENCE = 60.0  # seconds without a byte before an address counts as unreachable


class SourceError(BuildError):
    """A source cannot give the file; the message is the reason."""


class Fetcher(Protocol):
    """A way to ask one kind of source."""

    def __call__(self, spec: str, folder: Path) -> Path:
        """Get the package or file that `spec` names into an empty folder, whole, and return its path."""


def npm_pack(spec: str, folder: Path) -> Path:
    """Fetch an npm package as its tarball."""
    _run(["npm", "pack", "--loglevel=error", "--pack-destination", str(folder), spec])
    return _only_file(folder, spec)


def pip_download(spec: str, folder: Path) -> Path:
    """Fetch a wheel, the same one on every machine.

    Only Python files and data of a wheel are ever used, so the platform may be any, as long as it is fixed:
    a wheel's hash must not depend on the machine that builds the site.
    """
    target = [
        "--platform=manylinux2014_x86_64",
        "--implementation=cp",
        "--python-version=3.14",
        "--abi=cp314",
    ]
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download"]
    options = ["--no-deps", "--only-binary=:all:", "--ignore-requires-python", f"--dest={folder}"]
    _run([*pip, *options, *target, spec])
    return _only_file(folder, spec)


def download(spec: str, folder: Path) -> Path:
    """Fetch the file at an https address."""
    path = folder / spec.rpartition("/")[2]
    try:
        with urllib.request.urlopen(spec, timeout=PATIENCE) as answer, path.open("wb") as out:
            shutil.copyfileobj(answer, out)
    except (OSError, HTTPException) as error:
        raise SourceError(str(error) or repr(error)) from None
    return path


FETCHERS: Mapping[str, Fetcher] = MappingProxyType(
    {"npm": npm_pack, "pypi": pip_download, "https": download},
)


def read_member(package: Path, member: str) -> bytes:
    """Read one file out of a wheel or a tarball."""
    try:
        if zipfile.is_zipfile(package):
            with zipfile.ZipFile(package) as wheel:
                return wheel.read(member)
        with tarfile.open(package) as tarball:
            content = tarball.extractfile(member)
            if content is None:
                raise KeyError(member)
            return content.read()
    except KeyError:
        raise SourceError(f"{package.name} has no {member}") from None
    except (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError, zlib.error) as error:
        raise SourceError(f"{package.name} is damaged ({error})") from None


def _run(command: Sequence[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise SourceError(f"{command[0]} is not installed") from None
    except subprocess.CalledProcessError as error:
        raise SourceError(_reason(error.stderr) or f"{command[0]} failed") from None


def _reason(text: str) -> str:
    """Return the first lines of a client's output that tell of errors, each short enough to read."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()] or lines
    return "; ".join(line if len(line) <= 160 else f"{line[:159]}…" for line in errors[:3])


def _only_file(folder: Path, spec: str) -> Path:
    files = list(folder.iterdir())
    if len(files) != 1:
        raise SourceError(f"{spec} gave {len(files)} files where one was expected")
    return files[0]
