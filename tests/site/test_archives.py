from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fallline_site.archives import pack_sources, pack_vendor
from fallline_site.errors import BuildError

if TYPE_CHECKING:
    from tests.site.conftest import Make

BOKEH = "bokeh-3.9.2-py3-none-any.whl"


def packed(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def wheel(folder: Path, make: Make, *names: str, wheel_name: str = BOKEH) -> Path:
    path = folder / f"0123-{wheel_name}"
    path.write_bytes(make.wheel({name: name.encode() for name in names}))
    return path


@pytest.mark.parametrize(
    "name",
    [
        "panel/tests/test_server.py",
        "numpy/_core/tests/data/x.csv",
        "numpy/__init__.pyi",
        "numpy/_core/include/numpy/ndarrayobject.h",
        "numpy/linalg/lapack_lite.cpython-314-wasm32-emscripten.so",
        "markupsafe/_speedups.cpython-314-x86_64-linux-gnu.so",
        "markupsafe/",
        "panel/dist/panel.min.js",
        "panel/dist/bundled/plotly/plotly.js",
        "panel/models/tabulator.ts",
        "bokeh/server/static/js/bokeh.min.js",
        "bokeh/sampledata/iris.py",
        "bokeh/_sri/3.9.1.json",
        "bokeh/command/subcommands/serve.py",
        "bokeh/core/_templates/file.html.jinja",
        "jinja2/environment.py",
        "bokeh-3.9.2.dist-info/RECORD",
    ],
)
def test_what_no_page_uses_stays_out(tmp_path: Path, make: Make, name: str) -> None:
    pack_vendor({BOKEH: wheel(tmp_path, make, name, "bokeh/model.py")}, tmp_path / "vendor.zip")

    assert packed(tmp_path / "vendor.zip") == {"bokeh/model.py": b"bokeh/model.py"}


@pytest.mark.parametrize(
    "name",
    [
        "numpy/testing/__init__.py",
        "numpy/_core/_multiarray_umath.cpython-314-wasm32-emscripten.so",
        "bokeh/_sri/3.9.2.json",
        "panel/package.json",
        "panel/dist/css/loading.css",
        "panel/theme/css/native.css",
        "pyviz_comms/labextension/package.json",
        "bokeh-3.9.2.dist-info/METADATA",
        "bokeh-3.9.2.dist-info/licenses/LICENSE.txt",
    ],
)
def test_what_python_reads_in_the_page_is_packed(tmp_path: Path, make: Make, name: str) -> None:
    pack_vendor({BOKEH: wheel(tmp_path, make, name)}, tmp_path / "vendor.zip")

    assert packed(tmp_path / "vendor.zip") == {name: name.encode()}


def test_vendor_archive_is_the_same_bytes_whenever_and_in_whatever_order(tmp_path: Path, make: Make) -> None:
    first = wheel(tmp_path, make, "b/z.py", "b/a.py", wheel_name="b-1-py3-none-any.whl")
    second = wheel(tmp_path, make, "a/x.py", wheel_name="a-1-py3-none-any.whl")
    os.utime(first, (0, 0))

    pack_vendor({"b-1-x.whl": first, "a-1-x.whl": second}, tmp_path / "one.zip")
    pack_vendor({"a-1-x.whl": second, "b-1-x.whl": first}, tmp_path / "two.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert list(packed(tmp_path / "one.zip")) == ["a/x.py", "b/a.py", "b/z.py"]


def test_archive_holds_no_clock_no_umask_and_no_system(tmp_path: Path, make: Make) -> None:
    pack_vendor({BOKEH: wheel(tmp_path, make, "bokeh/model.py")}, tmp_path / "vendor.zip")

    with zipfile.ZipFile(tmp_path / "vendor.zip") as archive:
        [member] = archive.infolist()
    assert member.date_time == (1980, 1, 1, 0, 0, 0)
    assert member.external_attr == 0o644 << 16
    assert member.create_system == 3


def sources(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return root


def test_our_sources_are_packed_as_packages_without_what_python_left(tmp_path: Path) -> None:
    root = sources(
        tmp_path,
        "core/fallline/__init__.py",
        "core/fallline/__pycache__/__init__.cpython-314.pyc",
        "core/README.md",
        "app/fallline_app/__init__.py",
        "app/fallline_app/demos/race.py",
        "site/fallline_site/fetch.py",
    )

    pack_sources(root, tmp_path / "out" / "fallline.zip")

    assert packed(tmp_path / "out" / "fallline.zip") == {
        "fallline/__init__.py": b"core/fallline/__init__.py",
        "fallline_app/__init__.py": b"app/fallline_app/__init__.py",
        "fallline_app/demos/race.py": b"app/fallline_app/demos/race.py",
    }


def test_source_archive_is_the_same_bytes_in_another_clone(tmp_path: Path) -> None:
    names = ("core/fallline/b.py", "core/fallline/__init__.py", "app/fallline_app/__init__.py")
    one, two = sources(tmp_path / "one", *names), sources(tmp_path / "two", *reversed(names))
    (two / names[0]).chmod(0o700)
    os.utime(two / names[0], (0, 0))

    pack_sources(one, tmp_path / "one.zip")
    pack_sources(two, tmp_path / "two.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_missing_sources_are_not_packed_as_an_empty_archive(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="fallline is not a Python package"):
        pack_sources(tmp_path, tmp_path / "fallline.zip")


def test_replaced_modules_say_the_version_of_their_wheel(tmp_path: Path, make: Make) -> None:
    pack_vendor({BOKEH: wheel(tmp_path, make, "bokeh/__init__.py")}, tmp_path / "vendor.zip")

    assert b'__version__ = "3.9.2"' in packed(tmp_path / "vendor.zip")["bokeh/__init__.py"]
