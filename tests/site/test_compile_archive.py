"""Runs natively what the build runs inside Pyodide; both Pythons mark code without locations alike since 3.11."""

from __future__ import annotations

import importlib.util
import marshal
import sys
import traceback
import zipfile
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MODULE = Path(__file__).parents[2] / "site" / "inside" / "compile_archive.py"
SOURCE = '''"""What it is for."""
def divide(x, y):
    """Divide."""
    assert y != 0, "by zero"
    return [x / each for each in [y]]
'''
SOURCES = {
    "theirs/__init__.py": "",
    "theirs/numbers.py": SOURCE,
    "ours/numbers.py": SOURCE,
    "theirs/a.css": "a {}",
}


@pytest.fixture(scope="module")
def compiling() -> Any:
    spec = importlib.util.spec_from_file_location("compile_archive", MODULE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def archive(compiling: Any, tmp_path: Path) -> Path:
    compiling.compile_archive(str(written(tmp_path / "in.zip", SOURCES)), str(tmp_path / "out.zip"), "ours")
    return tmp_path / "out.zip"


@pytest.fixture
def importable(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "packages"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    monkeypatch.syspath_prepend(folder)
    yield
    for name in ("theirs", "theirs.numbers", "ours", "ours.numbers"):
        sys.modules.pop(name, None)


def written(path: Path, members: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def codes(archive: Path, name: str) -> list[CodeType]:
    with zipfile.ZipFile(archive) as packed:
        outer = marshal.loads(packed.read(name)[16:])
    return [outer, *inner(outer)]


def inner(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from inner(constant)


def lines(code: CodeType) -> set[int]:
    # Line 0 is no line of the file: a module's first instruction has it.
    return {line for *_, line in code.co_lines() if line}


def test_every_source_is_bytecode_and_the_rest_is_as_it_was(archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        style = packed.read("theirs/a.css")

    assert names == ["ours/numbers.pyc", "theirs/__init__.pyc", "theirs/a.css", "theirs/numbers.pyc"]
    assert style == b"a {}"


def test_bytecode_is_found_by_a_hash_that_nothing_checks(archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        header = packed.read("theirs/numbers.pyc")[:16]

    # PEP 552: the magic number, flags with the lowest bit for a hash and the next for checking it, the hash.
    assert header[:4] == importlib.util.MAGIC_NUMBER
    assert int.from_bytes(header[4:8], "little") == 0b01


def test_lines_are_kept_of_our_own_code_alone(archive: Path) -> None:
    ours, theirs = codes(archive, "ours/numbers.pyc"), codes(archive, "theirs/numbers.pyc")

    assert set.union(*map(lines, ours)) >= {2, 5}
    assert len(theirs) == len(ours) >= 2
    assert set.union(*map(lines, theirs)) == set()


@pytest.mark.usefixtures("importable")
@pytest.mark.parametrize("package", ["ours", "theirs"])
def test_bytecode_runs_without_docstrings_and_asserts(package: str) -> None:
    module = importlib.import_module(f"{package}.numbers")

    assert module.divide(6, 2) == [3]
    assert (module.__doc__, module.divide.__doc__) == (None, None)
    with pytest.raises(ZeroDivisionError):
        module.divide(1, 0)


@pytest.mark.usefixtures("importable")
@pytest.mark.parametrize(("package", "line"), [("ours", 5), ("theirs", None)])
def test_traceback_through_bytecode_can_be_written(package: str, line: int | None) -> None:
    module = importlib.import_module(f"{package}.numbers")
    with pytest.raises(ZeroDivisionError) as caught:
        module.divide(1, 0)

    text = "".join(traceback.format_exception(caught.value))

    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (last.filename, last.lineno) == (f"{package}/numbers.py", line)
    assert "divide" in text
    assert text.endswith("ZeroDivisionError: division by zero\n")


def test_same_sources_give_the_same_bytes_in_whatever_order_they_come(compiling: Any, tmp_path: Path) -> None:
    backwards = dict(reversed(SOURCES.items()))
    for name, members in {"one": SOURCES, "two": backwards}.items():
        made = written(tmp_path / f"{name}.zip", members)
        compiling.compile_archive(str(made), str(tmp_path / f"{name}-out.zip"), "ours")

    assert (tmp_path / "one-out.zip").read_bytes() == (tmp_path / "two-out.zip").read_bytes()


def test_long_code_without_lines_covers_each_of_its_units(compiling: Any, tmp_path: Path) -> None:
    long = "\n".join(f"a{index} = {index}" for index in range(300)) + "\n1 / 0\n"
    compiling.compile_archive(str(written(tmp_path / "in.zip", {"long.py": long})), str(tmp_path / "out.zip"))
    (code,) = codes(tmp_path / "out.zip", "long.pyc")

    covered = [(start, end) for start, end, _ in code.co_lines()]

    assert covered[0][0] == 0
    assert covered[-1][1] == len(code.co_code) > 2 * 300
