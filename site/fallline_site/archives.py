"""Slim zip archives of Python packages for the page, the same bytes on every run.

A wheel is packed without what no page can use: tests, servers, command lines, sample data, typing stubs, C sources
and the front-end files, which the page takes from their own bundle.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from fallline_site.errors import BuildError
from fallline_site.trimmed import REPLACED, without_other_models

DROPPED = (
    # No interpreter in a page reads these.
    "*/tests/*",
    "*/py.typed",
    "*.pyi",
    "*.pyx",
    "*.pxd",
    "*.c",
    "*.h",
    "*.a",
    "*.data/*",
    # METADATA and the licences stay: importlib.metadata reads the one, the authors ask for the others.
    "*.dist-info/RECORD",
    "*.dist-info/WHEEL",
    "*.dist-info/entry_points.txt",
    "*.dist-info/top_level.txt",
    # Compiled for the machine that fetched them; their packages fall back to Python.
    "*-linux-gnu.so",
    # What NumPy and contourpy have for compilers, packagers and Matplotlib.
    "numpy/_core/lib/*",
    "numpy/_pyinstaller/*",
    "numpy/f2py/*",
    # Its LAPACK is in _umath_linalg as well; no module imports this one.
    "numpy/linalg/lapack_lite.*",
    "contourpy/util/*_renderer.py",
    # Front ends: BokehJS and Panel's own reach the page as files that the browser loads.
    "panel/dist/bundled/*",
    "panel/dist/images/*",
    "panel/dist/lib/*",
    "panel/dist/*.js",
    "panel/dist/*.js.map",
    "panel/dist/*.json",
    "panel/*.ts",
    "panel/*.less",
    "panel/package-lock.json",
    "pyviz_comms/labextension/*",
    # Servers, command lines, documentation tools, samples; hashes for BokehJS on foreign hosts.
    "bokeh/_sri/*",
    "bokeh/client/*",
    "bokeh/command/*",
    "bokeh/sampledata/*",
    "bokeh/server/*",
    "bokeh/sphinxext/*",
    "panel/command/*",
    # What trimmed.py replaces by a module that says so.
    "jinja2/?*.py",
    "yaml/?*.py",
    "bokeh/core/_templates/*",
    "bokeh/embed/?*.py",
)

KEPT = (
    # Read at import, though their folders are dropped.
    "bokeh/_sri/{version}.json",
    "pyviz_comms/labextension/package.json",
)

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold
READABLE = 0o644 << 16


def pack_vendor(wheels: Mapping[str, Path], out: Path, models: frozenset[str] = frozenset()) -> None:
    """Pack wheels into one archive that unpacks into site-packages; of Bokeh's models, all or those named."""
    members = dict(_slim(wheels))
    _write((without_other_models(members, models) if models else members).items(), out)


def pack_sources(root: Path, out: Path) -> None:
    """Pack our own packages into one archive that unpacks into site-packages."""
    folders = (root / "core" / "fallline", root / "app" / "fallline_app")
    for folder in folders:
        if not (folder / "__init__.py").is_file():
            raise BuildError(f"{folder} is not a Python package: restore it from the repository")
    _write((_relative(path, folder.parent) for folder in folders for path in _sources(folder)), out)


def _slim(wheels: Mapping[str, Path]) -> Iterator[tuple[str, bytes]]:
    for wheel, path in wheels.items():
        version = wheel.split("-")[1]
        kept = {*REPLACED, *(name.format(version=version) for name in KEPT)}
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name in kept or not (name.endswith("/") or _dropped(name)):
                    content = REPLACED.get(name, archive.read(name))
                    yield (
                        name,
                        content.replace(b"{version}", version.encode()) if name in REPLACED else content,
                    )


def _dropped(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in DROPPED)


def _sources(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _relative(path: Path, folder: Path) -> tuple[str, bytes]:
    return path.relative_to(folder).as_posix(), path.read_bytes()


def _write(members: Iterable[tuple[str, bytes]], out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in sorted(members):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr, info.create_system = READABLE, 3
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, 9)
