"""Leaves out of a package the classes that nothing reaches from those that are wanted."""

from __future__ import annotations

import ast
import re
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
    return {path: ast.unparse(_Without(gone).visit(tree)).encode() for path, tree in trees.items()}


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


class _Without(ast.NodeTransformer):
    """Takes definitions out of a module, and their names out of its imports from the package and its `__all__`."""

    def __init__(self, gone: set[str]) -> None:
        self._gone = gone

    def visit_Module(self, node: ast.Module) -> ast.Module:
        node.body = [self.visit(each) for each in node.body if not self._goes(each)]
        return node

    def _goes(self, node: ast.stmt) -> bool:
        if defined := _defined(node):
            return defined in self._gone
        # What a module does beside defining, such as to register a class, goes with the classes that it mentions.
        return (
            isinstance(node, ast.Assign | ast.Expr)
            and not _is_all(node)
            and not self._gone.isdisjoint(_mentions(node))
        )

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        if node.level == 0:
            return node
        node.names = [alias for alias in node.names if alias.name not in self._gone]
        return node if node.names else ast.Pass()

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        if _is_all(node) and isinstance(node.value, ast.Tuple):
            node.value.elts = [each for each in node.value.elts if _text(each) not in self._gone]
        return node


def _text(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _is_all(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
