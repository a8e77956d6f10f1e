"""Turns an archive of Python sources into one of bytecode: it starts sooner, weighs less, and says the same.

Runs inside Pyodide, whose bytecode no other Python can make. Docstrings and asserts go; other people's packages lose
their line numbers too, which no page shows.
"""

import importlib.util
import marshal
import types
import zipfile

NO_LOCATION = 15  # a kind of entry in CPython's Objects/locations.md
EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
# PEP 552: a hash-based .pyc that is not to be checked against a source.
HEADER = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)


def compile_archive(source: str, target: str, keep_lines: str = "") -> None:
    """Write the archive `source` anew with a .pyc in the place of each .py; what starts with `keep_lines` keeps them."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist()):
            if not name.endswith("/"):
                _write(
                    new, *_compiled(name, old.read(name), bool(keep_lines) and name.startswith(keep_lines))
                )


def _compiled(name: str, content: bytes, with_lines: bool) -> tuple[str, bytes]:
    if not name.endswith(".py"):
        return name, content
    code = compile(content, name, "exec", dont_inherit=True, optimize=2)
    return name + "c", HEADER + marshal.dumps(code if with_lines else _without_lines(code))


def _without_lines(code: types.CodeType) -> types.CodeType:
    constants = tuple(_without_lines(c) if isinstance(c, types.CodeType) else c for c in code.co_consts)
    return code.replace(co_consts=constants, co_linetable=_nowhere(len(code.co_code) // 2))


def _nowhere(units: int) -> bytes:
    """Return a table of locations that has none for any of the code's units; an empty one would stop a traceback."""
    runs = [8] * (units // 8) + ([units % 8] if units % 8 else [])
    return bytes(0x80 | NO_LOCATION << 3 | run - 1 for run in runs)


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.external_attr, info.create_system = READABLE, 3
    archive.writestr(info, content, zipfile.ZIP_STORED)
