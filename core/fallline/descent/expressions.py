"""Values as the Python that makes them."""

import builtins
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from importlib import import_module
from math import isfinite
from types import CodeType
from typing import Any

import numpy as np

WIDTH = 88
# An array of more numbers is not for reading; it was made by something, which the script had better say.
MOST_NUMBERS = 100


class Writer:
    """Writes values as expressions, and remembers which functions of the caller's own they need."""

    def __init__(self) -> None:
        self._names = _public_names()
        self._sources: dict[str, str] = {}

    def head(self, body: str) -> str:
        """Write the imports that a body needs, and the functions of the caller's own."""
        written = body + "".join(self._sources.values())
        # A function's annotations may name what the script does not import.
        lines = ["from __future__ import annotations", ""] if self._sources else []
        lines += ["from functools import partial"] if "partial(" in written else []
        lines += ["from itertools import islice", ""]
        lines += ["import numpy as np", ""] if "np." in written else []
        lines += ["import fallline as fl", ""]
        for source in self._sources.values():
            lines += ["", source, ""]
        return "\n".join([*lines, ""] if self._sources else lines) + "\n"

    def write(self, value: Any, depth: int = 0) -> str:
        """Write a value as an expression that makes an equal one.

        Raises
        ------
        TypeError
            If nobody can know how it was made.
        """
        for attempt in (self._plain, self._named, self._built, self._function):
            written = attempt(value, depth)
            if written:
                return written
        what = f"an array of shape {value.shape}" if isinstance(value, np.ndarray) else repr(value)
        raise TypeError(
            f"a script cannot say how {what} was made; give it as fl.call(function, ...), "
            "or use a function that is defined by def"
        )

    def _plain(self, value: Any, depth: int) -> str:
        if isinstance(value, np.ndarray) and value.size <= MOST_NUMBERS:
            return f"np.array({self.write(value.tolist(), depth)}, dtype={str(value.dtype)!r})"
        if isinstance(value, np.generic):
            return self._plain(value.item(), depth)
        if isinstance(value, float) and not isfinite(value):
            return {"inf": "np.inf", "-inf": "-np.inf"}.get(str(value), "np.nan")
        if value is None or isinstance(value, (bool, int, float, str)):
            return repr(value)
        if type(value) is list:
            return _join("[", [self.write(one, depth + 1) for one in value], "]", depth)
        if type(value) is tuple:
            parts = [self.write(one, depth + 1) for one in value]
            return f"({parts[0]},)" if len(parts) == 1 else _join("(", parts, ")", depth)
        return ""

    def _named(self, value: Any, depth: int) -> str:
        return self._names.get(id(value), "")

    def _built(self, value: Any, depth: int) -> str:
        writes_itself = getattr(value, "to_python", None)
        if writes_itself is not None:
            return str(writes_itself(lambda one: self.write(one, depth + 1)))
        if isinstance(value, partial):
            settings = [f"{name}={self.write(one, depth + 1)}" for name, one in value.keywords.items()]
            parts = [self.write(one, depth + 1) for one in (value.func, *value.args)]
            return _join("partial(", parts + settings, ")", depth)
        kind = self._names.get(id(type(value)), "")
        if kind and is_dataclass(value):
            return _join(f"{kind}(", self._fields(value, depth + 1), ")", depth)
        return ""

    def _fields(self, value: Any, depth: int) -> list[str]:
        written = []
        for one in fields(value):
            given = getattr(value, one.name)
            # By what it is and not by what it equals: 1 and True are equal, and so are 0.0 and -0.0.
            if one.init and repr(given) != repr(one.default):
                written.append(f"{one.name}={self.write(given, depth)}")
        return written

    def _function(self, value: Any, depth: int) -> str:
        owner, name = getattr(value, "__self__", None), getattr(value, "__name__", "")
        if owner is not None and name and owner is not builtins:
            return f"{self.write(owner, depth)}.{name}"
        source = _source(value)
        if source:
            self._sources[name] = source
            return str(name)
        return ""


def _join(begin: str, parts: list[str], end: str, depth: int) -> str:
    line = f"{begin}{', '.join(parts)}{end}"
    if "\n" not in line and 4 * depth + len(line) <= WIDTH:
        return line
    inner, outer = "    " * (depth + 1), "    " * depth
    return begin + "\n" + "".join(f"{inner}{part},\n" for part in parts) + outer + end


def _public_names() -> dict[int, str]:
    """Say what a caller writes for each public thing of this library and of NumPy, by identity."""
    package = import_module(__package__.partition(".")[0])
    names: dict[int, str] = {}
    for place, module in (("np.random", np.random), ("np", np)):
        names |= {id(value): f"{place}.{name}" for name, value in vars(module).items() if callable(value)}
    public = {name: getattr(package, name) for name in package.__all__}
    for place, module in public.items():
        if type(module).__name__ == "module":
            values = {name: getattr(module, name) for name in getattr(module, "__all__", vars(module))}
            names |= {
                id(value): f"fl.{place}.{name}"
                for name, value in values.items()
                if name[0] != "_" and _is_ours(value)
            }
    rows = {id(row): f"fl.objectives.ALL[{i}]" for i, row in enumerate(public["objectives"].ALL)}
    return rows | names | {id(value): f"fl.{name}" for name, value in public.items()}


def _is_ours(value: Any) -> bool:
    module = getattr(value, "__module__", "") or ""
    return module.startswith(__package__.partition(".")[0])


def _source(value: Any) -> str:
    """Source of a function that is defined by `def` at the top of a file and needs nothing around it but np and fl."""
    import inspect

    if not inspect.isfunction(value) or value.__closure__ or value.__name__ != value.__qualname__:
        return ""
    if any(not _is_imported(name, value.__globals__) for name in _names_in(value.__code__)):
        return ""
    try:
        source = inspect.getsource(value)
    except OSError:
        return ""
    return source.rstrip() if source.startswith("def ") else ""


def _names_in(code: CodeType) -> Iterator[str]:
    """Names of globals, builtins and attributes in a function, and in those inside it."""
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names_in(inner)


def _is_imported(name: str, names: dict[str, Any]) -> bool:
    """Whether a script has what a function's file calls by a name; one that the file lacks is no global."""
    return name not in names or getattr(names[name], "__name__", "") == {"np": "numpy", "fl": "fallline"}.get(
        name
    )
