"""Leaves out of a package the classes that nothing reaches from those that are wanted."""

from __future__ import annotations

import ast
import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DOTTED = re.compile(r"\.?\w+(\.\w+)*")


def needed(sources: Mapping[str, bytes], wanted: frozenset[str]) -> dict[str, bytes]:
    """Return the modules of a package with what `wanted` names, what that mentions, and so on, and nothing else.

    Names are taken as one space across modules: of two definitions with one name both stay. Annotations count for
    nothing; a string that is a dotted name counts by its last part, as Bokeh's `Instance("bokeh.models.X")` means it.

    Raises
    ------
    LookupError
        If a name is wanted that no module defines.
    """
    trees = {path: ast.parse(source) for path, source in sources.items()}
    mentioned: dict[str, set[str]] = {}
    for tree in trees.values():
        for node in tree.body:
            if name := _defined(node):
                mentioned.setdefault(name, set()).update(_mentions(node))
    if missing := wanted - mentioned.keys():
        raise LookupError(f"no module defines {', '.join(sorted(missing))}")
    gone = mentioned.keys() - _reached(wanted, mentioned)
    return {path: _without(gone, sources[path], tree) for path, tree in trees.items()}


def _defined(node: ast.stmt) -> str:
    """Return the name of what a statement of a module defines; empty for any other statement."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id.removeprefix("__all__")
    return ""


def _mentions(node: ast.AST) -> Iterator[str]:
    """Find the names in a definition, but for those in annotations, which nothing evaluates."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _DOTTED.fullmatch(node.value):
        yield node.value.rpartition(".")[2]
    for field, value in ast.iter_fields(node):
        if field not in ("annotation", "returns"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _mentions(child)


def _reached(wanted: frozenset[str], mentioned: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = set(wanted)
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= (mentioned[name] & mentioned.keys()) - reached
    return reached


def _without(gone: set[str], source: bytes, tree: ast.Module) -> bytes:
    """Cut definitions out of a module, and their names out of its imports from the package and its `__all__`.

    All else stays as it was written: to write code anew, each version of Python has a way of its own.
    """
    lines = [0, *accumulate(len(line) + 1 for line in source.split(b"\n"))]
    for node, instead in sorted(_changes(gone, tree), key=lambda change: _beginning(change[0]), reverse=True):
        first, column = _beginning(node)
        end = lines[(node.end_lineno or first) - 1] + (node.end_col_offset or 0)
        source = source[: lines[first - 1] + column] + instead.encode() + source[end:]
    return source


def _changes(gone: set[str], tree: ast.Module) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    """Find the statements and expressions that change, and what stands in their places."""
    going = [node for node in tree.body if _goes(node, gone)]
    yield from ((node, "pass") for node in going)
    staying = [node for node in tree.body if node not in going]
    for node in (inner for outer in staying for inner in ast.walk(outer)):
        if isinstance(node, ast.ImportFrom) and node.level > 0:
            yield node, _import(node, gone)
        elif isinstance(node, ast.Assign) and _is_all(node) and isinstance(node.value, ast.Tuple):
            # A tuple without elements can stand among elements anywhere.
            yield from ((each, "*()") for each in node.value.elts if _text(each) in gone)


def _import(node: ast.ImportFrom, gone: set[str]) -> str:
    names = [alias for alias in node.names if alias.name not in gone]
    words = [name.name + (f" as {name.asname}" if name.asname else "") for name in names]
    return f"from {'.' * node.level}{node.module or ''} import {', '.join(words)}" if words else "pass"


def _goes(node: ast.stmt, gone: set[str]) -> bool:
    if defined := _defined(node):
        return defined in gone
    # What a module does beside defining, such as to register a class, goes with the classes that it mentions.
    return (
        isinstance(node, ast.Assign | ast.Expr) and not _is_all(node) and not gone.isdisjoint(_mentions(node))
    )


def _beginning(node: ast.stmt | ast.expr) -> tuple[int, int]:
    """Return the line, counted from 1, and the column of what a node begins with."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.decorator_list:
        first = node.decorator_list[0]
        return first.lineno, first.col_offset - len("@")
    return node.lineno, node.col_offset


def _text(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _is_all(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
